// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/configmarks.h"
#include "domain/configset.h"
#include "domain/configversion.h"
#include "store/error.h"

#include <vector>

namespace flowgate::store {

class Sql;

/// One config of the library.
struct ConfigSummary
{
    QString name;
    int latest = 0;   ///< number of the newest version
    int versions = 0; ///< how many
    int gateways = 0; ///< how many should run one of them

    friend bool operator==(const ConfigSummary &, const ConfigSummary &) = default;
};

/// The library: configs and their immutable versions. @thread store
class ConfigTable
{
public:
    explicit ConfigTable(Sql &sql)
        : m_sql(sql)
    {
    }

    /// Adds a version with its files; makes the config if it is new. @errors Conflict: this number exists | TooLarge
    Outcome<void> add(const domain::ConfigVersion &version, const domain::ConfigSet &files);
    /// The files under the names and types that they were saved with. @errors NotFound | Damaged
    [[nodiscard]] Outcome<domain::ConfigSet> files(const QString &config, int version);
    /// All versions of all configs, by name and number, without bodies.
    [[nodiscard]] Outcome<std::vector<domain::ConfigVersion>> versions();
    [[nodiscard]] Outcome<std::vector<ConfigSummary>> list();
    /// Replaces all that is said of a config. @errors NotFound
    Outcome<void> mark(const QString &config, const domain::ConfigMarks &marks);
    [[nodiscard]] Outcome<domain::MarksByConfig> marks();

private:
    Sql &m_sql;
};

} // namespace flowgate::store
