// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/store/oddvalues.h"
#include "tests/store/openedstore.h"

#include <QTest>

using namespace flowgate;
using namespace flowgate::domain;
using namespace flowgate::store;
using flowgate::testing::at;
using flowgate::testing::OddValues;
using flowgate::testing::OpenedStore;

class TestGatewayTable final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void comesBackAsItWas();
    void replacesTheWholeValue();
    void keepsAbsentApartFromEmpty();
    void touchesManyAtOnce();
    void forgetsEverythingOfOne();
    void countsDamagedAsNotReported_data();
    void countsDamagedAsNotReported();
};

void TestGatewayTable::comesBackAsItWas()
{
    OpenedStore store;
    std::map<GatewayId, Gateway> expected;
    for (quint32 seed = 1; seed <= 200; ++seed) {
        const Gateway gateway = OddValues(seed).gateway();
        VERIFY_OK(store.database->gateways.put(gateway));
        expected.emplace(gateway.id, gateway);
        const auto one = store.database->gateways.get(gateway.id);
        VERIFY_OK(one);
        QVERIFY2(*one == gateway, qPrintable(QStringLiteral("seed %1").arg(seed)));
    }
    const auto all = store.database->gateways.all();
    VERIFY_OK(all);
    QVERIFY(all->damaged.empty());
    QCOMPARE(all->gateways.size(), expected.size());
    auto next = expected.cbegin();
    for (const Gateway &gateway : all->gateways)
        QVERIFY(gateway == (next++)->second);
}

void TestGatewayTable::replacesTheWholeValue()
{
    OpenedStore store;
    const GatewayId id(QByteArray(16, '\0'));
    for (quint32 seed = 1; seed <= 200; ++seed) {
        Gateway gateway = OddValues(seed).gateway();
        gateway.id = id;
        VERIFY_OK(store.database->gateways.put(gateway));
        QVERIFY2(*store.database->gateways.get(id) == gateway, qPrintable(QStringLiteral("seed %1").arg(seed)));
    }
    QCOMPARE(store.database->gateways.all()->gateways.size(), size_t(1));
}

void TestGatewayTable::keepsAbsentApartFromEmpty()
{
    OpenedStore store;
    Gateway bare;
    bare.id = GatewayId(QByteArray("bare"));
    Gateway empty;
    empty.id = GatewayId(QByteArray("empty"));
    empty.sequence = 0;
    empty.description.emplace();
    empty.healthReport.emplace();
    empty.effective.emplace();
    empty.remoteConfig.emplace();
    empty.components.emplace();
    empty.wanted.emplace();
    empty.lastProven.emplace();
    empty.lastFailed.emplace();
    empty.containment.emplace();
    VERIFY_OK(store.database->gateways.put(bare));
    VERIFY_OK(store.database->gateways.put(empty));
    QVERIFY(*store.database->gateways.get(bare.id) == bare);
    QVERIFY(*store.database->gateways.get(empty.id) == empty);
    VERIFY_ERROR(store.database->gateways.get(GatewayId(QByteArray("none"))), StoreErrorKind::NotFound);
}

void TestGatewayTable::touchesManyAtOnce()
{
    OpenedStore store;
    std::vector<Gateway> gateways;
    std::vector<SeenMark> marks{{GatewayId(QByteArray("not stored")), 1, at(1)}};
    for (quint32 seed = 1; seed <= 20; ++seed) {
        Gateway gateway = OddValues(seed).gateway();
        VERIFY_OK(store.database->gateways.put(gateway));
        gateway.sequence = seed == 1 ? std::optional<quint64>() : ~0ULL - seed;
        gateway.presence.lastSeen = at(seed);
        marks.push_back({gateway.id, gateway.sequence, gateway.presence.lastSeen});
        gateways.push_back(gateway);
    }
    VERIFY_OK(store.database->gateways.touch(marks));
    for (const Gateway &gateway : gateways)
        QVERIFY(*store.database->gateways.get(gateway.id) == gateway);
    QCOMPARE(store.database->gateways.all()->gateways.size(), gateways.size());
}

