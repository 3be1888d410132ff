// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/gateway.h"

#include <QTest>

namespace flowgate::tests {

using namespace flowgate::domain;
using namespace Qt::StringLiterals;

/// A moment @p ms after the one that all samples start from.
inline WallTime at(qint64 ms = 0)
{
    return WallTime(milliseconds(1'790'000'000'000 + ms));
}

inline WallTime atSecond(qint64 seconds)
{
    return at(seconds * 1000);
}

inline GatewayId gatewayId(char c)
{
    return GatewayId(QByteArray(16, c));
}

inline ConfigHash configHash(char c)
{
    return ConfigHash(QByteArray(32, c));
}

/// Version @p version of config "base", whose hash is 32 times @p c.
inline ConfigRef configRef(char c, int version = 1)
{
    return {u"base"_s, version, configHash(c)};
}

/// What the seed's supervisor announces: status, remote config with its status, effective config, health, restart.
inline constexpr quint64 supervisorBits = 15559;

inline Capabilities without(Capability capability)
{
    return Capabilities(supervisorBits & ~static_cast<quint64>(capability));
}

/// A connected, approved supervisor that has reported nothing yet but its capabilities.
inline Gateway sampleGateway(char c = 'g')
{
    Gateway gateway;
    gateway.id = gatewayId(c);
    gateway.wireUid = gateway.id.bytes();
    gateway.capabilities = Capabilities(supervisorBits);
    gateway.presence = {PresenceState::Connected, at(), at(), Transport::WebSocket, u"127.0.0.1:5000"_s};
    gateway.startingSince = at();
    return gateway;
}

inline ComponentHealth runningHealth(quint64 start = 1'790'000'000'000'000'000)
{
    ComponentHealth health;
    health.healthy = true;
    health.startTimeUnixNano = start;
    health.status = u"StatusOK"_s;
    return health;
}

inline void reportStatus(Gateway &gateway, const ConfigHash &hash, ApplyStatus status, WallTime when = at(),
                         const QString &error = {})
{
    gateway.remoteConfig = {RemoteConfigStatus{hash, status, error}, when, false};
}

/// The gateway reports an effective config that does, or does not, contain what is wanted.
inline void reportEffective(Gateway &gateway, bool contains, WallTime when = at())
{
    const ConfigHash effective = configHash('e');
    gateway.effective = {EffectiveConfig{effective, {QString()}}, when, false};
    gateway.containment = Containment{gateway.wanted ? gateway.wanted->hash : ConfigHash(), effective, contains, {}};
}

} // namespace flowgate::tests
