// SPDX-License-Identifier: GPL-3.0-or-later
// What the desk can say of a config before it is sent anywhere.
#include "app/desk/commontypes.h"
#include "app/desk/desk.h"
#include "collector/check.h"

#include <algorithm>

namespace flowgate::app {

namespace {

/// What a rollout has to know of a config.
struct CheckedConfig
{
    collector::Problems problems;
    collector::Outline outline;
};

/// Starts a rollout of a config that was checked: the gateways are those that there are now.
void start(const Desk::Parts &parts, const RolloutWish &wish, const domain::ConfigRef &ref, const CheckedConfig &config,
           const Done<QString> &done)
{
    if (parts.library.isDeleted(ref.config)) // while it was checked
        return done(domain::unexpected(deleted(ref.config)));
    if (parts.library.marks(ref.config).archivedAt)
        return done(domain::unexpected(archived(ref.config)));
    const auto error = std::ranges::find(config.problems, collector::Severity::Error, &collector::Problem::severity);
    if (error != config.problems.end() && !wish.options.force)
        return done(failed(
            FailureCode::BadConfig,
            QStringLiteral("line %1: %2 (--force sends it all the same, as for a part that a gateway merges with "
                           "a file of its own)")
                .arg(error->line)
                .arg(error->text)));
    const auto plan = planRollout(parts.fleet, ref, config.outline, wish.selector);
    if (!plan)
        return done(domain::unexpected(plan.error()));
    const domain::WallTime now = parts.clock.now();
    domain::Rollout rollout;
    rollout.id = domain::uuidText(domain::GatewayId(domain::makeUuidV7(now.time_since_epoch().count())));
    rollout.ref = ref;
    rollout.selector = wish.selector;
    rollout.options = wish.options;
    rollout.createdAt = now;
    rollout.by = wish.by;
    rollout.targets = targetsOf(*plan, wish.options, now);
    parts.rollouts.start(std::move(rollout), done);
}

} // namespace

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
    m_parts.library.load(config, [this, done = std::move(done)](const Outcome<ConfigLibrary::Whole> &whole) {
        if (!whole)
            return done(domain::unexpected(whole.error()));
        m_parts.configPool.run<collector::Problems>(
            [files = whole->files](collector::Work &work) { return collector::check(files, {}, &work); }, done);
    });
}

void Desk::preview(const QString &config, const QString &selector, Done<std::vector<PlannedTarget>> done)
{
    m_parts.library.load(config, [this, selector, done = std::move(done)](const Outcome<ConfigLibrary::Whole> &whole) {
        if (!whole)
            return done(domain::unexpected(whole.error()));
        m_parts.configPool.run<collector::Outline>(
            [files = whole->files](collector::Work &) { return collector::outline(files); },
            [this, ref = whole->version.ref, selector, done](const Outcome<collector::Outline> &outline) {
                if (!outline)
                    return done(domain::unexpected(outline.error()));
                done(planRollout(m_parts.fleet, ref, *outline, selector));
            });
    });
}

void Desk::startRollout(const RolloutWish &wish, Done<QString> done)
{
    m_parts.library.load(wish.config, [this, wish, done = std::move(done)](const Outcome<ConfigLibrary::Whole> &whole) {
        if (!whole)
            return done(domain::unexpected(whole.error()));
        m_parts.configPool.run<CheckedConfig>(
            [files = whole->files](collector::Work &work) {
                const collector::ConfigTree tree = collector::readConfig(files, {}, &work);
                return CheckedConfig{collector::check(tree, {}, &work), collector::outline(tree)};
            },
            [this, wish, ref = whole->version.ref, done](const Outcome<CheckedConfig> &config) {
                if (!config)
                    return done(domain::unexpected(config.error()));
                start(m_parts, wish, ref, *config, done);
            });
    });
}

} // namespace flowgate::app
