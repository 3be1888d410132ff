# SPDX-License-Identifier: GPL-3.0-or-later
# What makes a build of two cores bearable: precompiled standard and Qt headers (parsing them is most of a unit's time)
# and a fast linker. Sources still include what they use: -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON builds without.

find_program(MOLD_PROGRAM mold)
if(MOLD_PROGRAM AND CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang")
    add_link_options(-fuse-ld=mold)
endif()

# flowgate_headers(core HEADERS <QString> ... LINK Qt6::Core)
# Compiles the headers once; every target that names them in flowgate_use_headers() takes that result.
function(flowgate_headers name)
    cmake_parse_arguments(ARG "" "" "HEADERS;LINK" ${ARGN})
    file(GENERATE OUTPUT "${CMAKE_BINARY_DIR}/headers_${name}.cpp" CONTENT "// Carries precompiled headers.\n")
    add_library(flowgate_headers_${name} OBJECT "${CMAKE_BINARY_DIR}/headers_${name}.cpp")
    target_link_libraries(flowgate_headers_${name} PRIVATE flowgate_flags ${ARG_LINK})
    target_precompile_headers(flowgate_headers_${name} PRIVATE ${ARG_HEADERS})
endfunction()

set(headers_core <algorithm> <array> <atomic> <chrono> <deque> <functional> <map> <memory> <mutex> <optional> <ranges>
    <set> <string> <thread> <utility> <variant> <vector> <tl/expected.hpp>
    <QByteArray> <QCoreApplication> <QCryptographicHash> <QDateTime> <QDir> <QFile> <QFileInfo> <QHash> <QJsonArray>
    <QJsonDocument> <QJsonObject> <QList> <QLocale> <QMap> <QMetaType> <QObject> <QPointer> <QRegularExpression>
    <QSet> <QString> <QStringList> <QThread> <QTimer> <QUuid> <QVariant>)
set(headers_gui <QAbstractItemModel> <QColor> <QFont> <QGuiApplication> <QIcon> <QPainter> <QPalette>
    <QSortFilterProxyModel>)
set(headers_widgets <QAction> <QApplication> <QCheckBox> <QComboBox> <QDialog> <QDockWidget> <QHBoxLayout>
    <QHeaderView> <QLabel> <QLineEdit> <QMainWindow> <QMenu> <QPushButton> <QScrollBar> <QSettings> <QSplitter>
    <QStackedWidget> <QStyle> <QStyledItemDelegate> <QTabWidget> <QTableView> <QTreeView> <QUndoStack> <QVBoxLayout>
    <QWidget>)

flowgate_headers(core HEADERS ${headers_core} LINK Qt6::Core tl::expected)
if(FLOWGATE_UI)
    flowgate_headers(gui HEADERS ${headers_core} ${headers_gui} LINK Qt6::Gui tl::expected)
    # QScintilla brings definitions of its own, which have to be the same where these headers are used.
    flowgate_headers(widgets HEADERS ${headers_core} ${headers_gui} ${headers_widgets}
        LINK Qt6::Widgets QScintilla::QScintilla tl::expected)
endif()

# flowgate_use_headers(flowgate_ui): the precompiled headers that fit what the target links. Qt Test's are not among
# them: it defines a folder for each test.
function(flowgate_use_headers target)
    get_target_property(libraries ${target} LINK_LIBRARIES)
    set(set core)
    if("flowgate_models" IN_LIST libraries OR "flowgate_common" IN_LIST libraries OR "Qt6::Gui" IN_LIST libraries)
        set(set gui)
    endif()
    if("flowgate_ui" IN_LIST libraries OR "Qt6::Widgets" IN_LIST libraries)
        set(set widgets)
    endif()
    target_precompile_headers(${target} REUSE_FROM flowgate_headers_${set})
endfunction()
