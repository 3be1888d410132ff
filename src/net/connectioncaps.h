// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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

    /// A place that is free again when the last copy of it goes; null if there is none left for @p address.
    /// May outlive this object.
    [[nodiscard]] std::shared_ptr<void> take(const QHostAddress &address)
    {
        const int here = m_counts->byAddress.value(address);
        if (m_counts->open >= m_counts->total || here >= m_counts->perAddress)
            return {};
        ++m_counts->open;
        m_counts->byAddress.insert(address, here + 1);
        return {m_counts.get(), [counts = m_counts, address](void *) {
                    --counts->open;
                    if (--counts->byAddress[address] == 0)
                        counts->byAddress.remove(address);
                }};
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

} // namespace flowgate::net
