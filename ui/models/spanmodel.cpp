// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/spanmodel.h"

#include "ui/common/relativetime.h"
#include "ui/common/visibletext.h"
#include "ui/common/words.h"

namespace flowgate::models {

namespace {

/// Two spans of one kind begin at different moments, save for hostile data: the place then keeps them apart.
QString keyOf(const domain::Span &span)
{
    return QStringLiteral("%1/%2/%3").arg(static_cast<int>(span.kind)).arg(common::toMs(span.from)).arg(span.state);
}

} // namespace

void SpanModel::show(std::vector<domain::Span> spans)
{
    std::ranges::stable_sort(spans, [](const domain::Span &a, const domain::Span &b) {
        return std::tie(a.from, a.kind) > std::tie(b.from, b.kind);
    });
    QSet<QString> seen;
    std::erase_if(spans, [&seen](const domain::Span &span) {
        const QString key = keyOf(span);
        const bool twice = seen.contains(key);
        seen.insert(key);
        return twice;
    });
    reconcile(std::move(spans), keyOf);
}

QVariant SpanModel::cell(const domain::Span &row, Column column, int role) const
{
    if (role == SpanRole)
        return QVariant::fromValue(row);
    const bool shows = role == Qt::DisplayRole;
    const bool sorts = role == SortRole;
    switch (column) {
    case Column::From:
        if (shows || role == Qt::ToolTipRole)
            return common::exactTime(row.from);
        return sorts || role == TimeRole ? QVariant(common::toMs(row.from)) : QVariant();
    case Column::Kind:
        return shows || sorts ? QVariant(common::kindWord(row.kind)) : QVariant();
    case Column::State: {
        const common::StateWord state = common::stateWord(row);
        if (shows || sorts)
            return state.word;
        return role == ToneRole ? QVariant(static_cast<int>(state.tone)) : QVariant();
    }
    case Column::Lasted:
        if (role == Qt::TextAlignmentRole)
            return int(Qt::AlignRight | Qt::AlignVCenter);
        if (sorts)
            return row.to ? QVariant(qint64((*row.to - row.from).count())) : QVariant(Q_INT64_C(0x7fffffffffffffff));
        if (shows)
            return row.to ? common::duration(*row.to - row.from) : tr("lasts");
        return {};
    case Column::Detail:
        if (role == Qt::ToolTipRole && !row.detail.isEmpty())
            return common::toolTip(row.detail);
        return shows || sorts ? QVariant(common::oneLine(row.detail, 400)) : QVariant();
    case Column::Count:
        break;
    }
    return {};
}

QString SpanModel::title(Column column) const
{
    switch (column) {
    case Column::From:
        return tr("From");
    case Column::Kind:
        return tr("Fact");
    case Column::State:
        return tr("State");
    case Column::Lasted:
        return tr("Lasted");
    case Column::Detail:
        return tr("Detail");
    case Column::Count:
        break;
    }
    return {};
}

} // namespace flowgate::models
