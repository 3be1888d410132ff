// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desk/commontypes.h"

#include <set>
#include <utility>

namespace flowgate::app {

QHash<QString, QStringList> commonTypes(const Fleet &fleet, const QString &config)
{
    // Most gateways share a list: it is read once.
    std::set<std::shared_ptr<const domain::AvailableComponents>> targeted;
    std::set<std::shared_ptr<const domain::AvailableComponents>> all;
    for (const domain::Gateway &gateway : fleet.gateways()) {
        const auto available = fleet.componentsOf(gateway);
        if (!available || available->components.empty())
            continue;
        all.insert(available);
        if (gateway.wanted && gateway.wanted->config == config)
            targeted.insert(available);
    }
    QHash<QString, QStringList> types;
    bool first = true;
    for (const auto &available : targeted.empty() ? all : targeted) {
        QHash<QString, QStringList> its;
        for (const auto &[section, details] : available->components) {
            for (const auto &[type, more] : details.components)
                its[section].append(type);
        }
        if (std::exchange(first, false)) {
            types = std::move(its);
            continue;
        }
        for (auto it = types.begin(); it != types.end(); ++it) {
            const QStringList here = its.value(it.key());
            it->removeIf([&here](const QString &type) { return !here.contains(type); });
        }
    }
    return types;
}

} // namespace flowgate::app
