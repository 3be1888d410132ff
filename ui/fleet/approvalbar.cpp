// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/approvalbar.h"

#include "ui/common/statusshape.h"
#include "ui/common/theme.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/look.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>

namespace flowgate::ui {

using models::FleetPart;

ApprovalBar::ApprovalBar(QWidget *parent)
    : QFrame(parent)
    , m_shape(new QLabel(this))
    , m_text(new PlainLabel(this))
{
    setLook(this, Look::AttentionCard);
    auto *button = new QPushButton(tr("Show"), this);
    button->setAccessibleName(tr("Show the gateways that wait for approval"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(common::space::small, common::space::tiny, common::space::tiny, common::space::tiny);
    layout->setSpacing(common::space::small);
    layout->addWidget(m_shape);
    layout->addWidget(m_text, 1);
    layout->addWidget(button);
    connect(button, &QPushButton::clicked, this, &ApprovalBar::showRequested);
    paintShape();
    hide();
}

void ApprovalBar::count(const models::GatewayModel &fleet, FleetPart shown)
{
    const auto waiting = static_cast<int>(std::ranges::count_if(
        fleet.rows(), [](const models::GatewayRow &row) { return models::isIn(FleetPart::ToApprove, *row.gateway); }));
    m_text->setText(tr("%n gateway(s) wait for approval", nullptr, waiting));
    setVisible(waiting > 0 && shown != FleetPart::ToApprove);
}

void ApprovalBar::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        paintShape();
}

void ApprovalBar::paintShape()
{
    const common::Theme &theme = common::themeOf(palette());
    m_shape->setPixmap(common::shapePixmap(common::Tone::Attention, theme.attention, devicePixelRatioF()));
}

} // namespace flowgate::ui
