# SPDX-License-Identifier: GPL-3.0-or-later
# Every third-party package, in one place. Debian's package names are in tools/packages.txt.

find_package(Threads REQUIRED)
find_package(Qt6 6.4 REQUIRED COMPONENTS Core DBus Network WebSockets Sql)
find_package(tl-expected REQUIRED)
find_package(Qt6Keychain REQUIRED)
find_package(Protobuf REQUIRED)
find_package(ZLIB REQUIRED)
find_package(Boost 1.74 REQUIRED)
find_package(OpenSSL 3 REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(YAML REQUIRED IMPORTED_TARGET yaml-0.1)
pkg_check_modules(ZIP REQUIRED IMPORTED_TARGET libzip) # its CMake package asks for programs of another package

if(FLOWGATE_UI)
    find_package(Qt6 6.4 REQUIRED COMPONENTS Gui Widgets Svg PrintSupport LinguistTools)
    find_package(QCustomPlotQt6 REQUIRED)
    # QScintilla for Qt 6 ships no CMake package.
    find_path(QSCINTILLA_INCLUDE_DIR Qsci/qsciscintilla.h PATH_SUFFIXES qt6 x86_64-linux-gnu/qt6 REQUIRED)
    find_library(QSCINTILLA_LIBRARY NAMES qscintilla2_qt6 REQUIRED)
    add_library(QScintilla::QScintilla UNKNOWN IMPORTED)
    set_target_properties(QScintilla::QScintilla PROPERTIES
        IMPORTED_LOCATION "${QSCINTILLA_LIBRARY}"
        INTERFACE_INCLUDE_DIRECTORIES "${QSCINTILLA_INCLUDE_DIR}"
        # Its headers use Qt's keywords, which we switch off.
        INTERFACE_COMPILE_DEFINITIONS "signals=Q_SIGNALS;slots=Q_SLOTS"
        INTERFACE_LINK_LIBRARIES "Qt6::Widgets;Qt6::PrintSupport")
endif()
if(FLOWGATE_TESTS)
    find_package(Qt6 6.4 REQUIRED COMPONENTS Test)
endif()
