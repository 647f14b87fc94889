# cmake --install: the library with its headers, the command line, and what find_package(sizing) needs to use the library.
# Two components: "runtime" is the command line, "development" all the rest.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)
set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/sizing)

install(TARGETS sizing EXPORT sizing COMPONENT development)
install(DIRECTORY libsizing DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development FILES_MATCHING PATTERN "*.h")
if(TARGET opsi-sizing)
  install(TARGETS opsi-sizing COMPONENT runtime)
endif()

# Who links a static library links what it uses, too: the packages of the targets that it names.
get_target_property(packages sizing LINK_LIBRARIES)
list(FILTER packages INCLUDE REGEX "^[A-Za-z0-9_]+::")
list(TRANSFORM packages REPLACE "::.*" "")
list(REMOVE_DUPLICATES packages)

configure_package_config_file(cmake/sizingConfig.cmake.in sizingConfig.cmake INSTALL_DESTINATION ${package_folder})
write_basic_package_version_file(sizingConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(EXPORT sizing NAMESPACE sizing:: FILE sizingTargets.cmake DESTINATION ${package_folder} COMPONENT development)
install(FILES ${PROJECT_BINARY_DIR}/sizingConfig.cmake ${PROJECT_BINARY_DIR}/sizingConfigVersion.cmake
        DESTINATION ${package_folder} COMPONENT development)
