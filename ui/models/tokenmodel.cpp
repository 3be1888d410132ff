// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/tokenmodel.h"

#include "ui/common/relativetime.h"
#include "ui/common/visibletext.h"
#include "ui/common/words.h"

#include <limits>

namespace flowgate::models {

using domain::Token;
using domain::TokenScope;
using domain::TokenState;

namespace {

QVariant moment(const std::optional<domain::WallTime> &at, int role, const QString &none)
{
    if (role == Qt::DisplayRole)
        return at ? common::exactTime(*at) : none;
    if (role == SortRole)
        return at ? common::toMs(*at) : qint64(0);
    if (!at)
        return {};
    if (role == Qt::ToolTipRole)
        return common::exactTime(*at);
    return role == TimeRole ? QVariant(common::toMs(*at)) : QVariant();
}

/// Days are rounded to the nearest: a token made for 30 days has not 29 a second later.
QString timeLeft(domain::milliseconds left)
{
    const domain::WallTime zero{domain::milliseconds(1)}; // the epoch means never
    const auto rounded = left > std::chrono::days(2) ? left + std::chrono::hours(12) : left;
    return common::age(zero, zero + rounded);
}

} // namespace

TokenModel::TokenModel(NameOf nameOf, QObject *parent)
    : TableModel(parent)
    , m_nameOf(std::move(nameOf))
{
}

void TokenModel::apply(const std::vector<Token> &tokens, domain::WallTime now)
{
    std::vector<TokenRow> rows;
    rows.reserve(tokens.size());
    for (const Token &token : tokens) {
        TokenRow row{token, domain::stateOf(token, now), tr("never"), {}, {}};
        if (token.expiresAt)
            row.expiry = *token.expiresAt > now ? tr("in %1").arg(timeLeft(*token.expiresAt - now))
                                                : common::ago(*token.expiresAt, now);
        if (const auto &owner = domain::ownerOf(token))
            row.ownerName = common::oneLine(m_nameOf(*owner), 200);
        if (row.state == TokenState::Live)
            row.users = m_users.value(token.name);
        rows.push_back(std::move(row));
    }
    reconcile(std::move(rows), [](const TokenRow &row) { return row.token.hash; });
}

void TokenModel::setUsers(const QHash<QString, QStringList> &users)
{
    m_users = users;
    constexpr qsizetype few = 200; // this comes each second: of thousands nobody reads the names
    for (QStringList &names : m_users) {
        if (names.size() <= few)
            std::ranges::sort(names, [](const QString &a, const QString &b) { return compareTexts(a, b) < 0; });
    }
    std::vector<int> changed;
    for (size_t i = 0; i < m_rows.size(); ++i) {
        // Who is connected with one that ended came with another one of its name.
        QStringList now = m_rows[i].state == TokenState::Live ? m_users.value(m_rows[i].token.name) : QStringList();
        if (now == m_rows[i].users)
            continue;
        m_rows[i].users = std::move(now);
        changed.push_back(static_cast<int>(i));
    }
    announce(std::move(changed));
}

int TokenModel::liveCount() const
{
    return static_cast<int>(std::ranges::count(m_rows, TokenState::Live, &TokenRow::state));
}

bool TokenModel::isTaken(const QString &name) const
{
    return std::ranges::any_of(m_rows,
                               [&](const TokenRow &row) { return row.token.name == name && !row.token.revokedAt; });
}

QString TokenModel::whoFor(const TokenRow &row)
{
    switch (row.token.scope) {
    case TokenScope::Shared:
        break;
    case TokenScope::Bootstrap:
        return tr("any, to get its own");
    case TokenScope::PerGateway:
        return row.ownerName.isEmpty() ? tr("the first that uses it") : tr("only %1").arg(row.ownerName);
    }
    return tr("any gateway");
}

QVariant TokenModel::cell(const TokenRow &row, Column column, int role) const
{
    const Token &token = row.token;
    if (role == IdRole)
        return token.name;
    if (role == LiveRole)
        return row.state == TokenState::Live;
    const bool shows = role == Qt::DisplayRole;
    const bool sorts = role == SortRole;
    switch (column) {
    case Column::Name:
        return shows || sorts ? QVariant(token.name) : QVariant();
    case Column::State: {
        const common::StateWord state = common::stateWord(row.state);
        if (shows)
            return state.word;
        if (sorts)
            return static_cast<int>(row.state);
        if (role == Qt::ToolTipRole && token.revokedAt)
            return tr("Revoked: %1").arg(common::exactTime(*token.revokedAt));
        return role == ToneRole ? QVariant(static_cast<int>(state.tone)) : QVariant();
    }
    case Column::Connected:
        if (role == Qt::TextAlignmentRole)
            return int(Qt::AlignRight | Qt::AlignVCenter);
        if (sorts)
            return static_cast<int>(row.users.size());
        if (role == Qt::ToolTipRole && !row.users.isEmpty())
            return common::toolTip(row.users.first(std::min<qsizetype>(row.users.size(), 20)).join(u'\n'));
        if (shows)
            return row.state == TokenState::Live ? QString::number(row.users.size()) : QStringLiteral("\u2013");
        return {};
    case Column::LastUsed:
        return moment(token.lastUsed, role, tr("never"));
    case Column::For:
        if (!shows && !sorts)
            return {};
        return whoFor(row);
    case Column::NewGateways:
        if ((shows || sorts) && token.issuedTo)
            return QStringLiteral("\u2013"); // its gateway was there before it
        if (shows || sorts)
            return token.approves ? tr("approved") : tr("wait for approval");
        return {};
    case Column::Expires:
        if (shows)
            return row.expiry;
        if (sorts) // never is later than any day
            return token.expiresAt ? common::toMs(*token.expiresAt) : std::numeric_limits<qint64>::max();
        return role == Qt::ToolTipRole && token.expiresAt ? QVariant(common::exactTime(*token.expiresAt)) : QVariant();
    case Column::Created:
        return moment(token.createdAt, role, {});
    case Column::Count:
        break;
    }
    return {};
}

QString TokenModel::title(Column column) const
{
    switch (column) {
    case Column::Name:
        return tr("Name");
    case Column::State:
        return tr("State");
    case Column::Connected:
        return tr("Connected");
    case Column::LastUsed:
        return tr("Last used");
    case Column::For:
        return tr("For");
    case Column::NewGateways:
        return tr("New gateways");
    case Column::Expires:
        return tr("Expires");
    case Column::Created:
        return tr("Created");
    case Column::Count:
        break;
    }
    return {};
}

void TokenFilterModel::showEnded(bool shown)
{
    m_endedShown = shown;
    invalidateFilter();
}

bool TokenFilterModel::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const bool isLive = sourceModel()->index(row, 0, parent).data(TokenModel::LiveRole).toBool();
    return (m_endedShown || isLive) && SortFilterModel::filterAcceptsRow(row, parent);
}

} // namespace flowgate::models
