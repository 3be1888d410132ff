// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/succession.h"

#include <algorithm>

namespace flowgate::domain {

namespace {

bool agree(const Gateway &a, const Gateway &b, QStringView key)
{
    if (!a.description || !b.description)
        return false;
    const QString value = attributeText(a.description->value, key);
    return !value.isEmpty() && value == attributeText(b.description->value, key);
}

} // namespace

Gateway movedTo(Gateway gateway, const GatewayId &id, const QByteArray &wireUid)
{
    gateway.id = id;
    gateway.wireUid = wireUid;
    return gateway;
}

Gateway linked(Gateway now, const Gateway &before)
{
    now.firstSeen = std::min(now.firstSeen, before.firstSeen);
    now.restarts += before.restarts;
    for (auto label = before.labels.begin(); label != before.labels.end(); ++label) {
        if (!now.labels.contains(label.key()))
            now.labels.insert(label.key(), label.value());
    }
    if (!now.wanted)
        now.wanted = before.wanted;
    if (!now.lastProven)
        now.lastProven = before.lastProven;
    if (!now.lastFailed)
        now.lastFailed = before.lastFailed;
    for (auto outcome = before.outcomes.begin(); outcome != before.outcomes.end(); ++outcome) {
        if (!now.outcomes.contains(outcome.key()))
            now.outcomes.insert(outcome.key(), outcome.value());
    }
    return now;
}

bool looksLikeRestartOf(const Gateway &now, const Gateway &gone)
{
    return now.id != gone.id && now.presence.state == PresenceState::Connected &&
           gone.presence.state != PresenceState::Connected && gone.presence.lastSeen <= now.firstSeen &&
           agree(now, gone, u"host.name") && agree(now, gone, u"service.name");
}

bool isLikelierGhost(const Gateway &now, const Gateway &gone, const Gateway *known)
{
    return looksLikeRestartOf(now, gone) && (!known || gone.presence.lastSeen > known->presence.lastSeen);
}

const Gateway *ghostOf(const Gateway &now, const QHash<GatewayId, Gateway> &all)
{
    const Gateway *ghost = nullptr;
    for (const Gateway &gone : all) {
        if (isLikelierGhost(now, gone, ghost))
            ghost = &gone;
    }
    return ghost;
}

} // namespace flowgate::domain
