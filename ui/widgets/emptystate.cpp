// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/emptystate.h"

#include "ui/common/theme.h"
#include "ui/widgets/labels.h"

#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace flowgate::ui {

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent)
    , m_title(new PlainLabel(this, TextKind::Title))
    , m_next(new PlainLabel(this, TextKind::Quiet))
    , m_code(new PlainLabel(this, TextKind::Mono))
    , m_action(new QPushButton(this))
{
    m_next->setWordWrap(true);
    m_next->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_code->makeSelectable();
    m_code->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(common::space::small);
    layout->addStretch(2);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_title, m_next, m_code, m_action})
        layout->addWidget(widget, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    connect(m_action, &QPushButton::clicked, this, &EmptyState::activated);
}

void EmptyState::show(const QString &title, const QString &next, const QString &action)
{
    m_title->setText(title);
    m_next->setText(next);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    fitText();
}

void EmptyState::setCode(const QString &code)
{
    m_code->setText(code);
    m_code->setVisible(!code.isEmpty());
}

/// A centred label that wraps has no size of its own: it gets a width that is good to read, and the height for it.
void EmptyState::fitText()
{
    constexpr int readable = 460;
    const int wide = std::clamp(width() - 4 * common::space::large, 120, readable);
    m_next->setMinimumHeight(0); // a label's height for a width is never less than its minimum
    m_next->setFixedSize(wide, std::max(m_next->heightForWidth(wide), 0));
}

void EmptyState::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitText();
}

} // namespace flowgate::ui
