// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/refusal.h"
#include "domain/time.h"

#include <QHash>

#include <vector>

namespace flowgate::domain {

/// What is to be told of the refusals of one kind, since the last time.
struct RefusalNews
{
    Refusal kind{};
    quint64 count = 0;
    QString address{};       ///< the most frequent one, as far as that is sure; else empty
    quint64 fromAddress = 0; ///< how many of them were from there

    friend bool operator==(const RefusalNews &, const RefusalNews &) = default;
};

/// Puts refusals together to what is worth telling, so that a flood of them makes one line, and one that never ends a
/// line now and then: the first is told at the next look, then at most one of a kind each minute; while it goes on, the
/// minute becomes two, four, up to an hour.
class RefusalTally
{
public:
    static constexpr milliseconds shortestPause{60'000};
    static constexpr milliseconds longestPause{3'600'000};
    /// Further addresses are counted without their names: an attacker may have many.
    static constexpr qsizetype mostAddresses = 1'000;

    void note(Refusal kind, const QString &address);
    /// What is due; @p now is of Clock::awake().
    [[nodiscard]] std::vector<RefusalNews> takeDue(milliseconds now);

private:
    struct Gathering
    {
        quint64 count = 0;
        quint64 unnamed = 0; ///< of addresses that found no room
        QHash<QString, quint64> byAddress;
        milliseconds pause{};     ///< of the last telling; 0: nothing was told yet
        milliseconds notBefore{}; ///< the next one
    };
    [[nodiscard]] static RefusalNews newsOf(Refusal kind, const Gathering &gathering);

    std::array<Gathering, refusalKinds> m_kinds;
};

} // namespace flowgate::domain
