// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/notcurrentcard.h"

#include "domain/standing.h"
#include "ui/common/relativetime.h"
#include "ui/common/visibletext.h"
#include "ui/common/words.h"
#include "ui/widgets/labels.h"

namespace flowgate::ui {

NotCurrentCard::NotCurrentCard(QWidget *parent)
    : Card(common::Tone::Unknown, Look::InfoCard, parent)
    , m_note(new PlainLabel(this, TextKind::Quiet))
{
    m_note->setWordWrap(true);
    add(m_note);
}

void NotCurrentCard::show(const domain::Gateway &gateway, domain::WallTime now)
{
    const auto &report = gateway.healthReport;
    setVisible(report && !domain::isHealthCurrent(gateway));
    if (isHidden())
        return;
    title().setText(tr("Not current: last reported %1").arg(common::ago(report->at, now)));
    title().setToolTip(common::toolTip(common::exactTime(report->at)));
    const domain::Presence &presence = gateway.presence;
    const QString reported = common::oneLine(common::healthText(report->value), 400);
    if (presence.state == domain::PresenceState::Connected)
        m_note->setText(tr("A message was missed since. Reported then: %1.").arg(reported));
    else
        m_note->setText(
            tr("The gateway is %1 %2. Reported then: %3.")
                .arg(common::stateWord(presence.state).word.toLower(), common::lasting(presence.since, now), reported));
}

} // namespace flowgate::ui
