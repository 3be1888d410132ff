// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/store/openedstore.h"

#include <QTest>

using namespace flowgate::domain;
using namespace flowgate::store;
using flowgate::testing::at;
using flowgate::testing::OpenedStore;

namespace {

GatewayId id(char c)
{
    return GatewayId(QByteArray(16, c));
}

TelemetryBatch batch(char gateway, TelemetryKind kind, qint64 began, qint64 newest, const QByteArray &body)
{
    return {id(gateway), kind, at(began), at(newest), static_cast<int>(body.size()), body};
}

} // namespace

class TestTelemetryTable final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void comesBackNewestFirst()
    {
        OpenedStore store;
        TelemetryTable &table = store.database->telemetry;
        const TelemetryBatch first = batch('a', TelemetryKind::Metrics, 1, 10, QByteArray("\0one", 4));
        const TelemetryBatch same = batch('a', TelemetryKind::Metrics, 5, 10, "two"); // at the same time
        const TelemetryBatch last = batch('a', TelemetryKind::Metrics, 11, 20, "three");
        for (const TelemetryBatch &one : {first, same, last, batch('b', TelemetryKind::Metrics, 1, 10, "other"),
                                          batch('a', TelemetryKind::Logs, 1, 10, "line")})
            QVERIFY(table.add(one));
        const auto ask = [&](qint64 from, qint64 to, int limit = 100) {
            return *table.query({id('a'), TelemetryKind::Metrics, at(from), at(to), limit});
        };
        QCOMPARE(ask(0, 100), (std::vector{last, same, first}));
        QCOMPARE(ask(0, 100, 1), std::vector{last});
        QCOMPARE(ask(11, 100), std::vector{last});
        QCOMPARE(ask(0, 4), std::vector{first}); // what begins in the range counts
        QCOMPARE(ask(10, 10), (std::vector{same, first}));
        QVERIFY(ask(21, 100).empty());
    }

    void bytesAreCounted()
    {
        OpenedStore store;
        TelemetryTable &table = store.database->telemetry;
        QCOMPARE(*table.bytes(), 0);
        for (int i = 0; i < 10; ++i)
            QVERIFY(table.add(batch('a', TelemetryKind::Metrics, i, i, QByteArray(i + 1, 'x'))));
        QVERIFY(table.add(batch('a', TelemetryKind::Logs, 1, 1, QByteArray(100, 'x'))));
        QVERIFY(table.add(batch('b', TelemetryKind::Metrics, 0, 0, QByteArray(1000, 'x'))));
        QCOMPARE(*table.bytes(), 1155);
        QCOMPARE(*table.prune(TelemetryKind::Metrics, at(5), 3), 3); // a's 0 and 1, b's
        QCOMPARE(*table.bytes(), 1155 - 1000 - 1 - 2);
        QCOMPARE(*table.remove(id('a'), TelemetryKind::Metrics, at(2), at(4)), 2);
        QCOMPARE(*table.bytes(), 152 - 3 - 4);
        QVERIFY(table.forget(id('a')));
        QCOMPARE(*table.bytes(), 0);
    }

    void oldestOfAll()
    {
        OpenedStore store;
        TelemetryTable &table = store.database->telemetry;
        QVERIFY(!*table.oldest(TelemetryKind::Metrics, at(100)));
        QVERIFY(table.add(batch('b', TelemetryKind::Metrics, 30, 30, "x")));
        QVERIFY(table.add(batch('a', TelemetryKind::Metrics, 20, 20, "y")));
        QVERIFY(table.add(batch('a', TelemetryKind::Logs, 1, 1, "z")));
        QCOMPARE((*table.oldest(TelemetryKind::Metrics, at(100)))->body, QByteArray("y"));
        QVERIFY(!*table.oldest(TelemetryKind::Metrics, at(20)));
    }

    void forgottenWithItsGateway() // and nobody else
    {
        OpenedStore store;
        TelemetryTable &table = store.database->telemetry;
        QVERIFY(table.add(batch('a', TelemetryKind::Steps, 1, 1, "x")));
        QVERIFY(table.add(batch('b', TelemetryKind::Steps, 1, 1, "y")));
        QVERIFY(table.forget(id('a')));
        QVERIFY((*table.query({id('a'), TelemetryKind::Steps, at(0), at(9), 9})).empty());
        QCOMPARE((*table.query({id('b'), TelemetryKind::Steps, at(0), at(9), 9})).size(), size_t(1));
    }
};

QTEST_GUILESS_MAIN(TestTelemetryTable)
#include "tst_telemetrytable.moc"
