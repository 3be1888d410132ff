// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/configtable.h"

#include "store/blobtable.h"
#include "store/codec.h"
#include "store/sql.h"
#include "store/values.h"

#include <map>

namespace flowgate::store {

using namespace domain;

namespace {

codec::FileNames namesOf(const ConfigSet &files)
{
    codec::FileNames names;
    for (const auto &[name, file] : files.files)
        names.emplace_back(name, file.contentType);
    return names;
}

/// The files of a blob under the names and types that they were saved with. Wire form keeps the order of names.
Outcome<ConfigSet> renamed(const ConfigSet &blob, const codec::FileNames &names)
{
    if (names.size() != blob.files.size())
        return domain::unexpected(StoreError{StoreErrorKind::Damaged, QStringLiteral("config version: names")});
    ConfigSet files;
    auto name = names.begin();
    for (const auto &[wireName, file] : blob.files) {
        files.files.emplace(name->first, ConfigFile{file.body, name->second});
        ++name;
    }
    return files;
}

ConfigVersion versionOf(const Row &row)
{
    ConfigVersion version;
    version.ref = {row.text(0), row.count(1), ConfigHash(row.bytes(2))};
    version.message = row.text(3);
    version.author = row.text(4);
    version.createdAt = row.time(5);
    return version;
}

} // namespace

Outcome<void> ConfigTable::add(const ConfigVersion &version, const ConfigSet &files)
{
    const ConfigRef &ref = version.ref;
    return BlobTable(m_sql)
        .put(ref.hash, files, version.createdAt)
        .and_then([&] {
            return m_sql.write("INSERT INTO configs (name, created_at) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
                               {bound(ref.config), bound(version.createdAt)});
        })
        .and_then([&] {
            return m_sql.write("INSERT INTO config_versions (config, version, hash, names, message, author, "
                               "created_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                               {bound(ref.config), bound(ref.version), bound(ref.hash),
                                bound(codec::encode(namesOf(files))), bound(version.message), bound(version.author),
                                bound(version.createdAt)});
        });
}

Outcome<ConfigSet> ConfigTable::files(const QString &config, int version)
{
    std::optional<ConfigHash> hash;
    codec::Decoded<codec::FileNames> names;
    const auto found = m_sql.each("SELECT hash, names FROM config_versions WHERE config = ? AND version = ?",
                                  {bound(config), bound(version)}, [&](const Row &row) {
                                      hash = ConfigHash(row.bytes(0));
                                      names = codec::decode<codec::FileNames>(row.bytes(1));
                                      return Outcome<void>();
                                  });
    if (!found)
        return domain::unexpected(found.error());
    if (!hash)
        return domain::unexpected(StoreError{StoreErrorKind::NotFound, QStringLiteral("config version")});
    if (!names)
        return domain::unexpected(StoreError{StoreErrorKind::Damaged, QLatin1StringView(codec::text(names.error()))});
    return BlobTable(m_sql).get(*hash).and_then([&](const ConfigSet &blob) { return renamed(blob, *names); });
}

Outcome<std::vector<ConfigVersion>> ConfigTable::versions()
{
    std::vector<ConfigVersion> versions;
    return m_sql
        .each("SELECT config, version, hash, message, author, created_at FROM config_versions "
              "ORDER BY config, version",
              {},
              [&](const Row &row) {
                  versions.push_back(versionOf(row));
                  return Outcome<void>();
              })
        .map([&] { return std::move(versions); });
}

Outcome<std::vector<ConfigSummary>> ConfigTable::list()
{
    std::vector<ConfigSummary> summaries;
    return m_sql
        .each("SELECT c.name, MAX(v.version), COUNT(v.version), "
              "(SELECT COUNT(*) FROM gateways g WHERE g.wanted_config = c.name) "
              "FROM configs c JOIN config_versions v ON v.config = c.name GROUP BY c.name ORDER BY c.name",
              {},
              [&](const Row &row) {
                  summaries.push_back({row.text(0), row.count(1), row.count(2), row.count(3)});
                  return Outcome<void>();
              })
        .map([&] { return std::move(summaries); });
}

Outcome<void> ConfigTable::mark(const QString &config, const ConfigMarks &marks)
{
    int found = 0;
    Outcome<void> done =
        m_sql.each("SELECT COUNT(*) FROM configs WHERE name = ?", {bound(config)}, [&](const Row &row) {
            found = row.count(0);
            return Outcome<void>();
        });
    if (done && found == 0)
        return domain::unexpected(StoreError{StoreErrorKind::NotFound, QStringLiteral("config")});
    if (done)
        done = m_sql.write("UPDATE configs SET archived_at = ?, deleted_at = ? WHERE name = ?",
                           {bound(marks.archivedAt), bound(marks.deletedAt), bound(config)});
    if (done)
        done = m_sql.write("DELETE FROM config_tags WHERE config = ?", {bound(config)});
    for (auto tag = marks.tags.begin(); done && tag != marks.tags.end(); ++tag)
        done = m_sql.write("INSERT INTO config_tags (config, tag) VALUES (?, ?)", {bound(config), bound(*tag)});
    return done;
}

Outcome<MarksByConfig> ConfigTable::marks()
{
    MarksByConfig all;
    return m_sql
        .each(
            "SELECT name, archived_at, deleted_at FROM configs WHERE archived_at IS NOT NULL OR deleted_at IS NOT NULL",
            {},
            [&](const Row &row) {
                ConfigMarks &marks = all[row.text(0)];
                marks.archivedAt = row.timeIfAny(1);
                marks.deletedAt = row.timeIfAny(2);
                return Outcome<void>();
            })
        .and_then([&] {
            return m_sql.each("SELECT config, tag FROM config_tags ORDER BY config, tag", {}, [&](const Row &row) {
                all[row.text(0)].tags.append(row.text(1));
                return Outcome<void>();
            });
        })
        .map([&] { return std::move(all); });
}

} // namespace flowgate::store
