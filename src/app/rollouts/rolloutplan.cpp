// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/rollouts/rolloutplan.h"

#include "domain/rolloutturn.h"

#include <algorithm>

namespace flowgate::app {

namespace {

/// What gateways lack of a config, found once for each list of components: many gateways have the same.
class Lacking
{
public:
    Lacking(const Fleet &fleet, const collector::Outline &outline)
        : m_fleet(fleet)
        , m_outline(outline)
    {
    }

    /// "receivers/kafka (line 6)" of each that the gateway is not built with.
    [[nodiscard]] QStringList in(const domain::Gateway &gateway)
    {
        const auto available = m_fleet.componentsOf(gateway);
        if (!available)
            return {};
        const auto known = m_known.constFind(available.get());
        return known != m_known.constEnd() ? *known : *m_known.insert(available.get(), find(*available));
    }

private:
    [[nodiscard]] QStringList find(const domain::AvailableComponents &available) const
    {
        QStringList missing;
        for (const collector::MissingComponent &component :
             collector::missingComponents(m_outline, available).value_or(std::vector<collector::MissingComponent>())) {
            const QString place = m_outline.files > 1 ? QStringLiteral("%1:%2").arg(component.file).arg(component.line)
                                                      : QStringLiteral("line %1").arg(component.line);
            missing.append(
                QStringLiteral("%1/%2 (%3)").arg(collector::sectionName(component.kind), component.type, place));
        }
        return missing;
    }

    const Fleet &m_fleet;
    const collector::Outline &m_outline;
    QHash<const domain::AvailableComponents *, QStringList> m_known;
};

} // namespace

QString selectorErrorText(const domain::SelectorError &error)
{
    using Kind = domain::SelectorError::Kind;
    const QString at = QStringLiteral(" at character %1").arg(error.position + 1);
    switch (error.kind) {
    case Kind::Empty:
        return QStringLiteral("it is empty; say 'all' for all gateways");
    case Kind::KeyExpected:
        return QStringLiteral("a key is missing") + at;
    case Kind::OperatorExpected:
        return QStringLiteral("expected =, !=, in or notin") + at;
    case Kind::ValueExpected:
        return QStringLiteral("a value is missing") + at;
    case Kind::OpenQuote:
        return QStringLiteral("the closing quote is missing");
    case Kind::OpenList:
        return QStringLiteral("expected ',' or ')'") + at;
    case Kind::TooLong:
        return QStringLiteral("it is longer than %1 characters").arg(domain::Selector::longest);
    case Kind::CommaExpected:
        return QStringLiteral("expected ','") + at;
    }
    return {};
}

Outcome<std::vector<PlannedTarget>> planRollout(const Fleet &fleet, const domain::ConfigRef &ref,
                                                const collector::Outline &outline, const QString &selectorText)
{
    const auto selector = domain::Selector::parse(selectorText);
    if (!selector)
        return failed(FailureCode::BadSelector, selectorErrorText(selector.error()));
    Lacking lacking(fleet, outline);
    std::vector<PlannedTarget> plan;
    for (const domain::Gateway &gateway : fleet.gateways()) {
        if (!selector->matches(gateway))
            continue;
        plan.push_back({gateway.id, domain::displayName(gateway),
                        gateway.presence.state == domain::PresenceState::Connected,
                        domain::judge(gateway, ref, lacking.in(gateway))});
    }
    if (plan.empty())
        return failed(FailureCode::NoMatch, selectorText);
    std::sort(plan.begin(), plan.end(), [](const PlannedTarget &a, const PlannedTarget &b) {
        return std::tie(a.name, a.gateway) < std::tie(b.name, b.gateway);
    });
    return plan;
}

std::vector<domain::RolloutTarget> targetsOf(const std::vector<PlannedTarget> &plan,
                                             const domain::RolloutOptions &options, domain::WallTime now)
{
    std::vector<domain::RolloutTarget> targets;
    std::vector<domain::RolloutTarget> skipped;
    for (const bool connected : {true, false}) {
        for (const PlannedTarget &planned : plan) {
            if (planned.connected != connected)
                continue;
            domain::RolloutTarget target;
            target.gateway = planned.gateway;
            target.since = now;
            if (domain::isBlocking(planned.judgement.verdict) && !options.force) {
                target.step = domain::TargetStep::Skipped;
                target.error =
                    domain::word(planned.judgement.verdict) + QStringLiteral(": ") + planned.judgement.reason;
                skipped.push_back(target);
            } else {
                targets.push_back(target);
            }
        }
    }
    const std::vector<int> waves = domain::assignWaves(static_cast<int>(targets.size()), options.waves);
    for (size_t i = 0; i < targets.size(); ++i)
        targets[i].wave = waves[i];
    for (domain::RolloutTarget &target : skipped) {
        target.wave = 1;
        targets.push_back(std::move(target));
    }
    return targets;
}

} // namespace flowgate::app
