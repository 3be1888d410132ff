// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/gatewayjson.h"

#include "domain/liveness.h"
#include "domain/standing.h"
#include "domain/wavetext.h"

namespace flowgate::app {

using domain::word;

namespace {

QJsonValue timeOrNull(domain::WallTime time)
{
    return time == domain::WallTime{} ? QJsonValue(QJsonValue::Null) : QJsonValue(domain::rfc3339(time));
}

QJsonValue textOrNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}

QJsonValue nanoOrNull(quint64 nanoseconds)
{
    const auto time = domain::plausibleUnixNano(nanoseconds);
    return time ? timeOrNull(*time) : QJsonValue(QJsonValue::Null);
}

/// A start time that cannot be one, as it was reported; null for any other.
QJsonValue implausibleOrNull(quint64 nanoseconds)
{
    const bool isPlausible = nanoseconds == 0 || domain::plausibleUnixNano(nanoseconds);
    return isPlausible ? QJsonValue(QJsonValue::Null) : QJsonValue(QString::number(nanoseconds));
}

QJsonObject refJson(const domain::ConfigRef &ref)
{
    return {{QStringLiteral("config"), ref.config},
            {QStringLiteral("version"), ref.version},
            {QStringLiteral("hash"), ref.hash.hex()}};
}

QString statusWord(domain::ApplyStatus status)
{
    switch (status) {
    case domain::ApplyStatus::Unset:
        return QStringLiteral("unset");
    case domain::ApplyStatus::Applied:
        return QStringLiteral("applied");
    case domain::ApplyStatus::Applying:
        return QStringLiteral("applying");
    case domain::ApplyStatus::Failed:
        return QStringLiteral("failed");
    }
    return QStringLiteral("unknown(%1)").arg(static_cast<int>(status));
}

QJsonValue admittedJson(const domain::Gateway &gateway)
{
    if (!gateway.admitted)
        return QJsonValue::Null;
    return QJsonObject{{QStringLiteral("by"), word(gateway.admitted->by)},
                       {QStringLiteral("token"), textOrNull(gateway.admitted->token)},
                       {QStringLiteral("at"), timeOrNull(gateway.admitted->at)}};
}

/// What was reported last, whatever became of the gateway since.
QJsonValue lastReportedJson(const domain::Gateway &gateway)
{
    if (!gateway.healthReport)
        return QJsonValue::Null;
    const domain::ComponentHealth &report = gateway.healthReport->value;
    return QJsonObject{{QStringLiteral("healthy"), report.healthy},
                       {QStringLiteral("status"), textOrNull(report.status)},
                       {QStringLiteral("error"), textOrNull(domain::deepestError(report))},
                       {QStringLiteral("at"), timeOrNull(gateway.healthReport->at)}};
}

QJsonObject healthJson(const domain::Gateway &gateway, bool withComponents)
{
    QJsonObject health{{QStringLiteral("state"), word(gateway.health.state)},
                       {QStringLiteral("since"), timeOrNull(gateway.health.since)},
                       {QStringLiteral("observed_at"), QJsonValue::Null},
                       {QStringLiteral("started_at"), QJsonValue::Null},
                       {QStringLiteral("implausible_start"), QJsonValue::Null},
                       {QStringLiteral("error"), textOrNull(gateway.health.why)},
                       {QStringLiteral("last_reported"), lastReportedJson(gateway)}};
    if (gateway.healthReport) {
        const domain::ComponentHealth &report = gateway.healthReport->value;
        health[QStringLiteral("observed_at")] = timeOrNull(gateway.healthReport->at);
        health[QStringLiteral("started_at")] = nanoOrNull(report.startTimeUnixNano);
        health[QStringLiteral("implausible_start")] = implausibleOrNull(report.startTimeUnixNano);
        health[QStringLiteral("stale")] = !domain::isHealthCurrent(gateway);
    }
    if (withComponents) {
        health[QStringLiteral("components")] =
            gateway.healthReport ? toJson(gateway.healthReport->value).value(QStringLiteral("components"))
                                 : QJsonValue(QJsonObject());
    }
    return health;
}

QJsonValue effectiveJson(const domain::Gateway &gateway)
{
    if (!gateway.effective)
        return QJsonValue::Null;
    QJsonObject object{{QStringLiteral("hash"), gateway.effective->value.hash.hex()},
                       {QStringLiteral("observed_at"), timeOrNull(gateway.effective->at)},
                       {QStringLiteral("stale"), gateway.effective->stale},
                       {QStringLiteral("files"), QJsonArray::fromStringList(gateway.effective->value.files)},
                       {QStringLiteral("contains_wanted"), QJsonValue::Null},
                       {QStringLiteral("not_compared"), QJsonValue::Null},
                       {QStringLiteral("not_comparable"), QJsonValue::Null},
                       {QStringLiteral("differences"), QJsonArray()}};
    const auto &containment = gateway.containment;
    if (containment && gateway.wanted && containment->wanted == gateway.wanted->hash &&
        containment->effective == gateway.effective->value.hash) {
        QJsonArray differences;
        for (const domain::ConfigDifference &difference : containment->differences) {
            differences.append(QJsonObject{{QStringLiteral("path"), difference.path},
                                           {QStringLiteral("wanted"), difference.wanted},
                                           {QStringLiteral("effective"), difference.effective.isNull()
                                                                             ? QJsonValue(QJsonValue::Null)
                                                                             : QJsonValue(difference.effective)}});
        }
        if (containment->isCompared()) {
            object[QStringLiteral("contains_wanted")] = containment->contains;
            object[QStringLiteral("not_compared")] = containment->notCompared;
        } else {
            object[QStringLiteral("not_comparable")] = containment->why;
        }
        object[QStringLiteral("differences")] = differences;
    }
    return object;
}

QJsonObject configJson(const domain::Gateway &gateway)
{
    QJsonObject config{{QStringLiteral("state"), word(gateway.config.state)},
                       {QStringLiteral("since"), timeOrNull(gateway.config.since)},
                       {QStringLiteral("why"), textOrNull(gateway.config.why)},
                       {QStringLiteral("wanted"), QJsonValue::Null},
                       {QStringLiteral("reported"), QJsonValue::Null},
                       {QStringLiteral("effective"), effectiveJson(gateway)},
                       {QStringLiteral("last_proven"), QJsonValue::Null},
                       {QStringLiteral("last_failed"), QJsonValue::Null}};
    if (gateway.wanted)
        config[QStringLiteral("wanted")] = refJson(*gateway.wanted);
    if (gateway.remoteConfig) {
        const domain::RemoteConfigStatus &status = gateway.remoteConfig->value;
        config[QStringLiteral("reported")] =
            QJsonObject{{QStringLiteral("hash"), textOrNull(status.hash.hex())},
                        {QStringLiteral("status"), statusWord(status.status)},
                        {QStringLiteral("error"), textOrNull(status.error)},
                        {QStringLiteral("observed_at"), timeOrNull(gateway.remoteConfig->at)},
                        {QStringLiteral("stale"), gateway.remoteConfig->stale}};
    }
    if (gateway.lastProven)
        config[QStringLiteral("last_proven")] = refJson(*gateway.lastProven);
    if (gateway.lastFailed) {
        QJsonObject failed = refJson(gateway.lastFailed->ref);
        failed[QStringLiteral("error")] = textOrNull(gateway.lastFailed->error);
        failed[QStringLiteral("at")] = timeOrNull(gateway.lastFailed->at);
        config[QStringLiteral("last_failed")] = failed;
    }
    return config;
}

QJsonObject componentsJson(const std::map<QString, domain::ComponentDetails> &components)
{
    QJsonObject object;
    for (const auto &[name, details] : components) {
        QJsonObject component{{QStringLiteral("metadata"), attributesJson(details.metadata)}};
        if (!details.components.empty())
            component.insert(QStringLiteral("components"), componentsJson(details.components));
        object.insert(name, component);
    }
    return object;
}

} // namespace

