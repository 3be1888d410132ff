// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/offermodel.h"

#include "ui/common/relativetime.h"
#include "ui/common/visibletext.h"
#include "ui/common/words.h"

namespace flowgate::models {

namespace {

using Outcome = domain::OfferOutcome::State;

common::StateWord wordOf(Outcome state)
{
    switch (state) {
    case Outcome::Sent:
        return {common::Tone::UnderWay, OfferModel::tr("Sent, no answer yet")};
    case Outcome::Applying:
        return {common::Tone::UnderWay, OfferModel::tr("Applying")};
    case Outcome::Applied:
        return {common::Tone::Good, OfferModel::tr("Applied")};
    case Outcome::Failed:
        return {common::Tone::Bad, OfferModel::tr("Failed")};
    case Outcome::Unanswered:
        return {common::Tone::Attention, OfferModel::tr("Never answered")};
    }
    return {};
}

/// A gateway remembers hashes; only those that it has to do with now have a name here.
QString nameOf(const domain::ConfigHash &hash, const domain::Gateway &gateway)
{
    for (const auto &ref : {gateway.wanted, gateway.lastProven}) {
        if (ref && ref->hash == hash)
            return common::versionText(ref);
    }
    if (gateway.lastFailed && gateway.lastFailed->ref.hash == hash)
        return common::versionText(gateway.lastFailed->ref);
    return hash.hex().left(8) + QChar(0x2026);
}

domain::WallTime timeOf(const OfferRow &row)
{
    return row.outcome.sentAt == domain::WallTime{} ? row.outcome.at : row.outcome.sentAt;
}

} // namespace

void OfferModel::show(const domain::Gateway &gateway)
{
    std::vector<OfferRow> rows;
    for (auto it = gateway.outcomes.cbegin(); it != gateway.outcomes.cend(); ++it)
        rows.push_back({it.key(), nameOf(it.key(), gateway), it.value()});
    std::ranges::sort(rows, [](const OfferRow &a, const OfferRow &b) {
        return std::pair(timeOf(a), a.hash.bytes()) > std::pair(timeOf(b), b.hash.bytes());
    });
    reconcile(std::move(rows), [](const OfferRow &row) { return row.hash; });
}

QVariant OfferModel::cell(const OfferRow &row, Column column, int role) const
{
    const bool shows = role == Qt::DisplayRole || role == SortRole;
    switch (column) {
    case Column::Sent:
        if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
            return common::exactTime(timeOf(row));
        return role == SortRole || role == TimeRole ? QVariant(common::toMs(timeOf(row))) : QVariant();
    case Column::Config:
        if (role == Qt::ToolTipRole)
            return row.hash.hex();
        if (role == MonoRole)
            return true;
        return shows ? QVariant(common::oneLine(row.config, 100)) : QVariant();
    case Column::Outcome: {
        const common::StateWord word = wordOf(row.outcome.state);
        if (role == ToneRole)
            return static_cast<int>(word.tone);
        if (role == BelowRole)
            return common::oneLine(row.outcome.error, 400);
        if (role == Qt::ToolTipRole)
            return tr("%1, seen %2").arg(word.word, common::exactTime(row.outcome.at));
        return shows ? QVariant(word.word) : QVariant();
    }
    case Column::Error:
        if (role == Qt::ToolTipRole && !row.outcome.error.isEmpty())
            return common::toolTip(row.outcome.error);
        return shows ? QVariant(common::oneLine(row.outcome.error, 400)) : QVariant();
    case Column::Count:
        break;
    }
    return {};
}

QString OfferModel::title(Column column) const
{
    switch (column) {
    case Column::Sent:
        return tr("Sent");
    case Column::Config:
        return tr("Config");
    case Column::Outcome:
        return tr("What came of it");
    case Column::Error:
        return tr("Reason");
    case Column::Count:
        break;
    }
    return {};
}

} // namespace flowgate::models
