// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <tl/expected.hpp>

namespace flowgate::domain {

/// A value or the reason why there is none. E is an enum or a small struct; words for people are made at the edge.
template<typename T, typename E>
using Result = tl::expected<T, E>;

using tl::unexpected;

} // namespace flowgate::domain
