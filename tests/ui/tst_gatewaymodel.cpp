// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/fakes.h"
#include "ui/common/tone.h"
#include "ui/models/gatewayfiltermodel.h"
#include "ui/models/gatewaymodel.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace flowgate;
using namespace flowgate::tests;
using models::GatewayColumn;
using models::GatewayModel;
using Mode = QAbstractItemModelTester::FailureReportingMode;

class TestGatewayModel final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void newRowsComeWithOneInsert()
    {
        GatewayModel model;
        const QAbstractItemModelTester tester(&model, Mode::QtTest);
        QSignalSpy inserted(&model, &GatewayModel::rowsInserted);
        model.apply(deltaOf(0, 500));
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(model.rowCount(), 500);
        QCOMPARE(model.rowOf(idOf(499)), 499);
        QCOMPARE(model.connectedCount(), 500);
    }

    void aNewcomerTwiceInADeltaIsOneRow()
    {
        GatewayModel model;
        const QAbstractItemModelTester tester(&model, Mode::QtTest);
        app::FleetDelta delta = deltaOf(0, 2);
        domain::Gateway later = gatewayOf(1);
        later.labels.insert(QStringLiteral("name"), QStringLiteral("later"));
        delta.changed.push_back(share(later));
        model.apply(delta);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.nameOf(idOf(1)), QStringLiteral("later"));
    }

    void changesAreSaidOncePerRun()
    {
        GatewayModel model;
        const QAbstractItemModelTester tester(&model, Mode::QtTest);
        model.apply(deltaOf(0, 100));
        QSignalSpy changed(&model, &GatewayModel::dataChanged);
        app::FleetDelta delta;
        for (const int number : {7, 5, 6, 40, 41, 90})
            delta.changed.push_back(share(gatewayOf(number)));
        model.apply(delta);
        QCOMPARE(changed.count(), 3);
        QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 5);
        QCOMPARE(changed.at(0).at(1).toModelIndex().row(), 7);
        QCOMPARE(changed.at(0).at(1).toModelIndex().column(), model.columnCount() - 1);
        QCOMPARE(changed.at(2).at(0).toModelIndex().row(), 90);
    }

    void mostRowsMakeOneWideRange()
    {
        GatewayModel model;
        model.apply(deltaOf(0, 1000));
        QSignalSpy changed(&model, &GatewayModel::dataChanged);
        app::FleetDelta delta;
        for (int i = 0; i < 1000; i += 3) // 334 runs
            delta.changed.push_back(share(gatewayOf(i)));
        model.apply(delta);
        QCOMPARE(changed.count(), 1);
    }

    void forgottenRowsGo()
    {
        GatewayModel model;
        const QAbstractItemModelTester tester(&model, Mode::QtTest);
        model.apply(deltaOf(0, 20));
        const QPersistentModelIndex kept(model.index(10, 0));
        app::FleetDelta delta;
        delta.forgotten = {idOf(3), idOf(4), idOf(4), idOf(19), idOf(77)};
        model.apply(delta);
        QCOMPARE(model.rowCount(), 17);
        QCOMPARE(model.rowOf(idOf(4)), -1);
        QCOMPARE(model.rowOf(idOf(10)), 8);
        QCOMPARE(kept.row(), 8);
        QCOMPARE(kept.data().toString(), QStringLiteral("gw-10"));
        QVERIFY(!model.find(idOf(3)));
    }

    void valuesAreRaw()
    {
        domain::Gateway gateway = gatewayOf(1);
        gateway.health = {domain::HealthState::Unhealthy, someTime, QStringLiteral("exporter <b>down</b>")};
        gateway.config.state = domain::ConfigState::Failed;
        GatewayModel model;
        model.apply({{share(gateway)}, {}});
        const auto at = [&](GatewayColumn column, int role) { return model.at(0, column).data(role); };
        QCOMPARE(at(GatewayColumn::Health, Qt::DisplayRole).toString(), QStringLiteral("Unhealthy"));
        QCOMPARE(at(GatewayColumn::Health, models::ToneRole).toInt(), static_cast<int>(common::Tone::Bad));
        QCOMPARE(at(GatewayColumn::LastSeen, GatewayModel::SortRole).toLongLong(), 1'790'000'000'000LL);
        QCOMPARE(at(GatewayColumn::Wanted, Qt::DisplayRole).toString(), QStringLiteral("base @4"));
        // A gateway's text must not turn into markup in a tool tip.
        QVERIFY(!at(GatewayColumn::Health, Qt::ToolTipRole).toString().contains(QStringLiteral("<b>")));
        QVERIFY(at(GatewayColumn::Name, GatewayModel::GatewayRole).value<app::GatewayPtr>() == model.find(gateway.id));
    }

    void pendingShowsInThePresenceColumn()
    {
        domain::Gateway gateway = gatewayOf(1);
        gateway.admission = domain::Admission::Pending;
        GatewayModel model;
        model.apply({{share(gateway)}, {}});
        QCOMPARE(model.at(0, GatewayColumn::Presence).data().toString(), QStringLiteral("To approve"));
    }

    void randomDeltasKeepTheModelsRules()
    {
        QRandomGenerator random(4711);
        GatewayModel model;
        const QAbstractItemModelTester tester(&model, Mode::QtTest);
        models::GatewayFilterModel filter(model);
        const QAbstractItemModelTester filterTester(&filter, Mode::QtTest);
        filter.sort(static_cast<int>(GatewayColumn::Name));
        QVERIFY(!filter.setFilter(QStringLiteral("env=lab")));
        QSet<int> expected;
        QList<QPersistentModelIndex> watched;
        for (int round = 0; round < 120; ++round) {
            app::FleetDelta delta;
            QSet<int> forgotten;
            for (int i = random.bounded(6); i > 0; --i) {
                forgotten.insert(random.bounded(150));
            }
            for (const int number : forgotten) {
                delta.forgotten.push_back(idOf(number));
                expected.remove(number);
            }
            for (int i = random.bounded(25); i > 0; --i) {
                const int number = random.bounded(150);
                domain::Gateway gateway = gatewayOf(number);
                gateway.health.state = static_cast<domain::HealthState>(random.bounded(7));
                if (random.bounded(4) == 0)
                    gateway.labels.insert(QStringLiteral("env"), QStringLiteral("lab"));
                delta.changed.push_back(share(gateway));
                expected.insert(number);
            }
            model.apply(delta);
            QCOMPARE(model.rowCount(), static_cast<int>(expected.size()));
            for (const int number : expected) {
                const int row = model.rowOf(idOf(number));
                QCOMPARE(model.index(row, 0).data(models::IdRole).toByteArray(), idOf(number).bytes());
            }
            for (const QPersistentModelIndex &index : watched)
                QVERIFY(!index.isValid() || index.data(models::IdRole).toByteArray().size() == 16);
            if (model.rowCount() > 0)
                watched.append(model.index(random.bounded(model.rowCount()), 0));
        }
    }

    void tenThousandRows()
    {
        GatewayModel model;
        models::GatewayFilterModel filter(model);
        filter.sort(static_cast<int>(GatewayColumn::Name));
        model.apply(deltaOf(0, 10'000));
        QCOMPARE(filter.rowCount(), 10'000);
        QCOMPARE(filter.index(1, 0).data().toString(), QStringLiteral("gw-1"));
        QCOMPARE(filter.index(2, 0).data().toString(), QStringLiteral("gw-2"));
        QBENCHMARK
        {
            model.apply(deltaOf(0, 10'000));
        }
    }
};

QTEST_GUILESS_MAIN(TestGatewayModel)
#include "tst_gatewaymodel.moc"
