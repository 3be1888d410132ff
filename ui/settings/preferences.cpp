// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/preferences.h"

#include <QSettings>

#include <algorithm>
#include <utility>

namespace flowgate::ui {

namespace {

const QString themeKey = QStringLiteral("appearance");
const QString textKey = QStringLiteral("textPercent");
const QString densityKey = QStringLiteral("density");
const QString timesKey = QStringLiteral("times");

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
    m_settings = nullptr; // what was just read need not be written
    setLook(look);
    setNotices(readNotices(settings));
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

void Preferences::setNotices(const NoticeChoices &notices)
{
    if (notices == m_notices)
        return;
    m_notices = notices;
    if (m_settings)
        writeNotices(*m_settings, notices);
    Q_EMIT changed();
}

void Preferences::setHasTray(bool hasTray)
{
    if (std::exchange(m_hasTray, hasTray) != hasTray)
        Q_EMIT trayChanged();
}

} // namespace flowgate::ui
