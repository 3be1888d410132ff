// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "flowgatectl/arguments.h"

#include <QJsonObject>

namespace flowgate::ctl {

/// Help for the program, a group ("gateways") or a verb, whichever was asked for.
[[nodiscard]] QString helpText(const Invocation &invocation);
/// The same table as data: {"verbs":[{"verb","operands","summary","options":[{"name","value","help"}]}]}.
[[nodiscard]] QJsonObject helpJson(const Invocation &invocation);

} // namespace flowgate::ctl
