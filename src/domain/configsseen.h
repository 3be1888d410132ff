// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/gateway.h"

namespace flowgate::domain {

/// The configs whose text a gateway has seen lately, so that a text of its own may repeat parts of them: the desired,
/// effective, last proven and last failed one, the one that its status names if we sent it, and the last three that
/// were sent. Each once.
/// @thread any; pure
[[nodiscard]] QList<ConfigHash> configsSeenBy(const Gateway &gateway);

} // namespace flowgate::domain
