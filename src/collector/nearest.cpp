// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/nearest.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace flowgate::collector {

namespace {

constexpr qsizetype longest = 40;
constexpr qsizetype farthest = 2;

/// Insertions, deletions and replacements between two short words.
qsizetype distance(QByteArrayView a, QByteArrayView b)
{
    std::vector<qsizetype> row(static_cast<size_t>(b.size()) + 1);
    for (size_t j = 0; j < row.size(); ++j)
        row[j] = static_cast<qsizetype>(j);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        qsizetype diagonal = std::exchange(row[0], i);
        for (size_t j = 1; j < row.size(); ++j) {
            const qsizetype change = diagonal + (a[i - 1] == b[static_cast<qsizetype>(j) - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, change});
        }
    }
    return row.back();
}

} // namespace

QByteArray nearestWord(const QByteArray &typed, const QByteArrayList &words)
{
    if (typed.isEmpty() || typed.size() > longest)
        return {};
    const QByteArray lower = typed.toLower();
    // Of a short word two edits leave nothing.
    qsizetype least = std::min(farthest, std::max<qsizetype>(typed.size() / 2, 1)) + 1;
    QByteArray nearest;
    for (const QByteArray &word : words) {
        if (std::abs(word.size() - lower.size()) >= least)
            continue;
        if (const qsizetype far = distance(lower, word.toLower()); far < least) {
            least = far;
            nearest = word;
        }
    }
    return nearest;
}

} // namespace flowgate::collector
