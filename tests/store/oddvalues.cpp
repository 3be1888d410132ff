// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/store/oddvalues.h"

#include <limits>

namespace flowgate::testing {

using namespace domain;

QString OddValues::text()
{
    switch (below(12)) {
    case 0:
        return QString();
    case 1:
        return QStringLiteral("");
    case 2:
        return QString::fromUtf8("a\0b", 3);
    case 3:
        return QStringLiteral("\0");
    case 4:
        return QString::fromUtf8("\U0001F980 crab, \u05e9\u05dc\u05d5\u05dd, \u2028");
    case 5:
        return QStringLiteral("'; DROP TABLE gateways; --");
    case 6:
        return QStringLiteral("%1 ? :name \"quoted\"");
    case 7:
        return QString(3000, QChar(0x00fc));
    case 8:
        return QString(QChar(0xfdd0));
    default:
        return QStringLiteral("text-%1").arg(below(1000));
    }
}

QByteArray OddValues::bytes()
{
    switch (below(6)) {
    case 0:
        return {};
    case 1:
        return QByteArray("");
    case 2:
        return QByteArray("\0\0", 2);
    case 3:
        return QByteArray("\xff\xfe\0not utf-8", 12);
    case 4:
        return QByteArray(5000, '\0');
    default:
        return QByteArray::number(below(100'000));
    }
}

WallTime OddValues::time()
{
    constexpr qint64 odd[] = {
        0, -1, 1, std::numeric_limits<qint64>::max(), std::numeric_limits<qint64>::min(), 1'795'478'400'123};
    return WallTime(milliseconds(odd[below(std::size(odd))]));
}

quint64 OddValues::natural()
{
    constexpr quint64 odd[] = {0, 1, 0x7fff'ffff'ffff'ffff, 0x8000'0000'0000'0000, ~0ULL, 42};
    return odd[below(std::size(odd))];
}

int OddValues::integer()
{
    constexpr int odd[] = {0, -1, 7, std::numeric_limits<int>::max(), std::numeric_limits<int>::min()};
    return odd[below(std::size(odd))];
}

GatewayId OddValues::id()
{
    QByteArray bytes(16, '\0');
    for (char &c : bytes)
        c = static_cast<char>(below(256));
    bytes[7] = '\0';
    return GatewayId(bytes);
}

ConfigHash OddValues::hash()
{
    return ConfigHash(below(8) == 0 ? QByteArray() : id().bytes() + id().bytes());
}

ConfigRef OddValues::ref()
{
    return {text(), integer(), hash()};
}

AttributeValue OddValues::attributeValue(int depth)
{
    AttributeValue value;
    switch (below(depth > 0 ? 8 : 6)) {
    case 0:
        break;
    case 1:
        value.data = text();
        break;
    case 2:
        value.data = flag();
        break;
    case 3:
        value.data = static_cast<qint64>(natural());
        break;
    case 4: {
        constexpr double odd[] = {0.0, 1.0, -0.1, 1e308, 5e-324, std::numeric_limits<double>::infinity()};
        value.data = odd[below(std::size(odd))];
        break;
    }
    case 5:
        value.data = bytes();
        break;
    case 6: {
        AttributeValue::List list;
        for (int i = below(4); i > 0; --i)
            list.push_back(attributeValue(depth - 1));
        value.data = std::move(list);
        break;
    }
    default:
        value.data = attributes(depth - 1);
        break;
    }
    return value;
}

Attributes OddValues::attributes(int depth)
{
    Attributes list;
    for (int i = below(5); i > 0; --i)
        list.push_back({text(), attributeValue(depth)});
    return list;
}

ComponentHealth OddValues::health(int depth)
{
    ComponentHealth node{flag(), natural(), text(), text(), natural(), {}};
    for (int i = depth > 0 ? below(4) : 0; i > 0; --i)
        node.components.emplace(text(), health(depth - 1));
    return node;
}

std::map<QString, ComponentDetails> OddValues::components(int depth)
{
    std::map<QString, ComponentDetails> list;
    for (int i = below(4); i > 0; --i) {
        ComponentDetails details{attributes(2), {}};
        if (depth > 0)
            details.components = components(depth - 1);
        list.emplace(text(), std::move(details));
    }
    return list;
}

ConfigSet OddValues::configSet()
{
    ConfigSet set;
    for (int i = below(5); i > 0; --i)
        set.files.emplace(text(), ConfigFile{bytes(), text()});
    return set;
}

Gateway OddValues::gateway()
{
    Gateway gateway;
    gateway.id = id();
    gateway.wireUid = bytes();
    gateway.firstSeen = time();
    gateway.restarts = integer();
    gateway.lastStartUnixNano = natural();
    gateway.sequence = maybe([&] { return natural(); });
    gateway.capabilities = Capabilities(natural());
    gateway.description = maybe([&] { return observed(description()); });
    gateway.healthReport = maybe([&] { return observed(health(3)); });
    gateway.effective = maybe([&] { return observed(EffectiveConfig{hash(), {text(), text()}}); });
    gateway.remoteConfig = maybe([&] {
        return observed(RemoteConfigStatus{hash(), static_cast<ApplyStatus>(below(9)), text()});
    });
    gateway.components = maybe([&] { return ComponentsHash(bytes()); });
    gateway.offeredConnection = ConnectionHash(bytes());
    gateway.admission = static_cast<Admission>(below(3));
    gateway.admitted = maybe([&] { return AdmissionGround{static_cast<AdmittedBy>(below(4)), text(), time()}; });
    for (int i = below(4); i > 0; --i)
        gateway.labels.insert(text(), text());
    gateway.wanted = maybe([&] { return ref(); });
    gateway.lastProven = maybe([&] { return ref(); });
    gateway.lastFailed = maybe([&] { return LastFailed{ref(), text(), time()}; });
    for (int i = below(4); i > 0; --i) {
        gateway.outcomes.insert(hash(),
                                OfferOutcome{static_cast<OfferOutcome::State>(below(5)), time(), time(), text()});
    }
    gateway.containment = maybe([&] {
        return Containment{hash(),   hash(),
                           flag(),   {{text(), text(), QString()}, {text(), text(), text()}},
                           below(5), static_cast<Comparison>(below(3)),
                           text(),   below(3)};
    });
    gateway.presence = {static_cast<PresenceState>(below(5)), time(), time(),
                        flag() ? Transport::WebSocket : Transport::Http, text()};
    gateway.startingSince = time();
    gateway.health = {static_cast<HealthState>(below(7)), time(), text()};
    gateway.config = {static_cast<ConfigState>(below(11)), time(), text()};
    return gateway;
}

Span OddValues::span(SpanKind kind)
{
    return {kind, text(), time(), {}, text()};
}

RolloutTarget OddValues::target()
{
    RolloutTarget target;
    target.gateway = id();
    target.wave = integer();
    target.step = static_cast<TargetStep>(below(11));
    target.since = time();
    target.error = text();
    target.sentAt = maybe([&] { return time(); });
    target.healthyFrom = maybe([&] { return time(); });
    target.back = maybe([&] { return ref(); });
    target.backStep = static_cast<BackStep>(below(4));
    target.backAt = time();
    for (int i = below(4); i > 0; --i)
        target.seen.push_back({time(), text()});
    return target;
}

Rollout OddValues::rollout()
{
    Rollout rollout;
    rollout.id = QString::fromLatin1(id().bytes().toHex());
    rollout.ref = ref();
    rollout.selector = text();
    rollout.options.waves.clear();
    for (int i = below(4); i > 0; --i)
        rollout.options.waves.push_back({integer(), flag()});
    rollout.options.soak = time().time_since_epoch();
    rollout.options.timeout = time().time_since_epoch();
    rollout.options.putBack = flag();
    rollout.options.force = flag();
    rollout.state = static_cast<RolloutState>(below(6));
    rollout.createdAt = time();
    rollout.by = text();
    rollout.wave = integer();
    rollout.inForce = flag();
    for (int i = below(5); i > 0; --i)
        rollout.targets.push_back(target());
    return rollout;
}

Event OddValues::event()
{
    return {0, time(), text(), maybe([&] { return id(); }), text(), text()};
}

} // namespace flowgate::testing