void TestGatewayTable::forgetsEverythingOfOne()
{
    OpenedStore store;
    Gateway gone = OddValues(1).gateway();
    gone.labels.insert(QStringLiteral("env"), QStringLiteral("lab"));
    gone.outcomes.insert(ConfigHash(QByteArray("h")), OfferOutcome());
    gone.containment.emplace();
    Gateway stays = gone;
    stays.id = GatewayId(QByteArray("stays"));
    for (const Gateway &gateway : {gone, stays}) {
        VERIFY_OK(store.database->gateways.put(gateway));
        VERIFY_OK(
            store.database->spans.insert(gateway.id, {SpanKind::Health, QStringLiteral("healthy"), at(1), {}, {}}));
    }
    VERIFY_OK(store.database->gateways.forget(gone.id));

    VERIFY_ERROR(store.database->gateways.get(gone.id), StoreErrorKind::NotFound);
    QVERIFY(store.database->spans.since(gone.id, at(0))->empty());
    for (const char *table : {"labels", "outcomes", "containments", "spans"}) {
        const auto left = store.sql->askOnce(
            QStringLiteral("SELECT COUNT(*) FROM %1 WHERE uid <> X'7374617973'").arg(QLatin1StringView(table)), 1);
        QCOMPARE(left->first(), QStringLiteral("0"));
    }
    QVERIFY(*store.database->gateways.get(stays.id) == stays);
    QCOMPARE(store.database->spans.since(stays.id, at(0))->size(), size_t(1));
}

void TestGatewayTable::countsDamagedAsNotReported_data()
{
    QTest::addColumn<QString>("statement");
    const auto add = [](const char *name, const char *statement) {
        QTest::newRow(name) << QString::fromLatin1(statement);
    };
    add("description", "UPDATE gateways SET description = X'ff00'");
    add("health", "UPDATE gateways SET health_report = X''");
    add("effective files", "UPDATE gateways SET effective_files = 'text'");
    add("presence", "UPDATE gateways SET presence = 'asleep'");
    add("config", "UPDATE gateways SET config = ''");
    add("admission", "UPDATE gateways SET admission = 'perhaps'");
    add("differences", "UPDATE containments SET differences = X'81'");
    add("outcome", "UPDATE outcomes SET state = 'lost'");
}

// One value that cannot be read takes neither the gateway nor the start of the program along.
void TestGatewayTable::countsDamagedAsNotReported()
{
    QFETCH(QString, statement);
    OpenedStore store;
    Gateway whole;
    whole.id = GatewayId(QByteArray(16, 'g'));
    whole.description.emplace();
    whole.healthReport.emplace();
    whole.effective.emplace();
    whole.containment.emplace();
    whole.outcomes.insert(ConfigHash(QByteArray("h")), OfferOutcome());
    whole.labels.insert(QStringLiteral("name"), QStringLiteral("lab-1"));
    whole.presence.state = PresenceState::Connected;
    VERIFY_OK(store.database->gateways.put(whole));
    VERIFY_OK(store.sql->runOnce(statement));

    const auto snapshot = store.database->snapshot();
    VERIFY_OK(snapshot);
    QCOMPARE(snapshot->damaged.size(), size_t(1));
    QCOMPARE(snapshot->damaged.front().key, whole.id.hex());
    QCOMPARE(snapshot->gateways.size(), size_t(1));
    const Gateway &read = snapshot->gateways.front();
    QCOMPARE(read.labels, whole.labels);
    QVERIFY(!(read == whole) || statement.contains(u"effective_files") || statement.contains(u"config ="));
    QVERIFY(read.admission != Admission::Approved || !statement.contains(u"admission"));
    VERIFY_ERROR(store.database->gateways.get(whole.id), StoreErrorKind::Damaged);
}

QTEST_GUILESS_MAIN(TestGatewayTable)
#include "tst_gatewaytable.moc"
