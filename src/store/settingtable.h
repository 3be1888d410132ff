// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/error.h"

#include <map>
#include <optional>

namespace flowgate::store {

class Sql;

/// Settings as text by key. No secrets. @thread store
class SettingTable
{
public:
    explicit SettingTable(Sql &sql)
        : m_sql(sql)
    {
    }

    Outcome<void> set(const QString &key, const QString &value);
    Outcome<void> remove(const QString &key);
    [[nodiscard]] Outcome<std::optional<QString>> get(const QString &key);
    [[nodiscard]] Outcome<std::map<QString, QString>> all();

private:
    Sql &m_sql;
};

} // namespace flowgate::store
