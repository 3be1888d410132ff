// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/textdiff.h"

#include "collector/yamltext.h"

#include <QHash>

#include <algorithm>

namespace flowgate::collector {

namespace {

constexpr size_t mostLines = 200'000;

using Lines = std::vector<QByteArrayView>; // with their line ends

Lines splitLines(QByteArrayView text)
{
    Lines lines;
    while (!text.isEmpty()) {
        const qsizetype end = lines.size() + 1 < mostLines ? text.indexOf('\n') : -1;
        const qsizetype length = end < 0 ? text.size() : end + 1;
        lines.push_back(text.first(length));
        text = text.sliced(length);
    }
    return lines;
}

/// Which old lines went and which new ones came.
struct Marks
{
    std::vector<bool> removed;
    std::vector<bool> added;
    bool coarse = false;
};

/// The shortest edit script between two runs of numbers (Myers' greedy algorithm), given up beyond a count of edits.
class ShortestEdit
{
public:
    ShortestEdit(const std::vector<int> &a, const std::vector<int> &b)
        : m_a(a)
        , m_b(b)
    {
    }

    /// False if it takes more than @p maxEdits. Marks are set at @p offset.
    bool run(int maxEdits, size_t offset, Marks &marks);

private:
    [[nodiscard]] int n() const { return static_cast<int>(m_a.size()); }
    [[nodiscard]] int m() const { return static_cast<int>(m_b.size()); }
    void walkBack(size_t offset, Marks &marks) const;
    /// Furthest x on diagonal @p k with @p d edits; the row of d holds k from -d to d.
    [[nodiscard]] int at(int d, int k) const { return m_rows[static_cast<size_t>(d)][static_cast<size_t>(k + d)]; }
    [[nodiscard]] bool comesDown(int d, int k) const
    {
        return k == -d || (k != d && at(d - 1, k - 1) < at(d - 1, k + 1));
    }

