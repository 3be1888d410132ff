// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <optional>

namespace flowgate::domain {

/// What an agent says it can do: bits of AgentToServer.capabilities.
enum class Capability : quint64 {
    ReportsStatus = 0x1,
    AcceptsRemoteConfig = 0x2,
    ReportsEffectiveConfig = 0x4,
    AcceptsPackages = 0x8,
    ReportsPackageStatuses = 0x10,
    ReportsOwnTraces = 0x20,
    ReportsOwnMetrics = 0x40,
    ReportsOwnLogs = 0x80,
    AcceptsOpAMPConnectionSettings = 0x100,
    AcceptsOtherConnectionSettings = 0x200,
    AcceptsRestartCommand = 0x400,
    ReportsHealth = 0x800,
    ReportsRemoteConfig = 0x1000,
    ReportsHeartbeat = 0x2000,
    ReportsAvailableComponents = 0x4000,
    ReportsConnectionSettingsStatus = 0x8000,
};

/// A set of capabilities. Bits we do not know are kept as they came (S20).
class Capabilities
{
public:
    Capabilities() = default;
    explicit Capabilities(quint64 bits)
        : m_bits(bits)
    {
    }

    [[nodiscard]] bool has(Capability c) const { return (m_bits & static_cast<quint64>(c)) != 0; }
    [[nodiscard]] quint64 bits() const { return m_bits; }
    /// 0 is never a real set, since ReportsStatus is mandatory: it reads as "not said" (X2, S10).
    [[nodiscard]] bool isUnspecified() const { return m_bits == 0; }
    /// The specification's names, lowest bit first; an unknown bit as "Unknown(0x10000)".
    [[nodiscard]] QStringList names() const;

    friend bool operator==(const Capabilities &, const Capabilities &) = default;

private:
    quint64 m_bits = 0;
};

/// The specification's name of one capability.
[[nodiscard]] QString capabilityName(Capability capability);

/// What this server can do: bits of ServerToAgent.capabilities. Only what is built may be announced (S12).
enum class ServerCapability : quint64 {
    AcceptsStatus = 0x1,
    OffersRemoteConfig = 0x2,
    AcceptsEffectiveConfig = 0x4,
    OffersConnectionSettings = 0x20,
};
inline constexpr quint64 ourServerCapabilities = 0x1 | 0x2 | 0x4 | 0x20;

} // namespace flowgate::domain
