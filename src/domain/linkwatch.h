// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/time.h"

#include <optional>
#include <vector>

namespace flowgate::domain {

/// Whether the link of one gateway flaps: the agent lives on and counts on, yet it comes on a new connection again and
/// again. An agent that is started anew counts anew: that is no flap of its link.
/// @thread any; times are Clock::awake()
class LinkWatch
{
public:
    static constexpr size_t enough = 4; ///< flaps within `window` make the link a flapping one
    static constexpr milliseconds window = std::chrono::minutes(5);
    static constexpr milliseconds calm = std::chrono::minutes(5); ///< without a flap end it

    struct Flapping
    {
        size_t times = 0;     ///< flaps since it began
        milliseconds lasts{}; ///< from the first flap to the last
        bool over = false;

        friend bool operator==(const Flapping &, const Flapping &) = default;
    };

    /// The connection broke, or was taken for dead by nobody but the agent, and the agent is back on a newer one.
    /// @return what is to be told: that the link flaps, once each time it begins to
    [[nodiscard]] std::optional<Flapping> noteFlap(milliseconds now);
    /// @return what is to be told: that it does not flap any more, once
    [[nodiscard]] std::optional<Flapping> takeCalm(milliseconds now);
    /// Nothing is remembered: the watch can go.
    [[nodiscard]] bool isIdle(milliseconds now) const;

private:
    std::vector<milliseconds> m_flaps; ///< of the last `window`; all while it flaps are counted in m_times
    std::optional<milliseconds> m_since;
    size_t m_times = 0;
};

} // namespace flowgate::domain
