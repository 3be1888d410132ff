// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/rollouts/rolloutplan.h"
#include "tests/app/fleetrig.h"

#include <QTest>

using namespace flowgate;
using namespace flowgate::tests;

class TestRolloutPlan final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aVerdictSaysWhere_data()
    {
        QTest::addColumn<QStringList>("bodies");
        QTest::addColumn<QString>("reason");
        QTest::addRow("one file") << QStringList{QStringLiteral("receivers:\n  otlp:\n  kafka:\n")}
                                  << QStringLiteral("its collector lacks receivers/kafka (line 3)");
        QTest::addRow("two files") << QStringList{QStringLiteral("receivers:\n  otlp:\n"),
                                                  QStringLiteral("\nreceivers:\n  kafka/b:\n")}
                                   << QStringLiteral("its collector lacks receivers/kafka (1.yaml:3)");
        QTest::addRow("nothing") << QStringList{QStringLiteral("receivers:\n  otlp:\n")} << QString();
    }
    void aVerdictSaysWhere()
    {
        QFETCH(QStringList, bodies);
        QFETCH(QString, reason);
        FleetRig rig;
        domain::AgentReport report = rig.full('a');
        domain::AvailableComponents built{domain::ComponentsHash("h"), {}};
        built.components[QStringLiteral("receivers")].components[QStringLiteral("otlp")];
        report.availableComponents = built;
        (void)rig.fleet.handle(rig.ws(1), report);
        domain::ConfigSet body;
        for (qsizetype i = 0; i < bodies.size(); ++i)
            body.files[QStringLiteral("%1.yaml").arg(i)] = {bodies[i].toUtf8(), {}};
        const domain::ConfigRef ref{QStringLiteral("base"), 1, domain::ConfigHash(QByteArray(32, 'x'))};
        const auto plan = app::planRollout(rig.fleet, ref, collector::outline(body), QStringLiteral("all"));
        QVERIFY(plan && plan->size() == 1);
        QCOMPARE(plan->front().judgement.reason, reason);
        QCOMPARE(domain::isBlocking(plan->front().judgement.verdict), !reason.isEmpty());
    }

    void whoCannotBePlannedForIsSaid()
    {
        FleetRig rig;
        const domain::ConfigRef ref{QStringLiteral("base"), 1, domain::ConfigHash(QByteArray(32, 'x'))};
        const auto bad = app::planRollout(rig.fleet, ref, {}, QStringLiteral("env in ("));
        QVERIFY(!bad && bad.error().code == app::FailureCode::BadSelector);
        const auto nobody = app::planRollout(rig.fleet, ref, {}, QStringLiteral("all"));
        QVERIFY(!nobody && nobody.error().code == app::FailureCode::NoMatch);
    }
};

QTEST_GUILESS_MAIN(TestRolloutPlan)
#include "tst_rolloutplan.moc"
