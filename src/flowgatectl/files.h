// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "flowgatectl/console.h"

#include <QJsonObject>
#include <QStringList>

namespace flowgate::ctl {

/// Most bytes that the files of one config may have together.
inline constexpr qsizetype largestConfig = 16 * 1024 * 1024;
/// What standard input is saved as.
inline constexpr QStringView standardInputName = u"config.yaml";

/// The bytes of a file; "-" is standard input.
/// @errors exit 1: missing, a folder, unreadable, over @p limit
[[nodiscard]] Outcome<QByteArray> readFile(const QString &path, Console &console, qsizetype limit = largestConfig);

/// Reads files as the config they make: {base name: text}.
/// @errors exit 1 as readFile(), and for a text that is not UTF-8; exit 2: two files have one name
[[nodiscard]] Outcome<QJsonObject> readConfigFiles(const QStringList &paths, Console &console);

} // namespace flowgate::ctl