QJsonObject presenceJson(const domain::Gateway &gateway)
{
    const domain::Presence &presence = gateway.presence;
    const auto interval = domain::pollInterval(gateway);
    return {{QStringLiteral("state"), word(presence.state)},
            {QStringLiteral("since"), timeOrNull(presence.since)},
            {QStringLiteral("why"), textOrNull(presence.why)},
            {QStringLiteral("last_seen"), timeOrNull(presence.lastSeen)},
            {QStringLiteral("transport"),
             presence.transport == domain::Transport::Http ? QStringLiteral("http") : QStringLiteral("ws")},
            {QStringLiteral("peer"), textOrNull(presence.peer)},
            {QStringLiteral("token"), textOrNull(presence.token)},
            {QStringLiteral("on_bootstrap"), presence.onBootstrap},
            {QStringLiteral("poll_interval_s"),
             interval ? QJsonValue(static_cast<double>(interval->count()) / 1000) : QJsonValue(QJsonValue::Null)}};
}

QJsonObject attributesJson(const domain::Attributes &attributes)
{
    QJsonObject object;
    for (const domain::Attribute &attribute : attributes) {
        if (!object.contains(attribute.key)) // the first of repeated keys counts
            object.insert(attribute.key, domain::attributeText(attribute.value));
    }
    return object;
}

QJsonObject toJson(const domain::ComponentHealth &health)
{
    QJsonObject components;
    for (const auto &[name, child] : health.components)
        components.insert(name, toJson(child));
    return {{QStringLiteral("healthy"), health.healthy},
            {QStringLiteral("status"), textOrNull(health.status)},
            {QStringLiteral("error"), textOrNull(health.lastError)},
            {QStringLiteral("at"), nanoOrNull(health.statusTimeUnixNano)},
            {QStringLiteral("components"), components}};
}

QJsonObject healthTreeJson(const domain::Gateway &gateway)
{
    QJsonObject tree = toJson(gateway.healthReport->value);
    tree[QStringLiteral("stale")] = !domain::isHealthCurrent(gateway);
    tree[QStringLiteral("observed_at")] = timeOrNull(gateway.healthReport->at);
    tree[QStringLiteral("presence")] = QJsonObject{{QStringLiteral("state"), word(gateway.presence.state)},
                                                   {QStringLiteral("since"), timeOrNull(gateway.presence.since)}};
    return tree;
}

