// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "flowgatectl/arguments.h"
#include "flowgatectl/console.h"

#include <QJsonObject>

namespace flowgate::ctl {

/// What is sent for @p invocation: {"verb","args"}, as docs/control-socket.md has it. Lengths of time, waves and
/// label changes are checked here; selectors, names and ids by the control plane, which knows them.
/// @errors exit 2 for values that cannot be, exit 1 for files that cannot be read
[[nodiscard]] Outcome<QJsonObject> makeRequest(const Invocation &invocation, Console &console);

/// Whether the answer is a stream of items.
[[nodiscard]] bool isStream(const Invocation &invocation);
/// Whether the answer may rightly take long, because it waits for gateways.
[[nodiscard]] bool waitsForGateways(const Invocation &invocation);

} // namespace flowgate::ctl
