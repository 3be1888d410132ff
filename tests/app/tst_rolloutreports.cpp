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
    void claimsOnlyWhatWasObserved_data()
    {
        QTest::addColumn<QList<quint32>>("seeds");
        for (quint32 first = 1; first <= 51; first += 10) {
            QList<quint32> seeds;
            for (quint32 seed = first; seed < first + 10; ++seed)
                seeds.append(seed);
            QTest::addRow("seeds %u to %u", first, first + 9) << seeds;
        }
        QTest::addRow("seeds that found something once") << QList<quint32>{1573, 2030, 2323, 2500, 3147, 3321, 3587};
    }

    void claimsOnlyWhatWasObserved()
    {
        QFETCH(QList<quint32>, seeds);
        for (const quint32 seed : std::as_const(seeds)) {
            RolloutWorld world(seed);
            world.walk(400);
            QVERIFY2(world.finding().isEmpty(),
                     qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(world.finding())));
            m_proofs += world.proofs();
            m_failures += world.failures();
            m_rollbacks += world.rollbacks();
        }
    }

    // A walk that never gets anywhere proves nothing.
    void walksGotSomewhere()
    {
        QVERIFY2(
            m_proofs > 60 && m_failures > 60 && m_rollbacks > 20,
            qPrintable(
                QStringLiteral("%1 proofs, %2 failures, %3 rollbacks").arg(m_proofs).arg(m_failures).arg(m_rollbacks)));
    }

private:
    int m_proofs = 0;
    int m_failures = 0;
    int m_rollbacks = 0;
};

QTEST_GUILESS_MAIN(TestRolloutReports)
#include "tst_rolloutreports.moc"
