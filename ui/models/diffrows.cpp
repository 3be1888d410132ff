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

} // namespace

std::vector<DiffRow> sideBySide(const collector::TextDiff &diff, bool whole)
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
    return whole ? rows : folded(std::move(rows));
}

std::vector<DiffRow> byStructure(const QMap<QString, QString> &before, const QMap<QString, QString> &after, bool whole)
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
        const Kind kind = !was                                              ? Kind::Added
                          : !is                                             ? Kind::Removed
                          : before.value(it.key()) == after.value(it.key()) ? Kind::Same
                                                                            : Kind::Changed;
        rows.push_back({kind, 0, 0, was ? text(it.key(), before.value(it.key())) : QString(),
                        is ? text(it.key(), after.value(it.key())) : QString(), 0});
    }
    return whole ? rows : folded(std::move(rows));
}

} // namespace flowgate::models
