// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/appearance.h"

#include "ui/common/theme.h"
#include "ui/settings/preferences.h"
#include "ui/widgets/stylesheet.h"

#include <QApplication>
#include <QEvent>

#include <utility>

namespace flowgate::ui {

Appearance::Appearance(const Preferences &preferences, SystemPalette system, QObject *parent)
    : QObject(parent)
    , m_preferences(preferences)
    , m_system(std::move(system))
    , m_font(QApplication::font())
{
    constexpr qreal smallest = 10; // points: what the tables are laid out for
    m_font.setPointSizeF(std::max(common::textSizes(m_font).normal, smallest));
    m_soon.setSingleShot(true);
    m_soon.setInterval(0);
    connect(&m_soon, &QTimer::timeout, this, &Appearance::dress);
    connect(&preferences, &Preferences::changed, this, &Appearance::dress);
    dress();
    qApp->installEventFilter(this);
}

Appearance::~Appearance()
{
    QApplication::setFont(m_font);
}

QPalette Appearance::systemPalette()
{
    const QPalette ours = QApplication::palette();
    QApplication::setPalette(QPalette()); // the system's own shows again, if only to be looked at
    const QPalette theirs = QApplication::palette();
    QApplication::setPalette(ours);
    return theirs;
}

/// Each window is told of a change of the system's theme: once is enough.
bool Appearance::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ThemeChange && !m_dressing)
        m_soon.start();
    return QObject::eventFilter(watched, event);
}

void Appearance::dress()
{
    if (std::exchange(m_dressing, true))
        return;
    const WindowLook &look = m_preferences.look();
    const bool dark = look.theme == WindowLook::Theme::Dark ||
                      (look.theme == WindowLook::Theme::System && common::themeOf(m_system()).dark);
    const common::Theme &theme = dark ? common::darkTheme() : common::lightTheme();
    QFont font = m_font;
    font.setPointSizeF(m_font.pointSizeF() * look.textPercent / 100.0);
    if (QApplication::font() != font)
        QApplication::setFont(font);
    if (const QPalette palette = theme.palette(); QApplication::palette() != palette)
        QApplication::setPalette(palette);
    // Dressing anew costs a pass over every widget.
    if (const QString sheet = styleSheet(theme, font); qApp->styleSheet() != sheet)
        qApp->setStyleSheet(sheet);
    m_dressing = false;
}

} // namespace flowgate::ui
