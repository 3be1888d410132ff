// SPDX-License-Identifier: GPL-3.0-or-later
// Who answers whether an effective config contains the desired one where its report was not answered at once.
#include "app/configs/containmentjudge.h"
#include "app/journal/recorder.h"
#include "domain/standing.h"
#include "tests/app/fleetrig.h"
#include "tests/support/patience.h"

#include <QTemporaryDir>
#include <QTest>

using namespace flowgate;
using namespace flowgate::tests;

namespace {

/// A config of about 150 KiB: two of them are more than is compared on the io thread. @param last  the value of its
/// last key
QByteArray large(int last)
{
    QByteArray text = "receivers:\n";
    for (int i = 0; i < 8'000; ++i)
        text += "  nop/" + QByteArray::number(i) + ": {a: 1}\n";
    return text + "x: " + QByteArray::number(last) + "\n";
}

/// The fleet with a store, which the recorder writes to.
struct JudgeRig : FleetRig
{
    QTemporaryDir folder;
    store::StoreThread store{folder.path(), clock};
    domain::Mailbox mailbox;
    app::EventLog log{clock, [](const domain::Event &) {}};
    app::Recorder recorder{clock, fleet, log, store};
    app::ContainmentJudge judge{fleet, bodies, store, mailbox};

    JudgeRig()
    {
        if (!store.open())
            qFatal("no store");
        fleet.addObserver(&recorder);
        fleet.addObserver(&judge);
    }
    ~JudgeRig() { store.close(); }
    Q_DISABLE_COPY_MOVE(JudgeRig)

    void reports(char which, const QByteArray &effective)
    {
        domain::AgentReport report = next(which);
        report.effectiveConfig = config(effective);
        (void)fleet.handle(ws(static_cast<domain::ConnectionId>(which)), report);
    }

    [[nodiscard]] bool isAnswered(char which) const { return domain::isContainmentCurrent(gateway(which)); }
};

} // namespace

class TestContainmentJudge final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void largeOnesAreComparedBehindTheReport()
    {
        JudgeRig rig;
        (void)rig.fleet.handle(rig.ws('a'), rig.full('a'));
        rig.fleet.want(rig.id('a'), rig.version(QStringLiteral("base"), 1, large(1)), false);
        QTRY_VERIFY(rig.isAnswered('a')); // what it reported before, read back
        rig.reports('a', large(2));
        QVERIFY(!rig.isAnswered('a'));
        QTRY_VERIFY(rig.isAnswered('a'));
        QVERIFY(!rig.gateway('a').containment->contains);
        QCOMPARE(rig.gateway('a').containment->differences.size(), size_t(1));
        rig.reports('a', large(1));
        QTRY_VERIFY(rig.isAnswered('a'));
        QVERIFY(rig.gateway('a').containment->contains);
    }

    void smallOnesAreComparedWithTheReport()
    {
        JudgeRig rig;
        (void)rig.fleet.handle(rig.ws('a'), rig.full('a'));
        rig.fleet.want(rig.id('a'), rig.version(QStringLiteral("base"), 1, "x: 1\n"), false);
        QTRY_VERIFY(rig.isAnswered('a'));
        rig.reports('a', "x: 1\ny: 2\n");
        QVERIFY(rig.isAnswered('a') && rig.gateway('a').containment->contains);
    }

    /// A newer report while an older one is compared: the answer is about the newer one.
    void theNewestReportIsAnswered()
    {
        JudgeRig rig;
        (void)rig.fleet.handle(rig.ws('a'), rig.full('a'));
        rig.fleet.want(rig.id('a'), rig.version(QStringLiteral("base"), 1, large(1)), false);
        QTRY_VERIFY(rig.isAnswered('a'));
        for (const int last : {2, 3, 4, 1})
            rig.reports('a', large(last));
        QTRY_VERIFY(rig.isAnswered('a'));
        QVERIFY(rig.gateway('a').containment->contains);
    }

    /// More than are compared at a time; one of them is forgotten meanwhile.
    void manyAreAnswered()
    {
        JudgeRig rig;
        const domain::ConfigRef base = rig.version(QStringLiteral("base"), 1, large(1));
        const QByteArray names = "abcdefghp";
        for (const char name : names) {
            (void)rig.fleet.handle(rig.ws(static_cast<domain::ConnectionId>(name)), rig.full(name));
            rig.fleet.want(rig.id(name), base, false);
        }
        for (const char name : names)
            QTRY_VERIFY(rig.isAnswered(name));
        for (const char name : names)
            rig.reports(name, large(name == 'p' ? 2 : 1));
        rig.fleet.forget({rig.id('c')});
        for (const char name : names) {
            if (name == 'c')
                continue;
            QTRY_VERIFY(rig.isAnswered(name));
            QCOMPARE(rig.gateway(name).containment->contains, name != 'p');
        }
    }

    /// An answer by older rules stays until there is a new one, which may be another.
    void olderRulesAreFoundAnew()
    {
        JudgeRig rig;
        (void)rig.fleet.handle(rig.ws('a'), rig.full('a'));
        rig.fleet.want(rig.id('a'), rig.version(QStringLiteral("base"), 1, "x: 1\n"), false);
        rig.reports('a', "y: 1\n");
        QTRY_VERIFY(rig.isAnswered('a'));
        domain::Containment older = *rig.gateway('a').containment;
        QVERIFY(!older.contains);
        older.contains = true; // as if the rules had been others
        older.rules = 0;
        rig.fleet.setContainment(rig.id('a'), older);
        QVERIFY(rig.gateway('a').containment->contains);
        QTRY_COMPARE(rig.gateway('a').containment->rules, domain::comparisonRules);
        QVERIFY(!rig.gateway('a').containment->contains);
    }
};

QTEST_GUILESS_MAIN(TestContainmentJudge)
#include "tst_containmentjudge.moc"
