// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/ghostcard.h"

#include "ui/common/relativetime.h"
#include "ui/common/visibletext.h"
#include "ui/widgets/labels.h"

#include <QPushButton>

namespace flowgate::ui {

namespace {

QByteArray pairOf(const app::GatewayPtr &gateway, const app::GatewayPtr &gone)
{
    return gateway->id.bytes() + gone->id.bytes();
}

} // namespace

GhostCard::GhostCard(QWidget *parent)
    : Card(common::Tone::Attention, Look::AttentionCard, parent)
    , m_note(new PlainLabel(this, TextKind::Quiet))
{
    title().setText(tr("Looks like one that is gone"));
    m_note->setWordWrap(true);
    auto *link = new QPushButton(tr("Link…"), this);
    auto *different = new QPushButton(tr("They are two"), this);
    setLook(link, Look::Primary);
    add(m_note);
    addButtons({link, different});
    connect(link, &QPushButton::clicked, this, [this] { Q_EMIT linkRequested(m_gone); });
    connect(different, &QPushButton::clicked, this, [this] {
        m_different.insert(pairOf(m_gateway, m_gone));
        hide();
    });
}

void GhostCard::show(const app::GatewayPtr &gateway, const app::GatewayPtr &gone, const QString &goneName,
                     domain::WallTime now)
{
    m_gateway = gateway;
    m_gone = gone;
    setVisible(gone && !m_different.contains(pairOf(gateway, gone)));
    if (isHidden())
        return;
    m_note->setText(tr("%1 had the same host and service, and was last seen %2. If it is this one with a new id, link "
                       "them: history, labels and wanted config go on as one gateway.")
                        .arg(common::oneLine(goneName, 80), common::ago(gone->presence.lastSeen, now)));
}

} // namespace flowgate::ui
