// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/time.h"

#include <QJsonObject>

#include <optional>

namespace flowgate::app {

/// The length of time under @p key, in milliseconds on the wire and at most some ten years; nothing if there is none.
[[nodiscard]] std::optional<domain::milliseconds> lengthIn(const QJsonObject &args, const QString &key);
/// `since_ms`, an hour if it is not there.
[[nodiscard]] domain::milliseconds sinceIn(const QJsonObject &args);

} // namespace flowgate::app
