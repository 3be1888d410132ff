// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"
#include "domain/linkwatch.h"

#include <QHash>
#include <QSet>

namespace flowgate::app {

/// The links of those gateways whose connections broke or were replaced a short time ago.
/// @thread io
class Links
{
public:
    using Flapping = domain::LinkWatch::Flapping;

    /// The connection of @p id broke.
    void broke(const domain::GatewayId &id) { m_broken.insert(id); }
    /// @p id came on a new connection.
    /// @param replaces  its old one is still open
    /// @param countsOn  it is the same agent, by its number
    /// @return what is to be told
    [[nodiscard]] std::optional<Flapping> cameBack(const domain::GatewayId &id, bool replaces, bool countsOn,
                                                   domain::milliseconds now);
    /// Who does not flap any more since the last call. Call it each second.
    [[nodiscard]] std::vector<std::pair<domain::GatewayId, Flapping>> takeCalm(domain::milliseconds now);
    void forget(const domain::GatewayId &id);

private:
    QSet<domain::GatewayId> m_broken;
    QHash<domain::GatewayId, domain::LinkWatch> m_watches;
};

} // namespace flowgate::app
