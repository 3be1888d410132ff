// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/preferences.h"

#include <QSettings>

#include <algorithm>

namespace flowgate::ui {

namespace {

const QString themeKey = QStringLiteral("appearance");
const QString textKey = QStringLiteral("textPercent");
const QString densityKey = QStringLiteral("density");
const QString timesKey = QStringLiteral("times");
const QString noticeRolloutsKey = QStringLiteral("notices/rollouts");
const QString noticeUnhealthyKey = QStringLiteral("notices/unhealthy");
const QString noticeLostKey = QStringLiteral("notices/lost");
const QString unhealthySecondsKey = QStringLiteral("notices/unhealthySeconds");
const QString quietFromKey = QStringLiteral("notices/quietFrom");
const QString quietToKey = QStringLiteral("notices/quietTo");
const QString onCloseKey = QStringLiteral("notices/onClose");

using Theme = WindowLook::Theme;
using common::Density;

QString nameOf(Theme theme)
{
    switch (theme) {
    case Theme::System:
        break;
    case Theme::Light:
        return QStringLiteral("light");
    case Theme::Dark:
        return QStringLiteral("dark");
    }
    return QStringLiteral("system");
}

} // namespace

void Preferences::keepIn(QSettings &settings)
{
    WindowLook look;
    const QString theme = settings.value(themeKey).toString();
    look.theme = theme == nameOf(Theme::Light)  ? Theme::Light
                 : theme == nameOf(Theme::Dark) ? Theme::Dark
                                                : Theme::System;
    look.textPercent = settings.value(textKey, look.textPercent).toInt();
    look.density = settings.value(densityKey).toString() == u"compact" ? Density::Compact : Density::Comfortable;
    look.exactTimes = settings.value(timesKey).toString() == u"exact";
    NoticeSettings notices;
    notices.rollouts = settings.value(noticeRolloutsKey, notices.rollouts).toBool();
    notices.unhealthy = settings.value(noticeUnhealthyKey, notices.unhealthy).toBool();
    notices.lost = settings.value(noticeLostKey, notices.lost).toBool();
    notices.unhealthySeconds =
        std::clamp(settings.value(unhealthySecondsKey, notices.unhealthySeconds).toInt(), 0, 86'400);
    notices.quietFrom = std::clamp(settings.value(quietFromKey, 0).toInt(), 0, 23);
    notices.quietTo = std::clamp(settings.value(quietToKey, 0).toInt(), 0, 23);
    const QString close = settings.value(onCloseKey).toString();
    notices.onClose = close == u"tray"   ? NoticeSettings::OnClose::KeepServing
                      : close == u"quit" ? NoticeSettings::OnClose::Quit
                                         : NoticeSettings::OnClose::Ask;
    m_settings = nullptr; // what was just read need not be written
    setLook(look);
    setNotices(notices);
    m_settings = &settings;
}

void Preferences::setLook(WindowLook look)
{
    look.textPercent = std::clamp(look.textPercent, WindowLook::smallestText, WindowLook::largestText);
    if (look == m_look)
        return;
    m_look = look;
    if (m_settings) {
        m_settings->setValue(themeKey, nameOf(look.theme));
        m_settings->setValue(textKey, look.textPercent);
        m_settings->setValue(densityKey, look.density == Density::Compact ? QStringLiteral("compact")
                                                                          : QStringLiteral("comfortable"));
        m_settings->setValue(timesKey, look.exactTimes ? QStringLiteral("exact") : QStringLiteral("relative"));
    }
    Q_EMIT changed();
}

void Preferences::setNotices(const NoticeSettings &notices)
{
    if (notices == m_notices)
        return;
    m_notices = notices;
    if (m_settings) {
        using OnClose = NoticeSettings::OnClose;
        m_settings->setValue(noticeRolloutsKey, notices.rollouts);
        m_settings->setValue(noticeUnhealthyKey, notices.unhealthy);
        m_settings->setValue(noticeLostKey, notices.lost);
        m_settings->setValue(unhealthySecondsKey, notices.unhealthySeconds);
        m_settings->setValue(quietFromKey, notices.quietFrom);
        m_settings->setValue(quietToKey, notices.quietTo);
        m_settings->setValue(onCloseKey, notices.onClose == OnClose::KeepServing ? QStringLiteral("tray")
                                         : notices.onClose == OnClose::Quit      ? QStringLiteral("quit")
                                                                                 : QStringLiteral("ask"));
    }
    Q_EMIT changed();
}

} // namespace flowgate::ui
