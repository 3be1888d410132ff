// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QObject>

#include <memory>

class QMenu;

namespace flowgate::ui {

/// The place of the desktop for programs that go on without a window. An interface, so that tests see what is told.
/// @thread gui
class Tray : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /// Not every desktop has one.
    [[nodiscard]] virtual bool isThere() const = 0;
    virtual void show(const QIcon &icon, const QString &toolTip) = 0;
    /// @param menu  outlives it
    virtual void setMenu(QMenu &menu) = 0;
    virtual void tell(const QString &title, const QString &text) = 0;

Q_SIGNALS:
    void activated();
    void noticeClicked();
};

[[nodiscard]] std::unique_ptr<Tray> makeSystemTray();

/// The program's icon with a number on a shape of the house; 0: without. Readable at 22 pixels.
[[nodiscard]] QIcon trayIcon(int badge);

} // namespace flowgate::ui
