// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleetsim/simulatedgateway.h"

#include <QTest>

using namespace flowgate;
using namespace flowgate::fleetsim;
using namespace std::chrono_literals;
using domain::ApplyStatus;

namespace {

const char good[] = "exporters: {debug: {verbosity: detailed}}";
const char bad[] = "receivers: {nosuch: }";

Profile profileWith(Character character)
{
    Profile profile = profileOf(0, 1, Behaviour::Good);
    profile.character = character;
    return profile;
}

/// One gateway with a clock that is moved by hand, and all that it said.
struct Bench
{
    explicit Bench(Character character, const Timing &timing = {})
        : gateway(profileWith(character), timing)
    {
    }

    void keep(SimulatedGateway::Messages messages)
    {
        for (auto &message : messages)
            said.push_back(std::move(message));
    }
    void connect() { keep(gateway.connected(now)); }
    void receive(ServerMessage message)
    {
        message.instanceUid = gateway.profile().uid.bytes();
        keep(gateway.received(message, now));
    }
    void offer(const QByteArray &body, const char *hash)
    {
        ServerMessage message;
        message.offer.emplace().hash = domain::ConfigHash(hash);
        if (!body.isNull())
            message.offer->config.files[QString()] = {body, {}};
        receive(message);
    }
    /// Lets time pass, step by step as nextDue() says.
    void pass(domain::milliseconds time)
    {
        const auto until = now.awake + time;
        while (const auto due = gateway.nextDue()) {
            if (*due > until)
                break;
            moveTo(std::max(*due, now.awake));
            keep(gateway.advance(now));
        }
        moveTo(until);
    }
    void moveTo(domain::milliseconds awake)
    {
        now.wall += awake - now.awake;
        now.awake = awake;
    }
    void boot()
    {
        connect();
        pass(4s);
        said.clear();
    }

    [[nodiscard]] std::vector<ApplyStatus> statuses() const
    {
        std::vector<ApplyStatus> list;
        for (const auto &report : said) {
            if (report.remoteConfigStatus)
                list.push_back(report.remoteConfigStatus->status);
        }
        return list;
    }
    [[nodiscard]] std::vector<domain::ComponentHealth> healths() const
    {
        std::vector<domain::ComponentHealth> list;
        for (const auto &report : said) {
            if (report.health)
                list.push_back(*report.health);
        }
        return list;
    }
    [[nodiscard]] QString lastError() const
    {
        QString text;
        for (const auto &report : said)
            text = report.remoteConfigStatus ? report.remoteConfigStatus->error : text;
        return text;
    }
    [[nodiscard]] QByteArray lastEffective() const
    {
        QByteArray body;
        for (const auto &report : said)
            body = report.effectiveConfig ? report.effectiveConfig->files.at(QString()).body : body;
        return body;
    }

    SimulatedGateway gateway;
    Moment now{1000ms, domain::WallTime(1'800'000'000'000ms)};
    SimulatedGateway::Messages said;
};

} // namespace

class TestSimulatedGateway : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void firstReport();
    void startsItsCollector();
    void heartbeats();
    void appliesAConfig();
    void refusesABadOne();
    void refusesBrokenYaml();
    void seedGoesDownWithABadOne();
    void unchangedIsAppliedAtOnce();
    void emptyMapStopsIt();
    void newerOfferReplacesOlder();
    void restarts();
    void fullStateAndComponents();
    void reconnectTellsAll();
    void takesANewUid();
    void ignoresWhatIsForOthers();
    void slowTakesLonger();
    void exporterFailsLater();
    void crashesOnEachConfig();
    void smallLacksKafka();
    void bareSaysNextToNothing();
    void leaves();
};

void TestSimulatedGateway::firstReport()
{
    Bench bench(Character::Modern);
    bench.connect();
    QCOMPARE(bench.said.size(), size_t(1));
    const auto &report = bench.said[0];
    QCOMPARE(report.sequence, quint64(0));
    QCOMPARE(report.capabilities.bits(), quint64(32199));
    QCOMPARE(domain::attributeText(*report.description, u"host.name"), QStringLiteral("edge-ber-01"));
    QCOMPARE(domain::attributeText(*report.description, u"service.name"), QStringLiteral("otelcol-contrib"));
    QCOMPARE(domain::attributeText(*report.description, u"service.instance.id"), domain::uuidText(report.id));
    QVERIFY(*report.health == domain::ComponentHealth{}); // ST4
    QCOMPARE(report.remoteConfigStatus->status, ApplyStatus::Unset);
    QVERIFY(report.availableComponents->isHashOnly());
    QVERIFY(report.effectiveConfig->files.contains(QString()));
    QVERIFY(report.hasPackageStatuses);
}

