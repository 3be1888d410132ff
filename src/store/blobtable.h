// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/configset.h"
#include "store/error.h"

namespace flowgate::store {

class Sql;

/// What may go: blobs that no version and no gateway names.
struct BlobPruning
{
    WallTime putBefore{};    ///< last put before this: leave minutes, so that what is on its way is not taken
    WallTime pinnedBefore{}; ///< pinned before this, or never
};

/// Bodies of config sets by hash, compressed. Kept in wire form (see domain::wireForm): all sets with one hash have
/// the same wire form, though the operator's name of a single file may differ. Versions know their own names.
/// @thread store
class BlobTable
{
public:
    explicit BlobTable(Sql &sql)
        : m_sql(sql)
    {
    }

    /// The largest set that is taken or given, in bytes before compression.
    static constexpr qint64 largest = 64LL * 1024 * 1024;

    /// Puts it there once; again only renews the time. @errors TooLarge
    Outcome<void> put(const domain::ConfigHash &hash, const domain::ConfigSet &config, WallTime at);
    /// Exactly the bytes that were put, in wire form. @errors NotFound | Damaged
    [[nodiscard]] Outcome<domain::ConfigSet> get(const domain::ConfigHash &hash);
    [[nodiscard]] Outcome<bool> has(const domain::ConfigHash &hash);
    /// Keeps a blob beyond its use (the effective config at a rollout's end) until pruning passes @p at.
    Outcome<void> pin(const domain::ConfigHash &hash, WallTime at);
    /// Gives how many went.
    Outcome<int> prune(const BlobPruning &pruning);

private:
    Sql &m_sql;
};

} // namespace flowgate::store
