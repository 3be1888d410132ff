// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desk/desk.h"
#include "collector/adopt.h"

#include <algorithm>

namespace flowgate::app {

namespace {

void save(const Desk::Parts &parts, const AdoptWish &wish, const QString &from, const collector::AdoptedConfig &taken,
          const Done<Adopted> &done)
{
    const auto error = std::ranges::find(taken.problems, collector::Severity::Error, &collector::Problem::severity);
    if (error != taken.problems.end())
        return done(failed(FailureCode::BadConfig, error->text));
    if (parts.library.all().contains(wish.name)) // while it was taken apart
        return done(failed(FailureCode::Conflict,
                           QStringLiteral("a config is called '%1' already; choose another name").arg(wish.name)));
    Adopted adopted;
    for (const collector::AdoptedSecret &secret : taken.secrets)
        adopted.secrets.push_back({secret.path, secret.variable, wish.secrets.contains(secret.path)});
    domain::ConfigSet files;
    files.files[wish.name + QStringLiteral(".yaml")].body = taken.text;
    const QString message = QStringLiteral("what %1 reported to run").arg(from);
    parts.library.add(wish.name, files, message, QStringLiteral("operator"),
                      [adopted, done](const Outcome<ConfigLibrary::Added> &added) mutable {
                          if (!added)
                              return done(domain::unexpected(added.error()));
                          adopted.ref = added->ref;
                          done(std::move(adopted));
                      });
}

} // namespace

void Desk::adopt(const AdoptWish &wish, Done<Adopted> done)
{
    const domain::Gateway *gateway = m_parts.fleet.find(wish.gateway);
    if (!gateway)
        return done(failed(FailureCode::GatewayNotFound, domain::uuidText(wish.gateway)));
    if (m_parts.library.all().contains(wish.name))
        return done(failed(FailureCode::Conflict,
                           QStringLiteral("a config is called '%1' already; choose another name").arg(wish.name)));
    const QString from = domain::displayName(*gateway);
    effective(wish.gateway, [this, wish, from, done](const Outcome<domain::ConfigSet> &effective) {
        if (!effective)
            return done(domain::unexpected(effective.error()));
        m_parts.configPool.run<collector::AdoptedConfig>(
            [effective = *effective, secrets = wish.secrets](collector::Work &) {
                return collector::adopt(collector::shippedSchema(), effective, secrets);
            },
            [this, wish, from, done](const Outcome<collector::AdoptedConfig> &taken) {
                if (!taken)
                    return done(domain::unexpected(taken.error()));
                save(m_parts, wish, from, *taken, done);
            });
    });
}

} // namespace flowgate::app
