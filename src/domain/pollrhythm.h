// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/time.h"

#include <array>
#include <optional>

namespace flowgate::domain {

/// How often a gateway that polls over HTTP asks, learned from its last polls. Memory only: it is learned anew after
/// our start.
/// The middle one of the last five gaps is its interval: neither one long absence nor two polls out of turn, as a
/// change of state brings them, move it. Until three gaps are known it is not claimed to be known.
/// @source HB3 (assume nothing of an interval that was not offered), HB5
class PollRhythm
{
public:
    /// A gap between two messages; one of no or negative length (the wall clock was set back) teaches nothing.
    void learn(milliseconds gap);

    /// It was told to ask so often: that counts until its polls teach otherwise.
    void agree(milliseconds interval);

    [[nodiscard]] std::optional<milliseconds> interval() const;

    friend bool operator==(const PollRhythm &, const PollRhythm &) = default;

private:
    static constexpr std::size_t kept = 5;
    static constexpr std::size_t needed = 3;

    std::array<milliseconds, kept> m_gaps{}; ///< the newest first; zero: not yet known
};

} // namespace flowgate::domain
