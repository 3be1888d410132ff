// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/card.h"

#include "ui/common/theme.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/toneshape.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace flowgate::ui {

Card::Card(common::Tone tone, Look look, QWidget *parent)
    : QFrame(parent)
    , m_shape(new ToneShape(tone, this))
    , m_title(new PlainLabel(this, TextKind::Heading))
    , m_body(new QVBoxLayout(this))
{
    ui::setLook(this, look);
    m_title->setWordWrap(true);
    auto *top = new QHBoxLayout;
    top->setSpacing(common::space::small);
    top->addWidget(m_shape, 0, Qt::AlignTop);
    top->addWidget(m_title, 1);
    m_body->setContentsMargins(common::space::page, common::space::page, common::space::page, common::space::page);
    m_body->setSpacing(common::space::small);
    m_body->addLayout(top);
    hide();
}

void Card::setTone(common::Tone tone, Look look)
{
    m_shape->setTone(tone);
    ui::setLook(this, look);
}

void Card::add(QWidget *widget)
{
    m_body->addWidget(widget);
}

void Card::addButtons(std::initializer_list<QPushButton *> buttons)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(common::space::small);
    for (QPushButton *button : buttons)
        row->addWidget(button);
    row->addStretch(1);
    m_body->addLayout(row);
}

} // namespace flowgate::ui
