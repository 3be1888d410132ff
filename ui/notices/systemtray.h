// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/notices/tray.h"

#include <QSystemTrayIcon>
#include <QTimer>

namespace flowgate::ui {

/// The tray of the desktop that we run on. One that appears later gets the icon too.
class SystemTray final : public Tray
{
    Q_OBJECT
public:
    explicit SystemTray(QObject *parent = nullptr);

    [[nodiscard]] bool isAvailable() const override { return m_available; }
    void setBadge(const TrayBadge &badge) override;
    void setToolTip(const QString &text) override;
    void setMenu(QMenu &menu) override;
    void tell(const TrayNotice &notice) override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void look();
    void paint();

    QSystemTrayIcon m_icon;
    QTimer m_look;
    TrayBadge m_badge;
    bool m_available = false;
};

} // namespace flowgate::ui
