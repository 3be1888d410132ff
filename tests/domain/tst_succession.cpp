// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/succession.h"

#include <QTest>

using namespace flowgate;
using namespace std::chrono_literals;
using domain::Gateway;
using domain::PresenceState;

namespace {

constexpr domain::WallTime noon{domain::milliseconds(1'700'000'000'000)};

Gateway gatewayOf(char which, PresenceState presence, domain::WallTime firstSeen, domain::WallTime lastSeen,
                  const QString &host = QStringLiteral("lab-1"), const QString &service = QStringLiteral("otelcol"))
{
    Gateway gateway;
    gateway.id = domain::GatewayId(QByteArray(16, which));
    gateway.wireUid = gateway.id.bytes();
    gateway.firstSeen = firstSeen;
    gateway.presence.state = presence;
    gateway.presence.lastSeen = lastSeen;
    domain::AgentDescription description;
    if (!service.isEmpty())
        description.identifying = {{QStringLiteral("service.name"), {service}}};
    if (!host.isEmpty())
        description.nonIdentifying = {{QStringLiteral("host.name"), {host}}};
    gateway.description = {description, noon, false};
    return gateway;
}

domain::ConfigRef ref(int version)
{
    return {QStringLiteral("core"), version, domain::ConfigHash(QByteArray(32, static_cast<char>(version)))};
}

} // namespace

class TestSuccession final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void looksLike_data()
    {
        QTest::addColumn<PresenceState>("gone");
        QTest::addColumn<int>("lastSeen"); // seconds before the new one came
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("service");
        QTest::addColumn<bool>("looks");
        const QString host = QStringLiteral("lab-1");
        const QString service = QStringLiteral("otelcol");
        QTest::newRow("lost before it came") << PresenceState::Lost << 5 << host << service << true;
        QTest::newRow("said goodbye") << PresenceState::Left << 5 << host << service << true;
        QTest::newRow("not seen since our start") << PresenceState::NotObserved << 5 << host << service << true;
        QTest::newRow("still here") << PresenceState::Connected << 5 << host << service << false;
        QTest::newRow("heard after it came") << PresenceState::Lost << -1 << host << service << false;
        QTest::newRow("another host") << PresenceState::Lost << 5 << QStringLiteral("lab-2") << service << false;
        QTest::newRow("another service") << PresenceState::Lost << 5 << host << QStringLiteral("x") << false;
        QTest::newRow("no host") << PresenceState::Lost << 5 << QString() << service << false;
    }
    void looksLike()
    {
        QFETCH(PresenceState, gone);
        QFETCH(int, lastSeen);
        QFETCH(QString, host);
        QFETCH(QString, service);
        QFETCH(bool, looks);
        const Gateway now = gatewayOf('n', PresenceState::Connected, noon, noon);
        const Gateway old = gatewayOf('o', gone, noon - 1h, noon - std::chrono::seconds(lastSeen), host, service);
        QCOMPARE(domain::looksLikeRestartOf(now, old), looks);
        QVERIFY(!domain::looksLikeRestartOf(now, now));
        const Gateway nameless = gatewayOf('n', PresenceState::Connected, noon, noon, {}, {});
        QVERIFY(!domain::looksLikeRestartOf(nameless, gatewayOf('o', gone, noon - 1h, noon - 5s, {}, {})));
    }

    void theLatestIsTheGhost()
    {
        QHash<domain::GatewayId, Gateway> all;
        for (const auto &[which, ago] : {std::pair('a', 60), std::pair('b', 5), std::pair('c', 600)}) {
            const Gateway gateway = gatewayOf(which, PresenceState::Lost, noon - 1h, noon - std::chrono::seconds(ago));
            all.insert(gateway.id, gateway);
        }
        const Gateway now = gatewayOf('n', PresenceState::Connected, noon, noon);
        all.insert(now.id, now);
        const Gateway *ghost = domain::ghostOf(now, all);
        QVERIFY(ghost);
        QCOMPARE(ghost->id.bytes(), QByteArray(16, 'b'));
        QVERIFY(!domain::ghostOf(all.value(domain::GatewayId(QByteArray(16, 'b'))), all));
    }

    // S6
    void movesTheWholeRecord()
    {
        Gateway gateway = gatewayOf('o', PresenceState::Connected, noon - 1h, noon);
        gateway.sequence = 41;
        gateway.wanted = ref(3);
        gateway.labels.insert(QStringLiteral("env"), QStringLiteral("lab"));
        Gateway expected = gateway;
        expected.id = domain::GatewayId(QByteArray(16, 'n'));
        expected.wireUid = "ULID";
        QCOMPARE(domain::movedTo(gateway, expected.id, "ULID"), expected);
    }

    void links()
    {
        Gateway old = gatewayOf('o', PresenceState::Lost, noon - 1h, noon - 5s);
        old.restarts = 2;
        old.labels = {{QStringLiteral("env"), QStringLiteral("lab")}, {QStringLiteral("site"), QStringLiteral("a")}};
        old.wanted = ref(3);
        old.lastProven = ref(2);
        old.lastFailed = domain::LastFailed{ref(1), QStringLiteral("boom"), noon - 30min};
        old.outcomes.insert(ref(1).hash, {domain::OfferOutcome::State::Failed, noon, noon, QStringLiteral("boom")});
        old.outcomes.insert(ref(3).hash, {domain::OfferOutcome::State::Applied, noon, noon, {}});
        old.admission = domain::Admission::Approved;
        Gateway now = gatewayOf('n', PresenceState::Connected, noon, noon);
        now.restarts = 1;
        now.labels = {{QStringLiteral("site"), QStringLiteral("b")}};
        now.outcomes.insert(ref(3).hash, {domain::OfferOutcome::State::Applying, noon, noon, {}});
        now.admission = domain::Admission::Pending;
        now.sequence = 7;

        const Gateway one = domain::linked(now, old);
        QCOMPARE(one.id, now.id);
        QCOMPARE(one.sequence, std::optional<quint64>(7));
        QCOMPARE(one.firstSeen, noon - 1h);
        QCOMPARE(one.restarts, 3);
        QCOMPARE(one.labels, (domain::Labels{{QStringLiteral("env"), QStringLiteral("lab")},
                                             {QStringLiteral("site"), QStringLiteral("b")}}));
        QCOMPARE(one.wanted, old.wanted);
        QCOMPARE(one.lastProven, old.lastProven);
        QCOMPARE(one.lastFailed, old.lastFailed);
        QCOMPARE(one.outcomes.size(), 2);
        QCOMPARE(one.outcomes.value(ref(3).hash).state, domain::OfferOutcome::State::Applying);
        QCOMPARE(one.admission, domain::Admission::Pending);

        now.wanted = ref(4);
        QCOMPARE(domain::linked(now, old).wanted, std::optional(ref(4)));
    }
};

QTEST_GUILESS_MAIN(TestSuccession)
#include "tst_succession.moc"
