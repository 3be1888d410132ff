// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/changefeed.h"
#include "domain/rollout.h"

#include <memory>

namespace flowgate::tests {

inline const domain::WallTime someTime{domain::milliseconds{1'790'000'000'000}};

/// The id whose last bytes count @p number.
inline domain::GatewayId idOf(int number)
{
    QByteArray bytes(16, '\0');
    for (int i = 0; i < 4; ++i)
        bytes[15 - i] = static_cast<char>((number >> (8 * i)) & 0xff);
    return domain::GatewayId(bytes);
}

/// A connected, healthy gateway that runs base@4, labelled env=lab (even numbers) or env=prod.
inline domain::Gateway gatewayOf(int number)
{
    domain::Gateway gateway;
    gateway.id = idOf(number);
    gateway.labels = {{QStringLiteral("name"), QStringLiteral("gw-%1").arg(number)},
                      {QStringLiteral("env"), number % 2 == 0 ? QStringLiteral("lab") : QStringLiteral("prod")}};
    gateway.presence = {domain::PresenceState::Connected, someTime, someTime, domain::Transport::WebSocket,
                        QStringLiteral("127.0.0.1:50000")};
    gateway.health = {domain::HealthState::Healthy, someTime, {}};
    gateway.config = {domain::ConfigState::InSync, someTime, {}};
    gateway.wanted = domain::ConfigRef{QStringLiteral("base"), 4, domain::ConfigHash(QByteArray(32, 'a'))};
    return gateway;
}

inline app::GatewayPtr share(domain::Gateway gateway)
{
    return std::make_shared<const domain::Gateway>(std::move(gateway));
}

inline app::FleetDelta deltaOf(int from, int to)
{
    app::FleetDelta delta;
    for (int i = from; i < to; ++i)
        delta.changed.push_back(share(gatewayOf(i)));
    return delta;
}

inline domain::Rollout rolloutOf(const QString &id, int targets)
{
    domain::Rollout rollout;
    rollout.id = id;
    rollout.ref = {QStringLiteral("base"), 5, domain::ConfigHash(QByteArray(32, 'b'))};
    rollout.selector = QStringLiteral("env=lab");
    rollout.createdAt = someTime;
    rollout.by = QStringLiteral("operator");
    for (int i = 0; i < targets; ++i) {
        domain::RolloutTarget target;
        target.gateway = idOf(i);
        target.wave = i == 0 ? 1 : 2;
        target.since = someTime;
        rollout.targets.push_back(target);
    }
    return rollout;
}

} // namespace flowgate::tests
