// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/time.h"

#include <QHash>
#include <QHostAddress>

#include <map>
#include <optional>

namespace flowgate::net {

/// TLS handshakes under way, and which one goes when there is no room for the next. One that never says a word costs
/// its peer nothing, so many of them must not keep anybody out: the oldest silent one goes, first of the newcomer's own
/// address, else of the address that has most. One that began to speak goes only when it had time enough to end.
/// Looks at no clock: times are of Clock::awake().
/// @thread io
class HandshakeQueue
{
public:
    using Key = quint64;
    /// An honest handshake takes some round trips; one that is older than this may go.
    static constexpr domain::milliseconds enough{2'000};

    HandshakeQueue(int total, int perAddress)
        : m_total(total)
        , m_perAddress(perAddress)
    {
    }
    /// For the next one; those under way stay.
    void setLimits(int total, int perAddress);

    struct Begun
    {
        std::optional<Key> key;     ///< nothing: there is no room, the newcomer goes
        std::optional<Key> dropped; ///< this one goes for it
    };
    [[nodiscard]] Begun begin(const QHostAddress &address, domain::milliseconds now);
    /// Its first bytes came.
    void spoke(Key key);
    /// It is done, or gone. Unknown keys are ignored.
    void end(Key key);

    [[nodiscard]] qsizetype size() const { return static_cast<qsizetype>(m_entries.size()); }

private:
    struct Entry
    {
        QHostAddress group;
        domain::milliseconds since{};
        bool isSilent = true;
    };
    [[nodiscard]] std::optional<Key> leaving(const QHostAddress &group, domain::milliseconds now) const;
    [[nodiscard]] QHostAddress largest() const;

    int m_total;
    int m_perAddress;
    Key m_last = 0;
    std::map<Key, Entry> m_entries; ///< oldest first
    QHash<QHostAddress, int> m_counts;
};

} // namespace flowgate::net
