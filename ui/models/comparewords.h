// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace flowgate::models {

/// What a fact of the comparison is called for people: "config/last_proven/hash" is "Last proven: hash". Reported
/// attributes, keys of configs and what has no word here keep the name that they came with.
/// @param path  as comparableFacts() makes them
[[nodiscard]] QString factWords(const QString &path);

} // namespace flowgate::models
