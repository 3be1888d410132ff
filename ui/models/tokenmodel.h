// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/token.h"
#include "ui/models/sortfiltermodel.h"
#include "ui/models/tablemodel.h"

#include <QStringList>

#include <functional>

namespace flowgate::models {

enum class TokenColumn { Name, State, Connected, LastUsed, For, NewGateways, Expires, Created, Count };

struct TokenRow
{
    domain::Token token;
    domain::TokenState state = domain::TokenState::Live;
    QString expiry;    ///< "in 29 d", "never"
    QString ownerName; ///< of the gateway that it belongs to, or was made for
    QStringList users; ///< names of gateways that are connected with it, sorted while they are few

    friend bool operator==(const TokenRow &, const TokenRow &) = default;
};

/// All tokens that were ever made, and who is connected with each. None has its text.
class TokenModel final : public TableModel<TokenRow, TokenColumn>
{
    Q_OBJECT
public:
    using NameOf = std::function<QString(const domain::GatewayId &)>;
    enum Role {
        SortRole = models::SortRole, ///< text, state and count as a number, time in milliseconds
        LiveRole = OwnRole,          ///< bool
    };

    explicit TokenModel(NameOf nameOf, QObject *parent = nullptr);

    void apply(const std::vector<domain::Token> &tokens, domain::WallTime now);
    /// Names of gateways that are connected, by the name of the token that they brought.
    void setUsers(const QHash<QString, QStringList> &users);
    /// Those that are neither revoked nor expired.
    [[nodiscard]] int liveCount() const;
    /// Whether a new token cannot be called so: a name is free again once its token is revoked.
    [[nodiscard]] bool isTaken(const QString &name) const;

protected:
    [[nodiscard]] QVariant cell(const TokenRow &row, Column column, int role) const override;
    [[nodiscard]] static QString whoFor(const TokenRow &row);
    [[nodiscard]] QString title(Column column) const override;
    [[nodiscard]] bool isNumeric(Column column) const override { return column == Column::Connected; }

private:
    NameOf m_nameOf;
    QHash<QString, QStringList> m_users;
};

/// Tokens in an order, with or without those that ended.
class TokenFilterModel final : public SortFilterModel
{
    Q_OBJECT
public:
    using SortFilterModel::SortFilterModel;

    void showEnded(bool shown);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    bool m_endedShown = false;
};

} // namespace flowgate::models