void TestSimulatedGateway::startsItsCollector()
{
    Bench bench(Character::Modern);
    bench.connect();
    bench.pass(1s);
    const auto healths = bench.healths();
    QVERIFY(healths.size() >= 4);
    QCOMPARE(healths[1].status, QStringLiteral("StatusStarting"));
    QVERIFY(healths.back().healthy);
    QCOMPARE(healths.back().startTimeUnixNano / 1'000'000'000, quint64(1'800'000'000));
    QVERIFY(healths.back().components.contains(QStringLiteral("pipeline:logs")));
    QVERIFY(bench.lastEffective().contains("ppid: "));
    QVERIFY(bench.lastEffective().contains("sending_queue: null"));
    quint64 next = 0;
    for (const auto &report : bench.said)
        QCOMPARE(report.sequence, next++);
}

void TestSimulatedGateway::heartbeats()
{
    Bench bench(Character::Modern);
    bench.boot();
    bench.pass(95s);
    QCOMPARE(bench.said.size(), size_t(3));
    for (const auto &report : bench.said) {
        QVERIFY(!report.description && !report.health && !report.effectiveConfig && !report.remoteConfigStatus);
        QCOMPARE(report.capabilities.bits(), quint64(32199));
    }
    bench.gateway.disconnected();
    bench.pass(95s);
    QCOMPARE(bench.said.size(), size_t(3));
    QVERIFY(!bench.gateway.nextDue());
}

void TestSimulatedGateway::appliesAConfig()
{
    Bench bench(Character::Modern);
    bench.boot();
    bench.offer(good, "A");
    bench.pass(1s);
    QCOMPARE(bench.statuses(), std::vector{ApplyStatus::Applying});
    QVERIFY(bench.lastEffective().contains("verbosity: Detailed"));
    QVERIFY(bench.lastEffective().contains("0.0.0.0:4317")); // the base file's
    QVERIFY(bench.healths().back().healthy);
    QVERIFY(!bench.healths().front().healthy);
    bench.pass(5s);
    QCOMPARE(bench.statuses(), (std::vector{ApplyStatus::Applying, ApplyStatus::Applied}));
    QCOMPARE(bench.said.back().remoteConfigStatus->hash, domain::ConfigHash("A"));
}

void TestSimulatedGateway::refusesABadOne()
{
    Bench bench(Character::Modern);
    bench.boot();
    bench.offer(bad, "B");
    bench.pass(20s);
    QCOMPARE(bench.statuses(), std::vector{ApplyStatus::Failed});
    QVERIFY(bench.lastError().contains(QStringLiteral("unknown type: \"nosuch\" for id: \"nosuch\"")));
    QVERIFY(bench.healths().empty()); // the old config goes on
    QCOMPARE(bench.said.back().remoteConfigStatus->hash, domain::ConfigHash("B"));
}

void TestSimulatedGateway::refusesBrokenYaml()
{
    for (const Character character : {Character::Modern, Character::Seed}) {
        Bench bench(character);
        bench.boot();
        bench.offer("receivers: [\n  otlp: {\n", "B");
        QCOMPARE(bench.statuses(), std::vector{ApplyStatus::Failed});
        QVERIFY(bench.lastError().startsWith(QStringLiteral("yaml: line")));
    }
}

void TestSimulatedGateway::seedGoesDownWithABadOne()
{
    Bench bench(Character::Seed);
    bench.boot();
    bench.offer(bad, "B");
    bench.pass(1s);
    QCOMPARE(bench.statuses(), (std::vector{ApplyStatus::Applying, ApplyStatus::Failed}));
    QCOMPARE(bench.lastError(),
             QStringLiteral("Agent exited unexpectedly with exit code 1 while applying configuration"));
    QVERIFY(bench.healths().back().lastError.contains(QStringLiteral("exited unexpectedly, exit code=1")));
    QVERIFY(bench.lastEffective().contains("nosuch"));
    const QString first = bench.healths().back().lastError;
    bench.said.clear();
    bench.pass(11s); // again and again, each with a new process
    QVERIFY(bench.healths().back().lastError != first);
    QVERIFY(bench.statuses().empty());
    bench.said.clear();
    bench.offer("receivers: {otlp: }", "C");
    bench.pass(6s);
    QVERIFY(bench.healths().back().healthy);
    QCOMPARE(bench.statuses(), (std::vector{ApplyStatus::Applying, ApplyStatus::Applied}));
}

