# What is needed from outside. All that is missing is named at once, with the line that installs it on Debian and Ubuntu.
file(STRINGS dev/packages/build lines REGEX "^[^#]")
list(TRANSFORM lines REPLACE "#.*" "")
list(TRANSFORM lines STRIP)
list(JOIN lines " " debian_packages)

# refuse_to_build(WHAT_IS_MISSING [PACKAGE...]): the packages beside those of the list.
function(refuse_to_build missing)
  list(JOIN ARGN " " more)
  string(STRIP "apt-get install --no-install-recommends ${debian_packages} ${more}" install)
  message(FATAL_ERROR "opsi-sizing cannot be built here: missing are ${missing}.\n"
                      "On Debian and Ubuntu this installs what is needed:\n  ${install}\n")
endfunction()

include(CheckLanguage)
check_language(CXX)
if(NOT CMAKE_CXX_COMPILER)
  refuse_to_build("a C++ compiler")
endif()
enable_language(CXX)

set(Boost_USE_STATIC_LIBS ${SIZING_SELF_CONTAINED})
find_package(Boost 1.74 QUIET COMPONENTS program_options)
find_package(Eigen3 3.3 QUIET NO_MODULE)
find_package(fmt QUIET)
find_package(nlohmann_json QUIET)
find_package(tomlplusplus QUIET)
set(missing)
foreach(package IN ITEMS Boost Eigen3 fmt nlohmann_json tomlplusplus)
  if(NOT ${package}_FOUND)
    list(APPEND missing ${package})
  endif()
endforeach()
if(missing)
  list(JOIN missing ", " missing)
  refuse_to_build("the libraries ${missing}")
endif()

# Headers alone, so nothing of them is left to install beside the library. System ones: their warnings are not ours.
add_library(sizing_mathematics INTERFACE)
get_target_property(eigen_headers Eigen3::Eigen INTERFACE_INCLUDE_DIRECTORIES)
target_include_directories(sizing_mathematics SYSTEM INTERFACE ${eigen_headers} ${Boost_INCLUDE_DIRS})

# A wheel or a Debian package brings along what it needs: headers instead of shared libraries.
set(sizing_fmt fmt::fmt)
set(sizing_toml tomlplusplus::tomlplusplus)
if(SIZING_SELF_CONTAINED)
  set(sizing_fmt fmt::fmt-header-only)
  add_library(sizing_toml INTERFACE)
  get_target_property(toml_headers tomlplusplus::tomlplusplus INTERFACE_INCLUDE_DIRECTORIES)
  target_include_directories(sizing_toml SYSTEM INTERFACE ${toml_headers})
  set(sizing_toml $<BUILD_INTERFACE:sizing_toml>)
endif()
