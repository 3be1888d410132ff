// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/componenttable.h"

#include "store/codec.h"
#include "store/sql.h"
#include "store/values.h"

namespace flowgate::store {

using namespace domain;

Outcome<void> ComponentTable::put(const AvailableComponents &components)
{
    if (components.hash.isEmpty() || components.isHashOnly())
        return {};
    return m_sql.write("INSERT INTO component_lists (hash, components) VALUES (?, ?) "
                       "ON CONFLICT (hash) DO UPDATE SET components = excluded.components",
                       {bound(components.hash), bound(codec::encode(components.components))});
}

Outcome<LoadedComponents> ComponentTable::all()
{
    LoadedComponents loaded;
    return m_sql
        .each("SELECT hash, components FROM component_lists ORDER BY hash", {},
              [&](const Row &row) {
                  const ComponentsHash hash(row.bytes(0));
                  if (auto list = codec::decode<codec::ComponentMap>(row.bytes(1)))
                      loaded.lists.push_back({hash, std::move(*list)});
                  else
                      loaded.damaged.push_back({QStringLiteral("component_lists"), hash.hex(),
                                                QLatin1StringView(codec::text(list.error()))});
                  return Outcome<void>();
              })
        .map([&] { return std::move(loaded); });
}

Outcome<AvailableComponents> ComponentTable::get(const ComponentsHash &hash)
{
    Outcome<AvailableComponents> found =
        domain::unexpected(StoreError{StoreErrorKind::NotFound, QStringLiteral("component list")});
    return m_sql
        .each("SELECT components FROM component_lists WHERE hash = ?", {bound(hash)},
              [&](const Row &row) {
                  if (auto list = codec::decode<codec::ComponentMap>(row.bytes(0)))
                      found = AvailableComponents{hash, std::move(*list)};
                  else
                      found = domain::unexpected(
                          StoreError{StoreErrorKind::Damaged, QLatin1StringView(codec::text(list.error()))});
                  return Outcome<void>();
              })
        .and_then([&] { return std::move(found); });
}

Outcome<int> ComponentTable::prune()
{
    return m_sql.run("DELETE FROM component_lists WHERE NOT EXISTS "
                     "(SELECT 1 FROM gateways g WHERE g.components_hash = component_lists.hash)");
}

} // namespace flowgate::store
