// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/fuzzymatch.h"

#include <QList>

#include <algorithm>

namespace flowgate::models {

namespace {

constexpr int inARow = 8;
constexpr int atWord = 10;
constexpr int atStart = 15;
constexpr int whole = 30; ///< the word as it was typed, without gaps
constexpr int letter = 2;
constexpr int mostGap = 6;

bool beginsWord(QStringView text, qsizetype at)
{
    return at == 0 || !text.at(at - 1).isLetterOrNumber();
}

int worthOf(QStringView text, qsizetype at)
{
    return letter + (at == 0 ? atStart : beginsWord(text, at) ? atWord : 0);
}

/// The word without gaps, at the beginning of a word where there is such a place.
std::optional<FuzzyMatch> inOnePiece(QStringView word, QStringView text)
{
    qsizetype best = text.indexOf(word);
    if (best < 0)
        return {};
    for (qsizetype at = best; at >= 0; at = text.indexOf(word, at + 1)) {
        if (beginsWord(text, at)) {
            best = at;
            break;
        }
    }
    FuzzyMatch match{whole + worthOf(text, best), {}};
    for (qsizetype i = 0; i < word.size(); ++i)
        match.positions.push_back(static_cast<int>(best + i));
    match.score += static_cast<int>(word.size() - 1) * (letter + inARow);
    return match;
}

/// The letters one after the other; each prefers the beginning of a word to the nearest place.
std::optional<FuzzyMatch> inPieces(QStringView word, QStringView text, bool preferWords)
{
    FuzzyMatch match;
    qsizetype from = 0;
    for (const QChar wanted : word) {
        qsizetype at = text.indexOf(wanted, from);
        if (at < 0)
            return {};
        const bool follows = !match.positions.empty() && at == match.positions.back() + 1;
        for (qsizetype later = at; preferWords && !follows && later >= 0; later = text.indexOf(wanted, later + 1)) {
            if (beginsWord(text, later)) {
                at = later;
                break;
            }
        }
        const qsizetype gap = match.positions.empty() ? 0 : at - match.positions.back() - 1;
        match.score += worthOf(text, at) + (gap == 0 && !match.positions.empty() ? inARow : 0) -
                       static_cast<int>(std::min<qsizetype>(gap, mostGap));
        match.positions.push_back(static_cast<int>(at));
        from = at + 1;
    }
    return match;
}

std::optional<FuzzyMatch> wordMatch(QStringView word, QStringView text)
{
    if (auto match = inOnePiece(word, text))
        return match;
    auto words = inPieces(word, text, true);
    auto nearest = inPieces(word, text, false);
    if (words && nearest)
        return words->score >= nearest->score ? words : nearest;
    return words ? words : nearest;
}

} // namespace

QString folded(const QString &text)
{
    // Letter by letter, so that positions stay: toCaseFolded() of a whole text may change its length.
    QString result = text;
    for (QChar &c : result)
        c = c.toCaseFolded();
    return result;
}

std::optional<FuzzyMatch> fuzzyMatch(QStringView pattern, QStringView text)
{
    FuzzyMatch all;
    for (const QStringView word : pattern.split(u' ', Qt::SkipEmptyParts)) {
        auto match = wordMatch(word, text);
        if (!match)
            return {};
        all.score += match->score;
        all.positions.insert(all.positions.end(), match->positions.begin(), match->positions.end());
    }
    std::ranges::sort(all.positions);
    all.positions.erase(std::unique(all.positions.begin(), all.positions.end()), all.positions.end());
    if (!all.positions.empty())
        all.score -= static_cast<int>(std::min<qsizetype>(text.size() / 8, 10));
    return all;
}

} // namespace flowgate::models
