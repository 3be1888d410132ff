// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/lefttoright.h"

#include <QEvent>
#include <QGuiApplication>

namespace flowgate::ui {

LeftToRight::LeftToRight()
    : m_turned(QGuiApplication::layoutDirection() == Qt::RightToLeft)
{
    if (!m_turned)
        return;
    qApp->installEventFilter(this);
    QGuiApplication::setLayoutDirection(Qt::LeftToRight);
}

LeftToRight::~LeftToRight()
{
    if (m_turned)
        QGuiApplication::setLayoutDirection(Qt::RightToLeft);
}

bool LeftToRight::eventFilter(QObject *watched, QEvent *event)
{
    return event->type() == QEvent::ApplicationLayoutDirectionChange || QObject::eventFilter(watched, event);
}

} // namespace flowgate::ui
