// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/problem.h"

#include <algorithm>
#include <tuple>

namespace flowgate::collector {

bool hasErrors(const Problems &problems)
{
    return std::ranges::any_of(problems, [](const Problem &p) { return p.severity == Severity::Error; });
}

void sortByPlace(Problems &problems)
{
    const auto key = [](const Problem &p) { return std::tie(p.file, p.line, p.column, p.severity); };
    std::ranges::stable_sort(problems, [&](const Problem &a, const Problem &b) { return key(a) < key(b); });
}

} // namespace flowgate::collector
