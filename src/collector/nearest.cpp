// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/nearest.h"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

namespace flowgate::collector {

namespace {

constexpr int longest = 40;
constexpr int farthest = 2;

/// Insertions, deletions and replacements between two words of at most 42 letters; more than @p most counts as most
/// + 1.
int distance(QByteArrayView a, QByteArrayView b, int most)
{
    const auto width = static_cast<int>(b.size());
    std::array<int, longest + farthest + 1> row{};
    for (int j = 0; j <= width; ++j)
        row[static_cast<size_t>(j)] = j;
    for (int i = 1; i <= a.size(); ++i) {
        // What is further from the diagonal than that takes more edits anyway.
        const int first = std::max(1, i - most);
        const int last = std::min(width, i + most);
        int diagonal = std::exchange(row[static_cast<size_t>(first - 1)], first == 1 ? i : most + 1);
        for (int j = first; j <= last; ++j) {
            int &here = row[static_cast<size_t>(j)];
            const int above = j == i + most ? most + 1 : here;
            const int change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = here;
            here = std::min({above + 1, row[static_cast<size_t>(j - 1)] + 1, change});
        }
    }
    return std::min(row[static_cast<size_t>(width)], most + 1);
}

quint64 lettersOf(QByteArrayView lower)
{
    quint64 letters = 0;
    for (const char c : lower)
        letters |= quint64(1) << (static_cast<unsigned char>(c) % 64);
    return letters;
}

} // namespace

NearestWords::NearestWords(QByteArrayList words)
    : m_words(std::move(words))
{
    m_prepared.reserve(static_cast<size_t>(m_words.size()));
    for (const QByteArray &word : m_words) {
        Word &prepared = m_prepared.emplace_back();
        if (word.size() > longest + farthest)
            continue; // stays empty, and an empty word is near to none
        prepared.lower = word.toLower();
        prepared.letters = lettersOf(prepared.lower);
    }
}

QByteArray NearestWords::find(const QByteArray &typed, Work *work)
{
    if (typed.isEmpty() || typed.size() > longest)
        return {};
    const QByteArray lower = typed.toLower();
    const quint64 letters = lettersOf(lower);
    // Of a short word two edits leave nothing.
    int most = std::min(farthest, std::max(static_cast<int>(typed.size()) / 2, 1));
    qsizetype nearest = -1;
    if (work)
        work->step(static_cast<qint64>(m_prepared.size()));
    for (size_t i = 0; i < m_prepared.size() && most >= 0; ++i) {
        const Word &word = m_prepared[i];
        // An edit changes two letters at most, and the length by one.
        if (word.lower.isEmpty() || std::abs(word.lower.size() - lower.size()) > most ||
            std::popcount(word.letters ^ letters) > 2 * most)
            continue;
        if (m_left == 0)
            return {};
        --m_left;
        if (work)
            work->step(lower.size());
        if (const int far = distance(lower, word.lower, most); far <= most) {
            most = far - 1;
            nearest = static_cast<qsizetype>(i);
        }
    }
    return nearest < 0 ? QByteArray() : m_words[nearest];
}

QByteArray nearestWord(const QByteArray &typed, const QByteArrayList &words)
{
    return NearestWords(words).find(typed);
}

} // namespace flowgate::collector
