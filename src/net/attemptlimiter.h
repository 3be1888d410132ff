// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/time.h"

#include <QHash>
#include <QHostAddress>

namespace flowgate::net {

/// Counts failed attempts by address, and says who has to wait: after so many within a time, for a while. Then the
/// count begins anew. Looks at no clock: times are of Clock::awake().
/// @thread one
class AttemptLimiter
{
public:
    struct Limits
    {
        int attempts = 100; ///< 0: nobody ever waits
        domain::milliseconds within{60'000};
        domain::milliseconds pause{60'000};

        friend bool operator==(const Limits &, const Limits &) = default;
    };
    /// Whoever fails from further addresses meanwhile is not counted: an attacker may have many.
    static constexpr qsizetype mostAddresses = 10'000;

    /// What was counted stays, and a pause that has begun ends when it would have.
    void setLimits(const Limits &limits) { m_limits = limits; }

    /// How long @p address has still to wait; 0: it may try.
    [[nodiscard]] domain::milliseconds wait(const QHostAddress &address, domain::milliseconds now) const;
    void noteFailure(const QHostAddress &address, domain::milliseconds now);

    [[nodiscard]] qsizetype size() const { return m_records.size(); }

private:
    struct Record
    {
        int failures = 0;
        domain::milliseconds until{}; ///< of the count, or of the pause
        bool pausing = false;
    };
    void makeRoom(domain::milliseconds now);

    Limits m_limits;
    QHash<QHostAddress, Record> m_records;
    domain::milliseconds m_nextSweep{};
};

} // namespace flowgate::net