    const std::vector<int> &m_a;
    const std::vector<int> &m_b;
    std::vector<std::vector<int>> m_rows;
};

bool ShortestEdit::run(int maxEdits, size_t offset, Marks &marks)
{
    constexpr qint64 mostSteps = 40'000'000;
    qint64 steps = 0;
    for (int d = 0; d <= std::min(maxEdits, n() + m()) && steps < mostSteps; ++d) {
        m_rows.emplace_back(static_cast<size_t>(2 * d + 1), -1);
        for (int k = -d; k <= d; k += 2) {
            int x = d == 0 ? 0 : comesDown(d, k) ? at(d - 1, k + 1) : at(d - 1, k - 1) + 1;
            int y = x - k;
            const int from = x;
            while (x < n() && y < m() && m_a[static_cast<size_t>(x)] == m_b[static_cast<size_t>(y)]) {
                ++x;
                ++y;
            }
            steps += x - from + 1;
            m_rows.back()[static_cast<size_t>(k + d)] = x;
            if (x >= n() && y >= m()) {
                walkBack(offset, marks);
                return true;
            }
        }
    }
    return false;
}

void ShortestEdit::walkBack(size_t offset, Marks &marks) const
{
    int k = n() - m();
    for (int d = static_cast<int>(m_rows.size()) - 1; d > 0; --d) {
        if (comesDown(d, k)) {
            ++k;
            marks.added[offset + static_cast<size_t>(at(d - 1, k) - k)] = true;
        } else {
            --k;
            marks.removed[offset + static_cast<size_t>(at(d - 1, k))] = true;
        }
    }
}

Marks compare(const Lines &before, const Lines &after, int maxEdits)
{
    Marks marks{std::vector<bool>(before.size()), std::vector<bool>(after.size()), false};
    size_t start = 0;
    while (start < std::min(before.size(), after.size()) && before[start] == after[start])
        ++start;
    size_t tail = 0;
    while (tail < std::min(before.size(), after.size()) - start &&
           before[before.size() - 1 - tail] == after[after.size() - 1 - tail])
        ++tail;

    QHash<QByteArrayView, int> numbers;
    const auto numbered = [&](const Lines &lines) {
        std::vector<int> result;
        for (size_t i = start; i < lines.size() - tail; ++i) {
            auto it = numbers.find(lines[i]);
            if (it == numbers.end())
                it = numbers.insert(lines[i], static_cast<int>(numbers.size()));
            result.push_back(*it);
        }
        return result;
    };
    const std::vector<int> a = numbered(before);
    const std::vector<int> b = numbered(after);
    if (!ShortestEdit(a, b).run(maxEdits, start, marks)) {
        marks.coarse = true;
        std::fill_n(marks.removed.begin() + static_cast<qsizetype>(start), a.size(), true);
        std::fill_n(marks.added.begin() + static_cast<qsizetype>(start), b.size(), true);
    }
    return marks;
}

/// One line of the diff with its line end kept.
struct Step
{
    DiffLine::Kind kind;
    size_t oldIndex;
    size_t newIndex;
};

std::vector<Step> steps(const Marks &marks)
{
    std::vector<Step> result;
    size_t i = 0;
    size_t j = 0;
    while (i < marks.removed.size() || j < marks.added.size()) {
        if (i < marks.removed.size() && marks.removed[i])
            result.push_back({DiffLine::Kind::Removed, i++, j});
        else if (j < marks.added.size() && marks.added[j])
            result.push_back({DiffLine::Kind::Added, i, j++});
        else
            result.push_back({DiffLine::Kind::Same, i++, j++});
    }
    return result;
}

QByteArray range(size_t first, size_t count)
{
    // diff -u names the line before an empty range, and leaves out a count of 1.
    const QByteArray begin = QByteArray::number(static_cast<qulonglong>(count == 0 ? first : first + 1));
    return count == 1 ? begin : begin + ',' + QByteArray::number(static_cast<qulonglong>(count));
}

} // namespace

InvisibleDifference invisibleDifference(const QByteArray &a, const QByteArray &b)
{
    if (a == b)
        return InvisibleDifference::None;
    const auto withoutMark = [](const QByteArray &text) {
        return text.startsWith(utf8Mark) ? text.sliced(utf8Mark.size()) : text;
    };
    QByteArray first = withoutMark(a);
    QByteArray second = withoutMark(b);
    const bool sameEnds = first == second;
    if (!sameEnds && first.replace("\r\n", "\n") != second.replace("\r\n", "\n"))
        return InvisibleDifference::None;
    const bool sameMark = a.startsWith(utf8Mark) == b.startsWith(utf8Mark);
    if (sameMark)
        return InvisibleDifference::LineEnds;
    return sameEnds ? InvisibleDifference::ByteOrderMark : InvisibleDifference::Both;
}

TextDiff diffLines(const QByteArray &oldText, const QByteArray &newText, int maxEdits)
{
    const Lines before = splitLines(oldText);
    const Lines after = splitLines(newText);
    const Marks marks = compare(before, after, maxEdits);
    TextDiff diff;
    diff.coarse = marks.coarse;
    for (const Step &step : steps(marks)) {
        const bool isNew = step.kind == DiffLine::Kind::Added;
        const bool isOld = step.kind == DiffLine::Kind::Removed;
        QByteArrayView text = isNew ? after[step.newIndex] : before[step.oldIndex];
        if (text.endsWith('\n'))
            text.chop(1);
        diff.lines.push_back({.kind = step.kind,
                              .oldLine = isNew ? 0 : static_cast<int>(step.oldIndex) + 1,
                              .newLine = isOld ? 0 : static_cast<int>(step.newIndex) + 1,
                              .text = text.toByteArray()});
        diff.added += isNew ? 1 : 0;
        diff.removed += isOld ? 1 : 0;
    }
    return diff;
}

QByteArray unifiedDiff(const QByteArray &oldText, const QByteArray &newText, const QString &oldName,
                       const QString &newName, int context, int maxEdits)
{
    const Lines before = splitLines(oldText);
    const Lines after = splitLines(newText);
    const std::vector<Step> all = steps(compare(before, after, maxEdits));
    const auto around = static_cast<size_t>(std::max(context, 0));
    const auto isChange = [](const Step &step) { return step.kind != DiffLine::Kind::Same; };

    QByteArray out;
    for (auto next = std::ranges::find_if(all, isChange); next != all.end();) {
        // A hunk reaches on while the next change is within twice the context.
        auto last = next;
        for (auto it = next; it != all.end() && static_cast<size_t>(it - last) <= 2 * around + 1; ++it) {
            if (isChange(*it))
                last = it;
        }
        const auto begin = next - static_cast<qsizetype>(std::min(around, static_cast<size_t>(next - all.begin())));
        const auto end = last + 1 + static_cast<qsizetype>(std::min(around, static_cast<size_t>(all.end() - last - 1)));
        const auto count = [&](DiffLine::Kind other) {
            return static_cast<size_t>(std::count_if(begin, end, [&](const Step &s) { return s.kind != other; }));
        };
        if (out.isEmpty())
            out = "--- " + oldName.toUtf8() + "\n+++ " + newName.toUtf8() + '\n';
        out += "@@ -" + range(begin->oldIndex, count(DiffLine::Kind::Added)) + " +" +
               range(begin->newIndex, count(DiffLine::Kind::Removed)) + " @@\n";
        for (auto it = begin; it != end; ++it) {
            const bool isNew = it->kind == DiffLine::Kind::Added;
            const QByteArrayView text = isNew ? after[it->newIndex] : before[it->oldIndex];
            out += it->kind == DiffLine::Kind::Same ? ' ' : isNew ? '+' : '-';
            out += text;
            if (!text.endsWith('\n'))
                out += "\n\\ No newline at end of file\n";
        }
        next = std::find_if(end, all.end(), isChange);
    }
    return out;
}

} // namespace flowgate::collector
