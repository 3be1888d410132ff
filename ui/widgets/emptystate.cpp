// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/emptystate.h"

#include "ui/common/theme.h"
#include "ui/widgets/labels.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace flowgate::ui {

namespace {

constexpr int readable = 460; ///< px; lines that are longer are hard to read

} // namespace

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent)
    , m_title(new PlainLabel(this, TextKind::Title))
    , m_next(new PlainLabel(this, TextKind::Quiet))
    , m_code(new PlainLabel(this, TextKind::Mono))
    , m_action(new QPushButton(this))
{
    m_next->setWordWrap(true);
    m_next->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_next->setMaximumWidth(readable);
    m_code->makeSelectable();
    m_code->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(common::space::small);
    layout->addStretch(2);
    layout->addWidget(m_title, 0, Qt::AlignHCenter);
    // In a row of its own and not by alignment: an aligned label gets no height for its width.
    auto *row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(m_next, readable);
    row->addStretch(1);
    layout->addLayout(row);
    layout->addWidget(m_code, 0, Qt::AlignHCenter);
    layout->addWidget(m_action, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    connect(m_action, &QPushButton::clicked, this, &EmptyState::activated);
}

void EmptyState::show(const QString &title, const QString &next, const QString &action)
{
    m_title->setText(title);
    m_next->setText(next);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
}

void EmptyState::setCode(const QString &code)
{
    m_code->setText(code);
    m_code->setVisible(!code.isEmpty());
}

} // namespace flowgate::ui
