# SPDX-License-Identifier: GPL-3.0-or-later
# One function for each kind of target, so that a folder's build file is a list of sources and a list of layers.

# flowgate_layer(domain SOURCES a.cpp ... LINK Qt6::Core ... PRIVATE yaml)
# Makes the static library flowgate_<name>. LINK is public, PRIVATE stays inside the layer.
function(flowgate_layer name)
    cmake_parse_arguments(ARG "" "" "SOURCES;LINK;PRIVATE" ${ARGN})
    add_library(flowgate_${name} STATIC ${ARG_SOURCES})
    set_target_properties(flowgate_${name} PROPERTIES AUTOMOC ON)
    target_link_libraries(flowgate_${name} PUBLIC flowgate_flags ${ARG_LINK} PRIVATE ${ARG_PRIVATE})
    flowgate_use_headers(flowgate_${name})
endfunction()

# flowgate_program(flowgated SOURCES main.cpp ... LINK flowgate_app)
function(flowgate_program name)
    cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
    add_executable(${name} ${ARG_SOURCES})
    set_target_properties(${name} PROPERTIES AUTOMOC ON)
    target_link_libraries(${name} PRIVATE flowgate_flags ${ARG_LINK})
    flowgate_use_headers(${name})
endfunction()

# What keeps tests apart from the machine that they run on: no proxy for 127.0.0.1, no keychain of the user's, no system
# that falls asleep.
set(flowgate_test_environment "NO_PROXY=*;no_proxy=*;DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent"
    "DBUS_SYSTEM_BUS_ADDRESS=unix:path=/nonexistent")

# flowgate_test(tst_mergereport SOURCES tst_mergereport.cpp LINK flowgate_domain [TIMEOUT 60] [LABELS e2e])
# One Qt Test executable a unit. Runs without a display, in an empty working folder of its own. TIMEOUT only ends what
# hangs.
function(flowgate_test name)
    cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;LINK;LABELS;ENVIRONMENT" ${ARGN})
    if(NOT ARG_TIMEOUT)
        set(ARG_TIMEOUT 600)
    endif()
    if(FLOWGATE_SANITIZE)
        math(EXPR ARG_TIMEOUT "${ARG_TIMEOUT} * 5")
    endif()
    add_executable(${name} ${ARG_SOURCES})
    set_target_properties(${name} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
    target_link_libraries(${name} PRIVATE flowgate_flags Qt6::Test ${ARG_LINK})
    flowgate_use_headers(${name})
    target_compile_definitions(${name} PRIVATE FLOWGATE_TEST_DATA="${CMAKE_SOURCE_DIR}/tests/data")
    set(work "${CMAKE_BINARY_DIR}/tests/work/${name}")
    file(MAKE_DIRECTORY "${work}")
    add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY "${work}")
    set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}"
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;QT_NO_GLIB=1;LC_ALL=C.UTF-8;QTEST_FUNCTION_TIMEOUT=3000000;TSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/tsan.supp halt_on_error=1 ignore_noninstrumented_modules=1 die_after_fork=0;${flowgate_test_environment};ASAN_OPTIONS=fast_unwind_on_malloc=0;LSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/lsan.supp:print_suppressions=0;${ARG_ENVIRONMENT}")
endfunction()
