// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commandserver.h"
#include "app/commands/gatewayjson.h"
#include "app/desk/desk.h"
#include "domain/wavetext.h"

#include <algorithm>

namespace flowgate::app {

namespace {

/// A list of texts, or one text with commas. Anything else is not a wave.
domain::Result<std::vector<domain::WaveSize>, domain::WaveError> wavesOf(const QJsonValue &given)
{
    if (!given.isArray())
        return domain::wavesFromText(given.toString());
    QStringList entries;
    for (const QJsonValue value : given.toArray())
        entries.append(value.toString());
    return domain::wavesFromEntries(entries);
}

/// What @p args leave out is as the settings say.
Outcome<RolloutWish> wishOf(const Desk &desk, const QJsonObject &args)
{
    RolloutWish wish;
    wish.options = desk.rolloutDefaults();
    wish.config = args.value(QStringLiteral("config")).toString();
    wish.selector = args.value(QStringLiteral("selector")).toString();
    const auto duration = [&](const QString &key, domain::milliseconds fallback) {
        const double ms = args.value(key).toDouble(double(fallback.count()));
        return domain::milliseconds(static_cast<qint64>(std::clamp(ms, 0.0, 8.64e7)));
    };
    wish.options.soak = duration(QStringLiteral("soak_ms"), wish.options.soak);
    wish.options.timeout = duration(QStringLiteral("timeout_ms"), wish.options.timeout);
    wish.options.putBack = args.value(QStringLiteral("rollback")).toBool(true);
    wish.options.force = args.value(QStringLiteral("force")).toBool();
    if (wish.options.timeout < domain::milliseconds(1000))
        return failed(FailureCode::BadArgument, QStringLiteral("--timeout must be a second or more"));
    if (const QJsonValue given = args.value(QStringLiteral("waves")); !given.isUndefined()) {
        const auto waves = wavesOf(given);
        if (!waves)
            return failed(FailureCode::BadArgument, QStringLiteral("waves: ") + domain::explanation(waves.error()));
        wish.options.waves = *waves;
    }
    return wish;
}

QJsonObject jsonOf(const Desk &desk, const domain::Rollout &rollout)
{
    return toJson(rollout, [&desk](const domain::GatewayId &id) {
        const domain::Gateway *gateway = desk.parts().fleet.find(id);
        return gateway ? domain::displayName(*gateway) : QString();
    });
}

QStringList errorsOf(const domain::Rollout &rollout)
{
    QStringList errors;
    for (const domain::RolloutTarget &target : rollout.targets) {
        if (!target.error.isEmpty() && target.step != domain::TargetStep::Waiting &&
            target.step != domain::TargetStep::Queued && target.step != domain::TargetStep::Unproven)
            errors.append(QStringLiteral("%1: %2").arg(domain::uuidText(target.gateway), target.error));
    }
    return errors;
}

/// The end of `--wait`: 0 only if every online target is proven or unproven.
void finishWaiting(const Desk &desk, const domain::Rollout &rollout, const Exchange &exchange)
{
    const auto count = [&](domain::TargetStep step) {
        return std::count_if(rollout.targets.begin(), rollout.targets.end(),
                             [step](const domain::RolloutTarget &target) { return target.step == step; });
    };
    if (const auto waiting = count(domain::TargetStep::Waiting); waiting > 0)
        exchange.note(QStringLiteral("%1 offline gateway(s) get it when they return").arg(waiting));
    if (const auto unproven = count(domain::TargetStep::Unproven); unproven > 0)
        exchange.note(QStringLiteral("%1 gateway(s) cannot report what a proof needs").arg(unproven));
    const QJsonObject result = jsonOf(desk, rollout);
    if (rollout.state == domain::RolloutState::Succeeded)
        return exchange.finish(result);
    if (rollout.state == domain::RolloutState::Running)
        return exchange.failWith(result, {FailureCode::NothingOnline, {}});
    const QStringList errors = errorsOf(rollout);
    exchange.failWith(
        result, {FailureCode::RolloutFailed,
                 QStringLiteral("the rollout is %1%2")
                     .arg(domain::word(rollout.state),
                          errors.isEmpty() ? QString() : QStringLiteral("; ") + errors.join(QStringLiteral("; ")))});
}

/// Ends with @p failure, behind all that `configs check` says of the config, in its words.
void failWithProblems(Desk &desk, const QString &config, const Failure &failure, const Exchange &exchange)
{
    const auto version = desk.parts().library.find(config);
    const QString name = version ? QStringLiteral("%1@%2").arg(version->ref.config).arg(version->ref.version) : config;
    desk.problems(config, [exchange, name, failure](const Outcome<collector::Problems> &problems) {
        for (const collector::Problem &problem : problems.value_or(collector::Problems{}))
            exchange.note(collector::problemLine(problem.file.isEmpty() ? name : name + u'/' + problem.file, problem));
        exchange.fail(failure);
    });
}

void start(Desk &desk, const QJsonObject &args, const Exchange &exchange)
{
    const auto wish = wishOf(desk, args);
    if (!wish)
        return exchange.fail(wish.error());
    const bool wait = args.value(QStringLiteral("wait")).toBool();
    desk.startRollout(*wish, [&desk, exchange, wait, config = wish->config](const Outcome<QString> &id) {
        if (!id && id.error().code == FailureCode::BadConfig)
            return failWithProblems(desk, config, id.error(), exchange);
        if (!id)
            return exchange.fail(id.error());
        if (!wait)
            return exchange.finish({{QStringLiteral("id"), *id}});
        if (!exchange.guard())
            return;
        desk.parts().rollouts.whenSettled(*id, exchange.guard(), [&desk, exchange](const domain::Rollout &rollout) {
            finishWaiting(desk, rollout, exchange);
        });
    });
}

void preview(Desk &desk, const QJsonObject &args, const Exchange &exchange)
{
    desk.preview(args.value(QStringLiteral("config")).toString(), args.value(QStringLiteral("selector")).toString(),
                 [exchange](const Outcome<std::vector<PlannedTarget>> &plan) {
                     if (!plan)
                         return exchange.fail(plan.error());
                     QJsonArray items;
                     for (const PlannedTarget &target : *plan)
                         items.append(
                             QJsonObject{{QStringLiteral("id"), domain::uuidText(target.gateway)},
                                         {QStringLiteral("name"), target.name},
                                         {QStringLiteral("verdict"), domain::word(target.judgement.verdict)},
                                         {QStringLiteral("reason"), target.judgement.reason.isEmpty()
                                                                        ? QJsonValue(QJsonValue::Null)
                                                                        : QJsonValue(target.judgement.reason)}});
                     exchange.finish({{QStringLiteral("items"), items}});
                 });
}

/// Finds the rollout that @p args name, by its id or a unique part of it, then goes on.
void withRollout(Desk &desk, const QJsonObject &args, const Exchange &exchange, std::function<void(QString)> then)
{
    desk.findRollout(args.value(QStringLiteral("id")).toString(),
                     [exchange, then = std::move(then)](const Outcome<QString> &id) {
                         if (!id)
                             return exchange.fail(id.error());
                         then(*id);
                     });
}

void show(Desk &desk, const QString &id, const Exchange &exchange)
{
    desk.rollout(id, [&desk, exchange](const Outcome<domain::Rollout> &rollout) {
        if (!rollout)
            return exchange.fail(rollout.error());
        exchange.finish(jsonOf(desk, *rollout));
    });
}

} // namespace

void addRolloutVerbs(CommandServer &server, Desk &desk)
{
    server.add(QStringLiteral("rollouts start"),
               [&desk](const QJsonObject &args, const Exchange &exchange) { start(desk, args, exchange); });
    server.add(QStringLiteral("rollouts preview"),
               [&desk](const QJsonObject &args, const Exchange &exchange) { preview(desk, args, exchange); });
    server.add(QStringLiteral("rollouts list"), [&desk](const QJsonObject &, const Exchange &exchange) {
        desk.rolloutList([&desk, exchange](const Outcome<std::vector<domain::Rollout>> &rollouts) {
            if (!rollouts)
                return exchange.fail(rollouts.error());
            QJsonArray items;
            for (const domain::Rollout &rollout : *rollouts)
                items.append(jsonOf(desk, rollout));
            exchange.finish({{QStringLiteral("items"), items}});
        });
    });
    server.add(QStringLiteral("rollouts show"), [&desk](const QJsonObject &args, const Exchange &exchange) {
        withRollout(desk, args, exchange, [&desk, exchange](const QString &id) { show(desk, id, exchange); });
    });
    const std::pair<QString, Desk::RolloutAct> acts[] = {
        {QStringLiteral("rollouts halt"), Desk::RolloutAct::Halt},
        {QStringLiteral("rollouts resume"), Desk::RolloutAct::Resume},
        {QStringLiteral("rollouts rollback"), Desk::RolloutAct::RollBack},
        {QStringLiteral("rollouts end"), Desk::RolloutAct::End},
    };
    for (const auto &[name, what] : acts) {
        server.add(name, [&desk, what = what](const QJsonObject &args, const Exchange &exchange) {
            withRollout(desk, args, exchange, [&desk, exchange, what](const QString &id) {
                desk.act(what, id, QStringLiteral("operator"), [&desk, exchange, id](const Outcome<Nothing> &outcome) {
                    if (!outcome)
                        return exchange.fail(outcome.error());
                    show(desk, id, exchange);
                });
            });
        });
    }
}

} // namespace flowgate::app
