// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"

#include <QString>

#include <vector>

namespace flowgate::domain {

/// One place where the effective config does not have what is wanted.
struct ConfigDifference
{
    QString path; ///< "exporters/otlp/endpoint"
    QString wanted;
    QString effective; ///< null where the key is missing

    friend bool operator==(const ConfigDifference &, const ConfigDifference &) = default;
};

/// Whether an effective config could be compared with the desired one.
enum class Comparison {
    Done,
    TooLarge,   ///< one of them is beyond what is compared
    Unreadable, ///< one of them is not YAML, no config, or only a part of what was reported
};

/// The number of the rules that comparisons follow now. It grows when an answer may become another one.
inline constexpr int comparisonRules = 1;

/// The answer to "does this effective config contain that wanted one". Counts only for these very hashes.
struct Containment
{
    ConfigHash wanted;
    ConfigHash effective;
    bool contains = false; ///< false where they could not be compared: that is no difference
    std::vector<ConfigDifference> differences;
    int notCompared = 0; ///< values that cannot be compared: references (${…}), masked ones, ones that are not shown
    Comparison comparison = Comparison::Done;
    QString why{};               ///< why they could not be compared, a sentence; empty if they were
    int rules = comparisonRules; ///< 0: compared before rules had numbers; to be compared again

    [[nodiscard]] bool isCompared() const { return comparison == Comparison::Done; }

    friend bool operator==(const Containment &, const Containment &) = default;
};

} // namespace flowgate::domain
