// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/admissioncard.h"

#include "ui/common/relativetime.h"
#include "ui/common/visibletext.h"
#include "ui/common/words.h"
#include "ui/widgets/factlist.h"
#include "ui/widgets/labels.h"

#include <QPushButton>

namespace flowgate::ui {

using domain::Admission;
using domain::Gateway;

namespace {

/// What it says of itself, which nobody has checked: "otelcol-contrib 0.149.0 on lab-1, linux amd64".
QString ownWords(const Gateway &gateway)
{
    if (!gateway.description)
        return AdmissionCard::tr("not reported");
    const auto value = [&gateway](QStringView key) {
        return common::oneLine(domain::attributeText(gateway.description->value, key), 100);
    };
    const auto joined = [&value](std::initializer_list<QStringView> keys) {
        QStringList parts;
        for (const QStringView key : keys)
            parts.append(value(key));
        parts.removeAll(QString());
        return parts.join(u' ');
    };
    QString text = joined({u"service.name", u"service.version"});
    if (const QString host = value(u"host.name"); !host.isEmpty())
        text = text.isEmpty() ? host : AdmissionCard::tr("%1 on %2").arg(text, host);
    QStringList parts{text, joined({u"os.type", u"host.arch"})};
    parts.removeAll(QString());
    return parts.isEmpty() ? AdmissionCard::tr("nothing that tells") : parts.join(QStringLiteral(", "));
}

std::vector<Fact> factsOf(const Gateway &gateway, domain::WallTime now)
{
    const bool isHere = gateway.presence.state == domain::PresenceState::Connected;
    std::vector<Fact> facts;
    const auto add = [&facts](const QString &name, const QString &value, const QString &toolTip = {}) {
        facts.push_back({name, value, {}, false, toolTip, {}});
    };
    if (!gateway.presence.peer.isEmpty()) {
        const QString peer = common::oneLine(gateway.presence.peer, 100);
        add(AdmissionCard::tr("Address"), isHere ? peer : AdmissionCard::tr("%1, not connected now").arg(peer));
    }
    // Which token it was is known of a connection of this run; without one the door has seen that there is none.
    if (!gateway.presence.token.isEmpty())
        add(AdmissionCard::tr("Token"), gateway.presence.token);
    else if (isHere)
        add(AdmissionCard::tr("Token"), AdmissionCard::tr("none of yours"));
    add(AdmissionCard::tr("Says it is"), ownWords(gateway),
        AdmissionCard::tr("By its own word: nobody has checked it"));
    add(AdmissionCard::tr("First seen"), common::ago(gateway.firstSeen, now), common::exactTime(gateway.firstSeen));
    return facts;
}

} // namespace

AdmissionCard::AdmissionCard(QWidget *parent)
    : Card(common::Tone::Attention, Look::AttentionCard, parent)
    , m_note(new PlainLabel(this, TextKind::Quiet))
    , m_facts(new FactList(this))
    , m_approve(new QPushButton(tr("Approve…"), this))
    , m_reject(new QPushButton(tr("Reject…"), this))
{
    m_note->setWordWrap(true);
    setLook(m_approve, Look::Primary);
    setLook(m_reject, Look::Danger);
    add(m_note);
    add(m_facts);
    addButtons({m_approve, m_reject});
    connect(m_approve, &QPushButton::clicked, this, [this] { Q_EMIT admissionRequested(Admission::Approved); });
    connect(m_reject, &QPushButton::clicked, this, [this] { Q_EMIT admissionRequested(Admission::Rejected); });
}

void AdmissionCard::show(const Gateway &gateway, domain::WallTime now)
{
    const bool isPending = gateway.admission == Admission::Pending;
    setVisible(gateway.admission != Admission::Approved);
    if (isHidden())
        return;
    setTone(common::stateWord(gateway.admission).tone, isPending ? Look::AttentionCard : Look::BadCard);
    title().setText(isPending          ? tr("Waits for approval")
                    : gateway.admitted ? tr("Rejected %1").arg(common::ago(gateway.admitted->at, now))
                                       : tr("Rejected"));
    title().setToolTip(gateway.admitted ? common::toolTip(common::exactTime(gateway.admitted->at)) : QString());
    m_note->setText(isPending ? tr("Until then it is answered, and gets nothing: no config and no command.")
                              : tr("It gets nothing, and is turned away whenever it comes."));
    m_facts->show(factsOf(gateway, now));
    m_reject->setVisible(isPending);
}

} // namespace flowgate::ui
