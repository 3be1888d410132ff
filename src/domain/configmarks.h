// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/time.h"

#include <QStringList>

#include <map>
#include <optional>

namespace flowgate::domain {

/// What an operator says of a config as a whole. Its versions stay as they are whatever is said.
struct ConfigMarks
{
    static constexpr qsizetype mostTags = 20;

    QStringList tags;                   ///< sorted, each once
    std::optional<WallTime> archivedAt; ///< put away: takes no new version and no rollout until it is taken out
    std::optional<WallTime> deletedAt;  ///< hidden everywhere; its versions are kept, so that it can be brought back

    friend bool operator==(const ConfigMarks &, const ConfigMarks &) = default;
};

/// By the config's name; those without any mark are not in it.
using MarksByConfig = std::map<QString, ConfigMarks>;

} // namespace flowgate::domain
