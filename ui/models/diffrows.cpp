// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/diffrows.h"

#include "ui/common/visibletext.h"

#include <algorithm>

namespace flowgate::models {

namespace {

using Kind = DiffRow::Kind;
constexpr size_t context = 3;

QString shown(const QByteArray &line)
{
    return common::oneLine(QString::fromUtf8(line), 2000);
}

/// Equal lines far from any change become one row.
std::vector<DiffRow> folded(std::vector<DiffRow> rows)
{
    std::vector<DiffRow> result;
    for (size_t i = 0; i < rows.size();) {
        if (rows[i].kind != Kind::Same) {
            result.push_back(std::move(rows[i++]));
            continue;
        }
        size_t end = i;
        while (end < rows.size() && rows[end].kind == Kind::Same)
            ++end;
        const size_t before = i == 0 ? 0 : context; // lines that follow a change
        const size_t after = end == rows.size() ? 0 : context;
        const bool fold = end - i > before + after + 1;
        for (size_t row = i; row < end; ++row) {
            if (!fold || row < i + before || row >= end - after) {
                result.push_back(std::move(rows[row]));
            } else if (row == i + before) {
                DiffRow gap;
                gap.kind = Kind::Gap;
                gap.hidden = static_cast<int>(end - i - before - after);
                result.push_back(gap);
            }
        }
        i = end;
    }
    return result;
}

/// A line by design that stands beside one that is gone has nothing to do with it.
std::vector<DiffRow> marked(std::vector<DiffRow> rows, const QSet<int> &byDesign)
{
    std::vector<DiffRow> result;
    std::vector<DiffRow> apart; // of a run of changes, behind what is gone
    const auto flush = [&] {
        result.insert(result.end(), apart.begin(), apart.end());
        apart.clear();
    };
    for (DiffRow &row : rows) {
        if (row.kind == Kind::Same)
            flush();
        const bool designed = row.newLine > 0 && byDesign.contains(row.newLine);
        if (row.kind == Kind::Added && designed) {
            row.kind = Kind::ByDesign;
            apart.push_back(std::move(row));
        } else if (row.kind == Kind::Changed && designed) {
            apart.push_back({Kind::ByDesign, 0, row.newLine, {}, row.newText, 0});
            result.push_back({Kind::Removed, row.oldLine, 0, row.oldText, {}, 0});
        } else {
            result.push_back(std::move(row));
        }
    }
    flush();
    return result;
}

/// Whether a path is, or lies in, or has in it one of @p paths.
bool touches(const QString &path, const QStringList &paths)
{
    const auto isIn = [](const QString &inner, const QString &outer) {
        return inner.startsWith(outer) && (inner.size() == outer.size() || inner[outer.size()] == u'/');
    };
    return std::ranges::any_of(paths, [&](const QString &one) { return isIn(path, one) || isIn(one, path); });
}

std::vector<DiffRow> lines(const collector::TextDiff &diff)
{
    using Line = collector::DiffLine::Kind;
    std::vector<DiffRow> rows;
    size_t run = 0; // where the removed lines of the present change begin
    size_t taken = 0;
    for (const collector::DiffLine &line : diff.lines) {
        if (line.kind == Line::Same) {
            rows.push_back({Kind::Same, line.oldLine, line.newLine, shown(line.text), shown(line.text), 0});
            run = rows.size();
            taken = 0;
        } else if (line.kind == Line::Removed) {
            if (taken > 0) { // after added ones a change of its own
                run = rows.size();
                taken = 0;
            }
            rows.push_back({Kind::Removed, line.oldLine, 0, shown(line.text), {}, 0});
        } else if (run + taken < rows.size() && rows[run + taken].kind == Kind::Removed) {
            DiffRow &row = rows[run + taken++];
            row.kind = Kind::Changed;
            row.newLine = line.newLine;
            row.newText = shown(line.text);
        } else {
            rows.push_back({Kind::Added, 0, line.newLine, {}, shown(line.text), 0});
            run = rows.size();
            taken = 0;
        }
    }
    return rows;
}

/// @param differences  null: all that differs is a change
std::vector<DiffRow> values(const QMap<QString, QString> &before, const QMap<QString, QString> &after,
                            const QStringList *differences)
{
    QMap<QString, QString> all = before;
    all.insert(after);
    std::vector<DiffRow> rows;
    const auto text = [](const QString &path, const QString &value) {
        return common::oneLine(path + QStringLiteral(": ") + value, 2000);
    };
    for (auto it = all.cbegin(); it != all.cend(); ++it) {
        const bool was = before.contains(it.key());
        const bool is = after.contains(it.key());
        Kind kind = !was                                              ? Kind::Added
                    : !is                                             ? Kind::Removed
                    : before.value(it.key()) == after.value(it.key()) ? Kind::Same
                                                                      : Kind::Changed;
        if (kind != Kind::Same && differences && !touches(it.key(), *differences))
            kind = Kind::ByDesign;
        rows.push_back({kind, 0, 0, was ? text(it.key(), before.value(it.key())) : QString(),
                        is ? text(it.key(), after.value(it.key())) : QString(), 0});
    }
    return rows;
}

std::vector<DiffRow> shortened(std::vector<DiffRow> rows, bool whole)
{
    return whole ? std::move(rows) : folded(std::move(rows));
}

} // namespace

std::vector<DiffRow> sideBySide(const collector::TextDiff &diff, bool whole)
{
    return shortened(lines(diff), whole);
}

std::vector<DiffRow> sideBySide(const collector::TextDiff &diff, bool whole, const QSet<int> &byDesign)
{
    return shortened(marked(lines(diff), byDesign), whole);
}

std::vector<DiffRow> byStructure(const QMap<QString, QString> &before, const QMap<QString, QString> &after, bool whole)
{
    return shortened(values(before, after, nullptr), whole);
}

std::vector<DiffRow> byStructure(const QMap<QString, QString> &before, const QMap<QString, QString> &after, bool whole,
                                 const QStringList &differences)
{
    return shortened(values(before, after, &differences), whole);
}

} // namespace flowgate::models
