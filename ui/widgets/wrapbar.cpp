// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/wrapbar.h"

#include "ui/common/metrics.h"
#include "ui/common/theme.h"

#include <QBoxLayout>
#include <QEvent>

namespace flowgate::ui {

WrapBar::WrapBar(QWidget *field, const QList<QWidget *> &rest, int least, QWidget *parent)
    : QWidget(parent)
    , m_rest(new QWidget(this))
    , m_layout(new QBoxLayout(QBoxLayout::LeftToRight, this))
    , m_least(least)
{
    auto *line = new QHBoxLayout(m_rest);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(common::space::small);
    for (QWidget *widget : rest)
        line->addWidget(widget);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(common::space::small);
    m_layout->addWidget(field, 1);
    m_layout->addWidget(m_rest);
}

QSize WrapBar::minimumSizeHint() const
{
    const QSize least = QWidget::minimumSizeHint();
    return {std::min(m_rest->minimumSizeHint().width(), least.width()), least.height()};
}

void WrapBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

bool WrapBar::event(QEvent *event)
{
    // What is in it became wider: a count, a button's reach, larger text.
    if (event->type() == QEvent::LayoutRequest)
        arrange();
    return QWidget::event(event);
}

void WrapBar::arrange()
{
    const int beside = m_rest->sizeHint().width() + m_layout->spacing() + common::scaled(m_least, font());
    const auto wanted = beside <= width() ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom;
    if (m_layout->direction() == wanted)
        return;
    m_layout->setDirection(wanted);
    // Below the field the buttons stand where reading begins.
    m_layout->setAlignment(m_rest, wanted == QBoxLayout::TopToBottom ? Qt::AlignLeading : Qt::Alignment());
    updateGeometry();
}

} // namespace flowgate::ui
