// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/historymodel.h"

#include "ui/common/relativetime.h"
#include "ui/common/visibletext.h"
#include "ui/common/words.h"

namespace flowgate::models {

namespace {

/// Rows of hostile or doubled data may be equal in all of this: only one of them is shown.
QString keyOf(const HistoryRow &row)
{
    const qint64 at = common::toMs(row.at);
    if (row.span)
        return QStringLiteral("s%1/%2/%3/%4")
            .arg(at)
            .arg(static_cast<int>(row.span->span.kind))
            .arg(row.span->span.state, row.span->span.part);
    return QStringLiteral("e%1/%2/%3").arg(at).arg(row.event.kind, row.event.text);
}

QString whatOf(const HistoryRow &row)
{
    if (!row.span)
        return common::eventKindWord(row.event.kind);
    const QString kind = common::kindWord(row.span->span);
    const QString state = common::stateWord(row.span->span).word;
    return row.span->count > 1
               ? HistoryModel::tr("%1: %n changes, the worst of them: %2", "", row.span->count).arg(kind, state)
               : QStringLiteral("%1: %2").arg(kind, state);
}

QString detailOf(const HistoryRow &row)
{
    if (!row.span)
        return row.event.text;
    const domain::Span &span = row.span->span;
    const QString lasted = span.to ? HistoryModel::tr("for %1").arg(common::duration(*span.to - span.from))
                                   : HistoryModel::tr("until now");
    return span.detail.isEmpty() ? lasted : lasted + QStringLiteral(" \u00b7 ") + span.detail;
}

} // namespace

void HistoryModel::show(const std::vector<domain::DrawnSpan> &spans, const std::vector<domain::Event> &events,
                        Part part)
{
    std::vector<HistoryRow> rows;
    if (part != Part::Events) {
        for (const domain::DrawnSpan &drawn : spans)
            rows.push_back({drawn.span.from, drawn, {}});
    }
    if (part != Part::States) {
        for (const domain::Event &event : events)
            rows.push_back({event.at, std::nullopt, event});
    }
    std::ranges::stable_sort(rows, [](const HistoryRow &a, const HistoryRow &b) { return a.at > b.at; });
    QSet<QString> seen;
    std::erase_if(rows, [&seen](const HistoryRow &row) {
        const QString key = keyOf(row);
        const bool twice = seen.contains(key);
        seen.insert(key);
        return twice;
    });
    reconcile(std::move(rows), keyOf);
}

QVariant HistoryModel::cell(const HistoryRow &row, Column column, int role) const
{
    const bool shows = role == Qt::DisplayRole || role == SortRole;
    switch (column) {
    case Column::At:
        if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
            return common::exactTime(row.at);
        return role == SortRole || role == TimeRole ? QVariant(common::toMs(row.at)) : QVariant();
    case Column::What:
        if (role == ToneRole)
            return row.span ? QVariant(static_cast<int>(common::stateWord(row.span->span).tone)) : QVariant();
        if (role == QuietRole)
            return row.span ? QVariant() : QVariant(tr("by %1").arg(common::authorWord(row.event.by)));
        if (role == BelowRole)
            return common::oneLine(detailOf(row), 400);
        if (role == Qt::ToolTipRole)
            return common::toolTip(row.span ? whatOf(row)
                                            : tr("%1, by %2").arg(whatOf(row), common::authorWord(row.event.by)));
        return shows ? QVariant(common::oneLine(whatOf(row), 100)) : QVariant();
    case Column::Detail:
        if (role == Qt::ToolTipRole)
            return common::toolTip(detailOf(row));
        return shows ? QVariant(common::oneLine(detailOf(row), 400)) : QVariant();
    case Column::Count:
        break;
    }
    return {};
}

QString HistoryModel::title(Column column) const
{
    switch (column) {
    case Column::At:
        return tr("When");
    case Column::What:
        return tr("What");
    case Column::Detail:
        return tr("Detail");
    case Column::Count:
        break;
    }
    return {};
}

} // namespace flowgate::models