void TestSimulatedGateway::unchangedIsAppliedAtOnce()
{
    Bench bench(Character::Modern);
    bench.boot();
    bench.offer(good, "A");
    bench.pass(6s);
    bench.offer(bad, "B");
    bench.pass(1s);
    bench.said.clear();
    bench.offer(good, "A");
    QCOMPARE(bench.statuses(), std::vector{ApplyStatus::Applied});
    QVERIFY(bench.healths().empty());
}

void TestSimulatedGateway::emptyMapStopsIt()
{
    Bench bench(Character::Modern);
    bench.boot();
    bench.offer({}, "E");
    bench.pass(10s);
    QCOMPARE(bench.said.back().remoteConfigStatus->status, ApplyStatus::Applied);
    QVERIFY(bench.healths().back().healthy);
    QCOMPARE(bench.healths().back().startTimeUnixNano, quint64(0));
    bench.offer(good, "A");
    bench.pass(6s);
    QVERIFY(bench.healths().back().startTimeUnixNano > 0);
}

void TestSimulatedGateway::newerOfferReplacesOlder()
{
    Bench bench(Character::Modern);
    bench.boot();
    bench.offer(good, "A");
    bench.pass(2s);
    bench.offer("exporters: {nop: }", "C");
    bench.pass(20s);
    QCOMPARE(bench.statuses(), (std::vector{ApplyStatus::Applying, ApplyStatus::Applying, ApplyStatus::Applied}));
    QCOMPARE(bench.said.back().capabilities.bits(), quint64(32199));
    for (const auto &report : bench.said) {
        if (report.remoteConfigStatus && report.remoteConfigStatus->status == ApplyStatus::Applied)
            QCOMPARE(report.remoteConfigStatus->hash, domain::ConfigHash("C"));
    }
}

void TestSimulatedGateway::restarts()
{
    Bench bench(Character::Modern);
    bench.connect();
    bench.pass(4s);
    const quint64 started = bench.healths().back().startTimeUnixNano;
    bench.said.clear();
    ServerMessage restart;
    restart.restart = true;
    bench.receive(restart);
    bench.pass(1s);
    const auto healths = bench.healths();
    QVERIFY(healths.front() == domain::ComponentHealth{});
    QVERIFY(healths.back().healthy);
    QVERIFY(healths.back().startTimeUnixNano > started); // the only proof of a restart
    QVERIFY(bench.statuses().empty());
}

void TestSimulatedGateway::fullStateAndComponents()
{
    Bench bench(Character::Modern);
    bench.boot();
    ServerMessage components;
    components.wantsComponents = true;
    bench.receive(components);
    QCOMPARE(bench.said.size(), size_t(1));
    QVERIFY(!bench.said[0].availableComponents->isHashOnly());
    QVERIFY(!bench.said[0].description);
    ServerMessage full;
    full.wantsFullState = true;
    bench.receive(full);
    QCOMPARE(bench.said.size(), size_t(2));
    QVERIFY(bench.said[1].description && bench.said[1].health->healthy && bench.said[1].effectiveConfig &&
            bench.said[1].remoteConfigStatus && !bench.said[1].availableComponents->isHashOnly());
}

void TestSimulatedGateway::reconnectTellsAll()
{
    Bench bench(Character::Modern);
    bench.boot();
    const quint64 sequence = bench.gateway.received({}, bench.now).size(); // nothing: not for it
    QCOMPARE(sequence, quint64(0));
    bench.offer(good, "A");
    bench.pass(500ms);
    const quint64 last = bench.said.back().sequence;
    bench.gateway.disconnected();
    bench.said.clear();
    bench.pass(10s); // it is applied meanwhile
    QVERIFY(bench.said.empty());
    bench.connect();
    QCOMPARE(bench.said.size(), size_t(1));
    QCOMPARE(bench.said[0].sequence, last + 1); // X5e
    QCOMPARE(bench.said[0].remoteConfigStatus->status, ApplyStatus::Applied);
    QVERIFY(bench.said[0].health->healthy);
    QVERIFY(bench.lastEffective().contains("verbosity: Detailed"));
}

