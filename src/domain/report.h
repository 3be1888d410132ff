// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/attributes.h"
#include "domain/capabilities.h"
#include "domain/components.h"
#include "domain/configset.h"
#include "domain/health.h"
#include "domain/ids.h"

#include <optional>

namespace flowgate::domain {

/// RemoteConfigStatuses of the wire. Unknown numbers are kept (S20): the underlying value stays displayable.
enum class ApplyStatus : int { Unset = 0, Applied = 1, Applying = 2, Failed = 3 };

/// What a gateway says became of the last config that it received (ST7).
struct RemoteConfigStatus
{
    ConfigHash hash; ///< empty: it never had one
    ApplyStatus status = ApplyStatus::Unset;
    QString error;

    friend bool operator==(const RemoteConfigStatus &, const RemoteConfigStatus &) = default;
};

/// ConnectionSettingsStatuses of the wire, kept as ApplyStatus is: its numbers 1 to 3 mean the same.
struct ConnectionStatus
{
    ConnectionHash hash; ///< of the last connection settings that it received; empty: it never had any
    ApplyStatus status = ApplyStatus::Unset;
    QString error;

    friend bool operator==(const ConnectionStatus &, const ConnectionStatus &) = default;
};

/// AgentToServerFlags.RequestInstanceUid (S5).
inline constexpr quint64 requestsInstanceUid = 0x1;

/// One AgentToServer as a value. An absent part means "unchanged", a present empty one "is empty now" (S9, X1).
struct AgentReport
{
    GatewayId id;         ///< 16 bytes, the key
    QByteArray wireUid;   ///< as received, 16 bytes or 26 of a ULID text; replies repeat it byte for byte (S3)
    quint64 sequence = 0; ///< 0 may also mean "not sent" (X2)
    Capabilities capabilities;
    quint64 flags = 0; ///< AgentToServerFlags
    std::optional<AgentDescription> description;
    std::optional<ComponentHealth> health;
    std::optional<ConfigSet> effectiveConfig;
    std::optional<RemoteConfigStatus> remoteConfigStatus;
    std::optional<AvailableComponents> availableComponents;
    std::optional<ConnectionStatus> connectionStatus;
    bool hasPackageStatuses = false; ///< tolerated, not used: we offer no packages
    bool disconnect = false;         ///< agent_disconnect was present (S13)
    QByteArray digest; ///< SHA-256 of the message's bytes: equal ones with an equal number are a retry (X5d)

    friend bool operator==(const AgentReport &, const AgentReport &) = default;
};

} // namespace flowgate::domain
