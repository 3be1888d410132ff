// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/appearance.h"

#include "ui/common/theme.h"
#include "ui/widgets/stylesheet.h"

#include <QApplication>
#include <QEvent>
#include <QFont>
#include <QSettings>

namespace flowgate::ui {

namespace {
const QString key = QStringLiteral("appearance");
}

Appearance::Appearance(QSettings &settings, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
{
    const QString kept = settings.value(key).toString();
    m_choice = kept == u"light" ? Choice::Light : kept == u"dark" ? Choice::Dark : Choice::System;
    QFont font = QApplication::font();
    if (font.pointSizeF() > 0 && font.pointSizeF() < 10) {
        font.setPointSizeF(10); // 13 px: what the tables are laid out for
        QApplication::setFont(font);
    }
    dress();
    qApp->installEventFilter(this);
}

void Appearance::choose(Choice choice)
{
    m_choice = choice;
    m_settings.setValue(key, choice == Choice::Light  ? QStringLiteral("light")
                             : choice == Choice::Dark ? QStringLiteral("dark")
                                                      : QStringLiteral("system"));
    dress();
}

bool Appearance::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ThemeChange && m_choice == Choice::System && !m_dressing)
        dress();
    return QObject::eventFilter(watched, event);
}

void Appearance::dress()
{
    m_dressing = true;
    QApplication::setPalette(QPalette()); // the system's own shows again, if only to be looked at
    const bool dark =
        m_choice == Choice::Dark || (m_choice == Choice::System && common::themeOf(QApplication::palette()).dark);
    const common::Theme &theme = dark ? common::darkTheme() : common::lightTheme();
    QApplication::setPalette(theme.palette());
    qApp->setStyleSheet(styleSheet(theme));
    m_dressing = false;
}

} // namespace flowgate::ui
