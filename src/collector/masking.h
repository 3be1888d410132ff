// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/configset.h"

namespace flowgate::collector {

/// The text of a config for people to look at, with the values under keys that name a secret, and the
/// passwords of URLs, hidden. Lines stay where
/// they are. A text that cannot be read as YAML is gone through line by line instead: it may hide more than it has to.
/// @thread any; pure
[[nodiscard]] QByteArray withoutSecrets(const QByteArray &text);
[[nodiscard]] domain::ConfigSet withoutSecrets(domain::ConfigSet config);

} // namespace flowgate::collector
