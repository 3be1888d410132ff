// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notices/systemtray.h"

#include "ui/notices/badge.h"

#include <QEvent>
#include <QGuiApplication>
#include <QMenu>

namespace flowgate::ui {

namespace {

/// Notices may be read as markup: what comes from gateways must not make links or pictures of itself.
QString withoutMarkup(QString text)
{
    return text.replace(u'<', QChar(0x2039)).replace(u'&', QChar(0xff06));
}

} // namespace

SystemTray::SystemTray(QObject *parent)
    : Tray(parent)
{
    using std::chrono_literals::operator""s;
    paint();
    connect(&m_icon, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick)
            Q_EMIT activated();
    });
    connect(&m_icon, &QSystemTrayIcon::messageClicked, this, &Tray::noticeClicked);
    // Nobody tells when a panel comes or goes.
    connect(&m_look, &QTimer::timeout, this, &SystemTray::look);
    m_look.start(5s);
    look();
    qApp->installEventFilter(this);
}

void SystemTray::look()
{
    const bool available = QSystemTrayIcon::isSystemTrayAvailable();
    if (available == m_available)
        return;
    m_available = available;
    m_icon.setVisible(available);
    Q_EMIT availableChanged(available);
}

void SystemTray::setBadge(const TrayBadge &badge)
{
    if (badge == m_badge)
        return;
    m_badge = badge;
    paint();
}

void SystemTray::setToolTip(const QString &text)
{
    if (m_icon.toolTip() != text)
        m_icon.setToolTip(text);
}

void SystemTray::setMenu(QMenu &menu)
{
    m_icon.setContextMenu(&menu);
}

void SystemTray::tell(const TrayNotice &notice)
{
    constexpr int shownMs = 20'000;
    m_icon.showMessage(withoutMarkup(notice.title), withoutMarkup(notice.text),
                       notice.urgent ? QSystemTrayIcon::Critical : QSystemTrayIcon::Warning, shownMs);
}

bool SystemTray::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == qApp && event->type() == QEvent::ApplicationPaletteChange)
        paint();
    return Tray::eventFilter(watched, event);
}

void SystemTray::paint()
{
    m_icon.setIcon(badgedIcon(m_badge, common::themeOf(QGuiApplication::palette())));
}

} // namespace flowgate::ui
