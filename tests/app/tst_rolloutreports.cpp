// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/walk/rolloutworld.h"

#include <QTest>

using namespace flowgate::tests;

/// Any order of reports, restarts, gaps, breaks, stops and kills: no state is claimed that was not observed.
/// tools/run-walk explores further seeds.
class TestRolloutReports : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void claimsOnlyWhatWasObserved()
    {
        int proofs = 0;
        int failures = 0;
        int rollbacks = 0;
        for (quint32 seed = 1; seed <= 60; ++seed) {
            RolloutWorld world(seed);
            world.walk(400);
            QVERIFY2(world.finding().isEmpty(),
                     qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(world.finding())));
            proofs += world.proofs();
            failures += world.failures();
            rollbacks += world.rollbacks();
        }
        // A walk that never gets anywhere proves nothing.
        QVERIFY2(proofs > 60 && failures > 60 && rollbacks > 20,
                 qPrintable(
                     QStringLiteral("%1 proofs, %2 failures, %3 rollbacks").arg(proofs).arg(failures).arg(rollbacks)));
    }
};

QTEST_GUILESS_MAIN(TestRolloutReports)
#include "tst_rolloutreports.moc"