void TestSimulatedGateway::takesANewUid()
{
    Bench bench(Character::Modern);
    bench.boot();
    ServerMessage rename;
    rename.newUid = QByteArray(16, 'n');
    bench.receive(rename);
    QCOMPARE(bench.said.size(), size_t(1));
    QCOMPARE(bench.said[0].wireUid, QByteArray(16, 'n'));
    QCOMPARE(domain::attributeText(*bench.said[0].description, u"service.instance.id"),
             domain::uuidText(domain::GatewayId(QByteArray(16, 'n'))));
}

void TestSimulatedGateway::ignoresWhatIsForOthers()
{
    Bench bench(Character::Modern);
    bench.boot();
    ServerMessage message;
    message.wantsFullState = true;
    message.instanceUid = QByteArray(16, 'x');
    QVERIFY(bench.gateway.received(message, bench.now).empty());
    message.instanceUid = bench.gateway.profile().uid.bytes();
    message.isError = true;
    QVERIFY(bench.gateway.received(message, bench.now).empty());
}

void TestSimulatedGateway::slowTakesLonger()
{
    Bench bench(Character::Slow);
    bench.boot();
    bench.offer(good, "A");
    bench.pass(2s);
    QVERIFY(!bench.healths().back().healthy);
    bench.pass(17s);
    QCOMPARE(bench.statuses(), std::vector{ApplyStatus::Applying});
    QVERIFY(bench.healths().back().healthy);
    bench.pass(2s);
    QCOMPARE(bench.statuses().back(), ApplyStatus::Applied);
}

void TestSimulatedGateway::exporterFailsLater()
{
    Bench bench(Character::Unhealthy);
    bench.connect();
    bench.pass(5s);
    QVERIFY(bench.healths().back().healthy);
    bench.pass(5s);
    QVERIFY(!bench.healths().back().healthy);
    QVERIFY(domain::deepestError(bench.healths().back()).contains(QStringLiteral("connection refused")));
    QVERIFY(bench.healths().back().startTimeUnixNano > 0);
}

void TestSimulatedGateway::crashesOnEachConfig()
{
    Bench bench(Character::Crashing);
    bench.connect();
    bench.pass(4s);
    QVERIFY(bench.healths().back().healthy);
    bench.said.clear();
    bench.offer(good, "A");
    bench.pass(30s);
    QCOMPARE(bench.statuses(), (std::vector{ApplyStatus::Applying, ApplyStatus::Failed}));
    QVERIFY(!bench.healths().back().healthy);
}

void TestSimulatedGateway::smallLacksKafka()
{
    const char kafka[] = "receivers: {kafka: }";
    Bench large(Character::Modern);
    large.boot();
    large.offer(kafka, "K");
    large.pass(6s);
    QCOMPARE(large.statuses().back(), ApplyStatus::Applied);
    Bench small(Character::Small);
    small.boot();
    small.offer(kafka, "K");
    small.pass(6s);
    QCOMPARE(small.statuses().back(), ApplyStatus::Failed);
    QVERIFY(small.lastError().contains(QStringLiteral("kafka")));
}

void TestSimulatedGateway::bareSaysNextToNothing()
{
    Bench bench(Character::Bare);
    bench.connect();
    bench.offer(good, "A");
    bench.pass(20s);
    QCOMPARE(bench.said.size(), size_t(1)); // its first report, and no word about the config
    QVERIFY(!bench.said[0].health && !bench.said[0].effectiveConfig && !bench.said[0].availableComponents);
    QCOMPARE(bench.gateway.status(), ApplyStatus::Applied);
    bench.pass(20s);
    QCOMPARE(bench.said.size(), size_t(2)); // a heartbeat
}

void TestSimulatedGateway::leaves()
{
    Bench bench(Character::Modern);
    bench.boot();
    bench.keep(bench.gateway.leave(bench.now));
    QCOMPARE(bench.said.size(), size_t(1));
    QVERIFY(bench.said[0].disconnect);
    QCOMPARE(bench.said[0].health->lastError, QStringLiteral("Supervisor is shutdown"));
}

QTEST_APPLESS_MAIN(TestSimulatedGateway)
#include "tst_simulatedgateway.moc"
