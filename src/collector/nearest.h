// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayList>

namespace flowgate::collector {

/// The one of @p words that @p typed was probably meant to be: at most two edits away, upper and lower case aside.
/// Empty: none is near.
[[nodiscard]] QByteArray nearestWord(const QByteArray &typed, const QByteArrayList &words);

} // namespace flowgate::collector
