// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/time.h"

namespace flowgate::domain {

/// A value together with when it was seen. Where a value may never have been reported, hold
/// std::optional<Observed<T>>: absent means "not reported", never a default.
template<typename T>
struct Observed
{
    T value{};
    WallTime at{};
    /// A gap in the sequence numbers came after it, and it was not brought again since (X5a). Shown, but marked.
    bool stale = false;

    friend bool operator==(const Observed &, const Observed &) = default;
};

} // namespace flowgate::domain