QJsonObject toJson(const domain::AvailableComponents &available)
{
    QJsonObject sections; // no components themselves
    for (const auto &[name, section] : available.components)
        sections.insert(name, componentsJson(section.components));
    return {{QStringLiteral("hash"), available.hash.hex()}, {QStringLiteral("components"), sections}};
}

QJsonObject toJson(const domain::Gateway &gateway, bool withComponents)
{
    QJsonObject labels;
    for (auto label = gateway.labels.begin(); label != gateway.labels.end(); ++label)
        labels.insert(label.key(), label.value());
    const domain::AgentDescription description =
        gateway.description ? gateway.description->value : domain::AgentDescription{};
    return {{QStringLiteral("id"), domain::uuidText(gateway.id)},
            {QStringLiteral("name"), domain::displayName(gateway)},
            {QStringLiteral("admission"), word(gateway.admission)},
            {QStringLiteral("admitted"), admittedJson(gateway)},
            {QStringLiteral("presence"), presenceJson(gateway)},
            {QStringLiteral("health"), healthJson(gateway, withComponents)},
            {QStringLiteral("config"), configJson(gateway)},
            {QStringLiteral("attributes"),
             QJsonObject{{QStringLiteral("identifying"), attributesJson(description.identifying)},
                         {QStringLiteral("non_identifying"), attributesJson(description.nonIdentifying)}}},
            {QStringLiteral("labels"), labels},
            {QStringLiteral("capabilities"), QJsonArray::fromStringList(gateway.capabilities.names())},
            {QStringLiteral("first_seen"), timeOrNull(gateway.firstSeen)},
            {QStringLiteral("restarts"), gateway.restarts}};
}

QJsonObject toJson(const domain::Rollout &rollout, const std::function<QString(const domain::GatewayId &)> &nameOf)
{
    const QStringList waves = domain::wavesText(rollout.options.waves).split(u',', Qt::SkipEmptyParts);
    QJsonArray targets;
    for (const domain::RolloutTarget &target : rollout.targets) {
        QJsonArray seen;
        for (const domain::Sighting &sighting : target.seen)
            seen.append(
                QJsonObject{{QStringLiteral("at"), timeOrNull(sighting.at)}, {QStringLiteral("what"), sighting.what}});
        QJsonObject object{{QStringLiteral("gateway"), domain::uuidText(target.gateway)},
                           {QStringLiteral("name"), textOrNull(nameOf(target.gateway))},
                           {QStringLiteral("wave"), target.wave},
                           {QStringLiteral("step"), word(target.step)},
                           {QStringLiteral("since"), timeOrNull(target.since)},
                           {QStringLiteral("error"), textOrNull(target.error)},
                           {QStringLiteral("back"), target.back && target.backStep != domain::BackStep::None
                                                        ? QJsonValue(refJson(*target.back))
                                                        : QJsonValue(QJsonValue::Null)},
                           {QStringLiteral("seen"), seen}};
        targets.append(object);
    }
    return {{QStringLiteral("id"), rollout.id},
            {QStringLiteral("config"), rollout.ref.config},
            {QStringLiteral("version"), rollout.ref.version},
            {QStringLiteral("hash"), rollout.ref.hash.hex()},
            {QStringLiteral("selector"), rollout.selector},
            {QStringLiteral("state"), word(rollout.state)},
            {QStringLiteral("in_force"), rollout.inForce},
            {QStringLiteral("created_at"), timeOrNull(rollout.createdAt)},
            {QStringLiteral("by"), textOrNull(rollout.by)},
            {QStringLiteral("wave"), rollout.wave},
            {QStringLiteral("waves"), QJsonArray::fromStringList(waves)},
            {QStringLiteral("soak_s"), double(rollout.options.soak.count()) / 1000},
            {QStringLiteral("timeout_s"), double(rollout.options.timeout.count()) / 1000},
            {QStringLiteral("targets"), targets}};
}

QJsonObject toJson(const domain::Span &span)
{
    return {{QStringLiteral("kind"), word(span.kind)},
            {QStringLiteral("state"), span.state},
            {QStringLiteral("from"), timeOrNull(span.from)},
            {QStringLiteral("to"), span.to ? timeOrNull(*span.to) : QJsonValue(QJsonValue::Null)},
            {QStringLiteral("detail"), textOrNull(span.detail)},
            {QStringLiteral("part"), textOrNull(span.part)}};
}

QJsonObject toJson(const domain::Event &event)
{
    return {{QStringLiteral("at"), timeOrNull(event.at)},
            {QStringLiteral("kind"), event.kind},
            {QStringLiteral("gateway"),
             event.gateway ? QJsonValue(domain::uuidText(*event.gateway)) : QJsonValue(QJsonValue::Null)},
            {QStringLiteral("text"), event.text},
            {QStringLiteral("by"), textOrNull(event.by)}};
}

} // namespace flowgate::app
