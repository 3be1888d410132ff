// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/clock.h"
#include "store/sql.h"

#include <memory>

namespace flowgate::store {

struct OpenedDatabase
{
    std::unique_ptr<Sql> sql; ///< belongs to the calling thread
    bool created = false;
};

/// Opens a database for writing, with all of the schema. A file that is there is looked at through a read-only
/// connection first, so that one which is refused keeps every byte.
/// @thread the one that uses the connection
[[nodiscard]] domain::Result<OpenedDatabase, OpenError> openDatabase(const QString &folder, const QString &fileName,
                                                                     const domain::Clock &clock);

/// The error of a statement that failed while opening.
[[nodiscard]] OpenError openErrorOf(const StoreError &error, const QString &file);

} // namespace flowgate::store
