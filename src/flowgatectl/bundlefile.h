// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "flowgatectl/arguments.h"

#include <QJsonValue>

namespace flowgate::ctl {

/// Whether the file of `bundle export` may be written: it is not there, or --force was given.
/// @errors exit 1, code exists
[[nodiscard]] Outcome<void> mayWriteBundle(const Invocation &invocation);
/// Puts the bundle that the control plane made into its file, whole or not at all.
/// @return what is printed: {"file","bytes"}
/// @errors exit 1, code not_written
[[nodiscard]] Outcome<QJsonValue> writeBundleFile(const Invocation &invocation, const QJsonValue &result);

} // namespace flowgate::ctl
