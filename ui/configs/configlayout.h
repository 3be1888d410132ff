// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>

class QAbstractItemModel;
class QLineEdit;
class QMenu;
class QPushButton;
class QTableView;
class QWidget;

namespace flowgate::ui {

class PlainLabel;
class Workspace;

/// The left panel of the configs page.
struct LibraryParts
{
    QWidget *panel = nullptr;
    QLineEdit *search = nullptr;
    QPushButton *makeNew = nullptr;
    QPushButton *more = nullptr;
    QTableView *configs = nullptr;
    PlainLabel *versionTitle = nullptr;
    QTableView *versions = nullptr;
};
[[nodiscard]] LibraryParts makeLibraryPanel(QAbstractItemModel &configs, QAbstractItemModel &versions,
                                            Workspace &workspace, std::function<void(QMenu &)> fillMore,
                                            QWidget *parent);

/// What a new config begins with: the smallest one that takes something in and shows it.
[[nodiscard]] QByteArray firstText();

} // namespace flowgate::ui
