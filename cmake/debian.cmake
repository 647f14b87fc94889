# The Debian package, which cpack makes: the component "runtime" and what beside the binary belongs to an installed
# program. dev/make-package is the one command. SOURCE_DATE_EPOCH decides every date in it.
set(SIZING_MAINTAINER "opsi-sizing maintainers <maintainers@opsi-sizing.invalid>"
    CACHE STRING "who maintains the package: Name <address>")
set(documents ${CMAKE_INSTALL_DATAROOTDIR}/doc/opsi-sizing)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME opsi-sizing)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
# One package of the component "runtime"; headers and library stay outside.
set(CPACK_COMPONENTS_ALL runtime)
set(CPACK_COMPONENTS_GROUPING ALL_COMPONENTS_IN_ONE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER ${SIZING_MAINTAINER})
set(CPACK_DEBIAN_PACKAGE_SECTION admin)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)  # what the binary really asks for, and nothing else
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
    "from the description of an opsi site to its servers
opsi-sizing says how many servers an opsi site needs, how large, and with
which settings: memory, cores, disks, workers, ports. Every number names the
rule that made it, the figures behind it, their range, their kind (published,
measured, derived, assumed) and their source. It knows the rules of opsi 4.1,
4.2 and 4.3.

It answers what hardware carries and what changes by a what-if, too, and
prints text, JSON, CSV or Markdown.")

# What the program prints of itself, and the compressed texts.
string(TIMESTAMP package_date "%a, %d %b %Y %H:%M:%S +0000" UTC)
configure_file(cmake/debian/changelog.in changelog.Debian @ONLY)
set(printed ${PROJECT_BINARY_DIR}/printed)
add_custom_command(
  OUTPUT ${printed}.made
  COMMAND ${CMAKE_COMMAND} -D program=$<TARGET_FILE:opsi-sizing> -D folder=${printed} -P
          ${PROJECT_SOURCE_DIR}/cmake/print_files.cmake
  COMMAND gzip -9 -n -c ${PROJECT_SOURCE_DIR}/CHANGELOG.md > ${PROJECT_BINARY_DIR}/changelog.gz
  COMMAND gzip -9 -n -c ${PROJECT_BINARY_DIR}/changelog.Debian > ${PROJECT_BINARY_DIR}/changelog.Debian.gz
  COMMAND ${CMAKE_COMMAND} -E touch ${printed}.made
  DEPENDS opsi-sizing cmake/print_files.cmake CHANGELOG.md ${PROJECT_BINARY_DIR}/changelog.Debian
  COMMENT "Printing man pages and completions"
  VERBATIM)
add_custom_target(printed_files ALL DEPENDS ${printed}.made)

install(DIRECTORY ${printed}/ DESTINATION ${CMAKE_INSTALL_DATAROOTDIR} COMPONENT runtime)
install(FILES ${PROJECT_BINARY_DIR}/changelog.gz ${PROJECT_BINARY_DIR}/changelog.Debian.gz cmake/debian/copyright
        DESTINATION ${documents} COMPONENT runtime)
install(DIRECTORY data/sites data/measurements DESTINATION ${documents}/examples COMPONENT runtime)
include(CPack)
