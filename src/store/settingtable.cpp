// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/settingtable.h"

#include "store/sql.h"
#include "store/values.h"

namespace flowgate::store {

Outcome<void> SettingTable::set(const QString &key, const QString &value)
{
    return m_sql.write("INSERT INTO settings (name, value) VALUES (?, ?) "
                       "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                       {bound(key), bound(value)});
}

Outcome<void> SettingTable::remove(const QString &key)
{
    return m_sql.write("DELETE FROM settings WHERE name = ?", {bound(key)});
}

Outcome<std::optional<QString>> SettingTable::get(const QString &key)
{
    std::optional<QString> value;
    return m_sql
        .each("SELECT value FROM settings WHERE name = ?", {bound(key)},
              [&](const Row &row) {
                  value = row.text(0);
                  return Outcome<void>();
              })
        .map([&] { return std::move(value); });
}

Outcome<std::map<QString, QString>> SettingTable::all()
{
    std::map<QString, QString> values;
    return m_sql
        .each("SELECT name, value FROM settings", {},
              [&](const Row &row) {
                  values.emplace(row.text(0), row.text(1));
                  return Outcome<void>();
              })
        .map([&] { return std::move(values); });
}

} // namespace flowgate::store
