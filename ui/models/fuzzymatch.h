// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>
#include <vector>

namespace flowgate::models {

/// How well a text fits what was typed.
struct FuzzyMatch
{
    int score = 0;              ///< higher is better; only comparable for one pattern
    std::vector<int> positions; ///< of the letters that matched, in UTF-16 units, growing

    friend bool operator==(const FuzzyMatch &, const FuzzyMatch &) = default;
};

/// What to compare with: letters without case, and without what is no letter's own (accents stay).
[[nodiscard]] QString folded(const QString &text);

/// Finds the letters of @p pattern in @p text in their order, word by word: each word of the pattern must be there.
/// Letters in a row, at the beginning of a word or of the text count more; gaps and length count less.
/// @param pattern  folded()
/// @param text     folded()
/// @return         nothing where a word is missing; an empty pattern fits anything with score 0
/// @thread any; pure; linear in the text for each word
[[nodiscard]] std::optional<FuzzyMatch> fuzzyMatch(QStringView pattern, QStringView text);

} // namespace flowgate::models
