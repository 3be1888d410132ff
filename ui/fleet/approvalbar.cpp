// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/approvalbar.h"

#include "ui/common/theme.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/look.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace flowgate::ui {

using models::FleetPart;

ApprovalBar::ApprovalBar(QWidget *parent)
    : QFrame(parent)
    , m_text(new StatusLabel(this))
{
    setLook(this, Look::AttentionCard);
    auto *button = new QPushButton(tr("Show"), this);
    button->setAccessibleName(tr("Show the gateways that wait for approval"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(common::space::small, common::space::tiny, common::space::tiny, common::space::tiny);
    layout->setSpacing(common::space::small);
    layout->addWidget(m_text, 1);
    layout->addWidget(button);
    connect(button, &QPushButton::clicked, this, &ApprovalBar::showRequested);
    hide();
}

void ApprovalBar::count(const models::GatewayModel &fleet, FleetPart shown)
{
    const auto waiting = static_cast<int>(std::ranges::count_if(
        fleet.rows(), [](const models::GatewayRow &row) { return models::isIn(FleetPart::ToApprove, *row.gateway); }));
    m_text->show({common::Tone::Attention, tr("%n gateway(s) wait for approval", nullptr, waiting)});
    setVisible(waiting > 0 && shown != FleetPart::ToApprove);
}

} // namespace flowgate::ui
