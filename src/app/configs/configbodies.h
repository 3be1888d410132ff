// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/configset.h"

#include <QHash>
#include <QSet>

#include <functional>
#include <memory>

namespace flowgate::app {

/// The bodies of the configs that gateways should run, shared, by hash. Others are not kept in memory.
/// @thread io
class ConfigBodies
{
public:
    using Body = std::shared_ptr<const domain::ConfigSet>;
    /// Fetches a body from the database; answers later on the io thread, null where there is none.
    using Fetch = std::function<void(const domain::ConfigHash &, std::function<void(Body)>)>;
    using Arrived = std::function<void(const domain::ConfigHash &)>;

    explicit ConfigBodies(Fetch fetch)
        : m_fetch(std::move(fetch))
    {
    }

    /// Is called when a body that was asked for in vain has come.
    void setArrived(Arrived arrived) { m_arrived = std::move(arrived); }
    void put(const domain::ConfigHash &hash, Body body);
    /// The body, or null: then it is being fetched, and `arrived` tells when it is here.
    [[nodiscard]] Body get(const domain::ConfigHash &hash);
    /// The body if it is in memory, or null: nothing is fetched.
    [[nodiscard]] Body peek(const domain::ConfigHash &hash) const { return m_bodies.value(hash); }
    /// Drops what is not in @p wanted.
    void keepOnly(const QSet<domain::ConfigHash> &wanted);

private:
    Fetch m_fetch;
    Arrived m_arrived;
    QHash<domain::ConfigHash, Body> m_bodies;
    QSet<domain::ConfigHash> m_fetching;
};

} // namespace flowgate::app
