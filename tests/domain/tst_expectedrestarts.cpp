// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/expectedrestarts.h"
#include "tests/domain/samples.h"

using namespace flowgate::tests;

/// Which restarts are put down to what we sent.
class TestExpectedRestarts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void accountsForOneEach_data()
    {
        QTest::addColumn<QList<qint64>>("causes");   // s
        QTest::addColumn<QList<qint64>>("restarts"); // s
        QTest::addColumn<QString>("ours");           // y or n for each restart
        const auto row = [](const char *name, const QList<qint64> &causes, const QList<qint64> &restarts,
                            const char *ours) {
            QTest::addRow("%s", name) << causes << restarts << QString::fromLatin1(ours);
        };
        row("nothing was sent", {}, {1}, "n");
        row("one cause, one restart", {0}, {5, 6}, "yn");
        row("two causes, two restarts", {0, 1}, {5, 6, 7}, "yyn");
        row("to the second", {0}, {60}, "y");
        row("too late", {0}, {61}, "n");
        row("a later cause keeps no earlier one", {0, 40}, {70, 71}, "yn");
        row("the wall clock was set back", {100}, {50}, "n");
    }

    void accountsForOneEach()
    {
        QFETCH(QList<qint64>, causes);
        QFETCH(QList<qint64>, restarts);
        QFETCH(QString, ours);
        ExpectedRestarts expected;
        for (const qint64 cause : causes)
            expected.expect(atSecond(cause));
        QString taken;
        for (const qint64 restart : restarts)
            taken += expected.take(atSecond(restart)) ? u'y' : u'n';
        QCOMPARE(taken, ours);
    }

    void isBounded()
    {
        ExpectedRestarts expected;
        for (int i = 0; i < 1000; ++i)
            expected.expect(atSecond(1));
        size_t taken = 0;
        while (expected.take(atSecond(2)))
            ++taken;
        QCOMPARE(taken, ExpectedRestarts::most);
    }
};

QTEST_GUILESS_MAIN(TestExpectedRestarts)
#include "tst_expectedrestarts.moc"
