// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/gateway.h"

namespace flowgate::models {

/// What is typed, apart: spaces and commas stand between. @thread any; pure
[[nodiscard]] QStringList labelParts(const QString &text);
/// "env=lab site=ber", to be typed over. Labels whose value has spaces or commas are left out: they cannot be typed
/// here, and are not touched. @thread any; pure
[[nodiscard]] QString labelsText(const domain::Labels &labels);
/// What turns @p before into the labels of @p text: "k=v" sets, "k-" removes. What is no label stays as it is typed, so
/// that whoever checks the changes can name it.
[[nodiscard]] QStringList labelChanges(const domain::Labels &before, const QString &text);
/// What takes @p changes back where the labels were @p before.
[[nodiscard]] QStringList inverseOf(const QStringList &changes, const domain::Labels &before);

} // namespace flowgate::models
