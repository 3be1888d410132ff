// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/store/samplevalues.h"

namespace flowgate::testing {

using namespace domain;
using namespace store;

namespace {

WallTime at(qint64 ms)
{
    return WallTime(milliseconds(1'795'478'400'000 + ms));
}

ConfigSet file(const char *name, const char *body)
{
    ConfigSet set;
    set.files.emplace(QLatin1StringView(name), ConfigFile{body, QStringLiteral("text/yaml")});
    return set;
}

ConfigVersion version(int number, const ConfigSet &files)
{
    return {{QStringLiteral("base"), number, canonicalHash(files)},
            QStringLiteral("version %1").arg(number),
            QStringLiteral("operator"),
            at(number)};
}

Gateway fullGateway(const Sample &sample)
{
    Gateway gateway;
    gateway.id = GatewayId(QByteArray::fromHex("01a20a40b8477c64a967500bd08305b3"));
    gateway.wireUid = gateway.id.bytes();
    gateway.firstSeen = at(10);
    gateway.restarts = 2;
    gateway.lastStartUnixNano = 1'795'478'400'123'456'789;
    gateway.sequence = ~0ULL;
    gateway.capabilities = Capabilities(32199 | (1ULL << 63));
    gateway.description =
        Observed<AgentDescription>{{{{QStringLiteral("service.name"), {QStringLiteral("otelcol-contrib")}}},
                                    {{QStringLiteral("host.name"), {QStringLiteral("lab-1")}},
                                     {QStringLiteral("bytes"), {QByteArray("\0\xff", 2)}},
                                     {QStringLiteral("number"), {qint64(1)}},
                                     {QStringLiteral("real"), {1.0}},
                                     {QStringLiteral("list"), {AttributeValue::List{{true}, {std::monostate{}}}}}}},
                                   at(20),
                                   true};
    ComponentHealth health{true, 1, {}, QStringLiteral("StatusOK"), 2, {}};
    health.components[QStringLiteral("pipeline:logs")] = {false, 0, QStringLiteral("refused"), {}, ~0ULL, {}};
    gateway.healthReport = Observed<ComponentHealth>{health, at(21), false};
    gateway.effective = Observed<EffectiveConfig>{{canonicalHash(sample.effective), {QString()}}, at(22), false};
    const ConfigRef first = sample.versions[0].first.ref;
    const ConfigRef second = sample.versions[1].first.ref;
    gateway.remoteConfig = Observed<RemoteConfigStatus>{
        {second.hash, ApplyStatus::Failed, QStringLiteral("no such receiver")}, at(23), false};
    gateway.components = sample.components.hash;
    gateway.admission = Admission::Approved;
    gateway.labels = {{QStringLiteral("env"), QStringLiteral("lab")}, {QStringLiteral("retired"), QString()}};
    gateway.wanted = first;
    gateway.lastProven = first;
    gateway.lastFailed = LastFailed{second, QStringLiteral("no such receiver"), at(24)};
    gateway.outcomes = {
        {first.hash, {OfferOutcome::State::Applied, at(11), at(12), {}}},
        {second.hash, {OfferOutcome::State::Failed, at(13), at(14), QStringLiteral("no such receiver")}}};
    gateway.containment =
        Containment{first.hash,
                    canonicalHash(sample.effective),
                    false,
                    {{QStringLiteral("exporters/otlp/endpoint"), QStringLiteral("a:4317"), QString()}}};
    gateway.presence = {PresenceState::Connected, at(10), at(30), Transport::Http, QStringLiteral("127.0.0.1:51234")};
    gateway.startingSince = at(10);
    gateway.health = {HealthState::Unhealthy, at(25), QStringLiteral("refused")};
    gateway.config = {ConfigState::Drifted, at(26), {}};
    return gateway;
}

Rollout fullRollout(const Sample &sample)
{
    Rollout rollout;
    rollout.id = QStringLiteral("0d3f8a3e-6d0c-4c57-8a52-1f2f6f8c0001");
    rollout.ref = sample.versions[1].first.ref;
    rollout.selector = QStringLiteral("env=lab");
    rollout.options.soak = milliseconds(5000);
    rollout.options.force = true;
    rollout.state = RolloutState::Halted;
    rollout.createdAt = at(40);
    rollout.by = QStringLiteral("operator");
    RolloutTarget target;
    target.gateway = sample.gateways[0].id;
    target.wave = 1;
    target.step = TargetStep::Failed;
    target.since = at(41);
    target.error = QStringLiteral("no such receiver");
    target.sentAt = at(40);
    target.back = sample.versions[0].first.ref;
    target.backStep = BackStep::Sent;
    target.backAt = at(42);
    target.seen = {{at(41), QStringLiteral("failed")}};
    rollout.targets = {target};
    return rollout;
}

} // namespace

Sample sample()
{
    Sample sample;
    const ConfigSet first = file("base.yaml", "receivers:\n  nop:\n");
    ConfigSet second = first;
    second.files.emplace(QStringLiteral("extra.yaml"), ConfigFile{"# \xff not UTF-8\n", {}});
    sample.versions = {{version(1, first), first}, {version(2, second), second}};
    sample.effective = file("", "receivers:\n  nop: {}\n");
    sample.components = {ComponentsHash(QByteArray("components")), {}};
    sample.components.components[QStringLiteral("receivers")].components[QStringLiteral("nop")].metadata = {
        {QStringLiteral("code.namespace"), {QStringLiteral("go.opentelemetry.io/nopreceiver")}}};
    Gateway bare;
    bare.id = GatewayId(QByteArray(16, '\xff'));
    sample.gateways = {fullGateway(sample), bare};
    const GatewayId id = sample.gateways[0].id;
    sample.spans = {{id, {SpanKind::Presence, QStringLiteral("connected"), at(10), {}, {}}},
                    {id, {SpanKind::Health, QStringLiteral("starting"), at(10), at(25), {}}},
                    {id, {SpanKind::Health, QStringLiteral("unhealthy"), at(25), {}, QStringLiteral("refused")}}};
    sample.rollout = fullRollout(sample);
    sample.events = {
        {1, at(1), QStringLiteral("config_saved"), {}, QStringLiteral("base 1"), QStringLiteral("operator")},
        {2, at(10), QStringLiteral("gateway_connected"), id, QString(), QStringLiteral("gateway")}};
    sample.settings = {{QStringLiteral("retention.events"), QStringLiteral("90d")}};
    sample.run = {at(0), at(50)};
    return sample;
}

Outcome<void> write(Database &database, const Sample &sample)
{
    Outcome<void> done;
    const auto also = [&done](auto result) {
        if (done && !result)
            done = domain::unexpected(result.error());
    };
    for (const auto &[version, files] : sample.versions)
        also(database.configs.add(version, files));
    also(database.blobs.put(canonicalHash(sample.effective), sample.effective, at(22)));
    for (const Gateway &gateway : sample.gateways)
        also(database.gateways.put(gateway));
    for (const auto &[gateway, span] : sample.spans)
        also(database.spans.insert(gateway, span));
    also(database.rollouts.put(sample.rollout));
    also(database.components.put(sample.components));
    for (const Event &event : sample.events)
        also(database.events.append(event));
    for (const auto &[key, value] : sample.settings)
        also(database.settings.set(key, value));
    also(database.observer.touch(sample.run.from, sample.run.until));
    return done;
}

} // namespace flowgate::testing
