// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QString>

#include <compare>
#include <optional>

namespace flowgate::domain {

/// Identity of one kind of thing, as raw bytes. The tag keeps kinds apart: a gateway id cannot be passed as a hash.
template<typename Tag>
class Id
{
public:
    Id() = default;
    explicit Id(QByteArray bytes)
        : m_bytes(std::move(bytes))
    {
    }

    [[nodiscard]] const QByteArray &bytes() const { return m_bytes; }
    [[nodiscard]] bool isEmpty() const { return m_bytes.isEmpty(); }
    /// Lower-case hex, as hashes are shown.
    [[nodiscard]] QString hex() const { return QString::fromLatin1(m_bytes.toHex()); }

    friend bool operator==(const Id &a, const Id &b) { return a.m_bytes == b.m_bytes; }
    friend std::strong_ordering operator<=>(const Id &a, const Id &b) { return a.m_bytes.compare(b.m_bytes) <=> 0; }
    friend size_t qHash(const Id &id, size_t seed = 0) { return ::qHash(id.m_bytes, seed); }

private:
    QByteArray m_bytes;
};

/// The 16 bytes of an OpAMP instance_uid (S4).
using GatewayId = Id<struct GatewayIdTag>;
/// SHA-256 of a config set in canonical form, 32 bytes (RC2). Reported hashes may have any length; empty means none.
using ConfigHash = Id<struct ConfigHashTag>;
/// Hash under which a gateway names its set of available components; opaque bytes of its own making (ST11).
using ComponentsHash = Id<struct ComponentsHashTag>;
/// SHA-256 over the connection settings of one agent (CS2). Reported ones may have any length; empty means none.
using ConnectionHash = Id<struct ConnectionHashTag>;

/// Canonical UUID text: 8-4-4-4-12 lower-case hex digits. Empty for an id that is not 16 bytes long.
[[nodiscard]] QString uuidText(const GatewayId &id);
/// The id that @p text spells, dashes optional, any case; nothing if it is not 32 hex digits.
[[nodiscard]] std::optional<GatewayId> gatewayIdFromText(QStringView text);
/// A new random UUID of version 7 for the millisecond @p unixMs (RFC 9562).
[[nodiscard]] QByteArray makeUuidV7(qint64 unixMs);
/// The config hash that @p hex spells (an even count of hex digits, at least 8); nothing otherwise.
[[nodiscard]] std::optional<ConfigHash> configHashFromHex(QStringView hex);

} // namespace flowgate::domain
