// SPDX-License-Identifier: GPL-3.0-or-later
// What the desk can say of a config before it is sent anywhere.
#include "app/desk/commontypes.h"
#include "app/desk/desk.h"
#include "collector/check.h"

namespace flowgate::app {

Outcome<std::shared_ptr<const domain::AvailableComponents>> Desk::components(const domain::GatewayId &id) const
{
    const domain::Gateway *gateway = m_parts.fleet.find(id);
    if (!gateway)
        return failed(FailureCode::GatewayNotFound, domain::uuidText(id));
    auto available = m_parts.fleet.componentsOf(*gateway);
    if (!available || available->components.empty())
        return failed(FailureCode::NotReported, QStringLiteral("the components that it is built with"));
    return available;
}

QHash<QString, QStringList> Desk::commonTypes(const QString &config) const
{
    return app::commonTypes(m_parts.fleet, config);
}

void Desk::problems(const QString &config, Done<collector::Problems> done)
{
    m_parts.library.load(config, [done = std::move(done)](const Outcome<ConfigLibrary::Whole> &whole) {
        if (!whole)
            return done(domain::unexpected(whole.error()));
        done(collector::check(whole->files));
    });
}

} // namespace flowgate::app
