# SPDX-License-Identifier: GPL-3.0-or-later
# Build options and the one INTERFACE target that carries compile flags to every target of ours.

option(FLOWGATE_UI "Build the desktop window" ON)
option(FLOWGATE_TESTS "Build the tests" ON)
option(FLOWGATE_FUZZ "Build the fuzz targets (needs clang)" OFF)
option(FLOWGATE_WERROR "Treat warnings as errors" OFF)
set(FLOWGATE_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize takes them (address,undefined or thread)")

set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
endif()

if(FLOWGATE_FUZZ)
    # A finding ends the run. What the address sanitizer sees as well is left to it: a third less to compile.
    add_compile_options(-fno-sanitize-recover=all)
    set(sanitize_except -fno-sanitize=vptr,null,alignment,object-size)
endif()

# One directory of sanitizer flags for everything, so that third-party headers agree with ours.
if(FLOWGATE_SANITIZE)
    add_compile_options(-fsanitize=${FLOWGATE_SANITIZE} ${sanitize_except} -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${FLOWGATE_SANITIZE})
endif()

add_library(flowgate_flags INTERFACE)
target_compile_features(flowgate_flags INTERFACE cxx_std_20)
target_compile_options(flowgate_flags INTERFACE -Wall -Wextra -Wshadow -Wconversion -Wnon-virtual-dtor
    $<$<BOOL:${FLOWGATE_WERROR}>:-Werror>)
if(FLOWGATE_SANITIZE AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # GCC 12 takes the sanitizers' own code in a std::optional for a use of what was never set.
    target_compile_options(flowgate_flags INTERFACE -Wno-maybe-uninitialized)
endif()
target_compile_definitions(flowgate_flags INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING
    QT_STRICT_ITERATORS QT_NO_FOREACH QT_NO_KEYWORDS
    FLOWGATE_VERSION="${PROJECT_VERSION}")
target_include_directories(flowgate_flags INTERFACE "${CMAKE_SOURCE_DIR}/src" "${CMAKE_SOURCE_DIR}")
