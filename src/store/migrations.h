// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/error.h"

#include <QByteArray>
#include <QStringList>

#include <vector>

namespace flowgate::store {

class Sql;

/// One step of the schema: a file of resources/sql.
struct Migration
{
    int number = 0;
    QString name; ///< "001_initial.sql"
    QByteArray text;

    [[nodiscard]] QString sha256() const;
};

/// What a database says was applied to it.
struct AppliedMigration
{
    int number = 0;
    QString sha256;
};

/// The steps that this program carries, in order.
[[nodiscard]] std::vector<Migration> ownMigrations();

/// The statements of a migration: split at semicolons outside quotes and comments; comments are left out. Pure.
[[nodiscard]] QStringList statementsOf(const QByteArray &text);

/// What a database of ours has; empty where it has no tables yet.
[[nodiscard]] Outcome<std::vector<AppliedMigration>> appliedMigrations(Sql &sql);

/// Whether a database with these steps can be used or brought up to date: NewerSchema if it has one that we do not
/// carry, ChangedMigration if one was another text. `file` of the error is left empty. Pure.
[[nodiscard]] domain::Result<void, OpenError> judge(const std::vector<AppliedMigration> &applied,
                                                    const std::vector<Migration> &carried);

/// Applies what is missing, each step in a transaction of its own. After an error the steps before it stay.
/// @return how many were applied
[[nodiscard]] Outcome<int> migrate(Sql &sql, const std::vector<Migration> &carried, WallTime now);

} // namespace flowgate::store
