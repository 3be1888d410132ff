// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/refusal.h"
#include "net/addressgroup.h"

#include <QHash>
#include <QHostAddress>

#include <memory>

namespace flowgate::net {

/// Counts what is open, in all and by address, and says when it is enough.
/// @thread io
class ConnectionCaps
{
public:
    ConnectionCaps(int total, int perAddress)
        : m_counts(std::make_shared<Counts>(Counts{total, perAddress, 0, {}}))
    {
    }

    enum class Full { No, InAll, ForAddress };
    struct Place
    {
        std::shared_ptr<void> held; ///< free again when the last copy of it goes; null if none was left
        Full full = Full::No;       ///< why none was left
    };

    /// A place for an address, if one is left; that of IPv6 is its /64. May outlive this object.
    [[nodiscard]] Place take(const QHostAddress &of)
    {
        const QHostAddress address = addressGroup(of);
        const int here = m_counts->byAddress.value(address);
        if (here >= m_counts->perAddress)
            return {{}, Full::ForAddress};
        if (m_counts->open >= m_counts->total)
            return {{}, Full::InAll};
        ++m_counts->open;
        m_counts->byAddress.insert(address, here + 1);
        const auto leave = [counts = m_counts, address](void *) {
            --counts->open;
            if (--counts->byAddress[address] == 0)
                counts->byAddress.remove(address);
        };
        return {std::shared_ptr<void>(m_counts.get(), leave), Full::No};
    }
    /// Counts for the next place; those that are taken stay.
    void setLimits(int total, int perAddress)
    {
        m_counts->total = total;
        m_counts->perAddress = perAddress;
    }
    [[nodiscard]] int open() const { return m_counts->open; }

private:
    struct Counts
    {
        int total;
        int perAddress;
        int open;
        QHash<QHostAddress, int> byAddress;
    };
    std::shared_ptr<Counts> m_counts;
};

/// As what a connection is counted that found no place.
[[nodiscard]] constexpr domain::Refusal refusalFor(ConnectionCaps::Full full)
{
    return full == ConnectionCaps::Full::ForAddress ? domain::Refusal::ConnectionsPerAddress
                                                    : domain::Refusal::Connections;
}

} // namespace flowgate::net
