// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/fleetrig.h"

#include <QTest>

#include <numeric>

using namespace flowgate;
using namespace flowgate::tests;

namespace {

constexpr int many = 1000;

/// Gateway @p index with the uid of its number and report @p sequence; the first one brings everything.
domain::AgentReport reportOf(FleetRig &rig, int index, quint64 sequence)
{
    domain::AgentReport report = sequence == 0 ? rig.full('a') : rig.next('a');
    report.id = domain::GatewayId(QByteArray::number(index).rightJustified(16, 'g'));
    report.wireUid = report.id.bytes();
    report.sequence = sequence;
    report.digest = QByteArray::number(sequence) + report.wireUid;
    return report;
}

} // namespace

/// What a restart of the control plane asks of a thousand gateways.
class TestManyGateways : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void restart_data() // X5b
    {
        QTest::addColumn<bool>("storeIsLost");
        QTest::addColumn<quint64>("number");
        QTest::addColumn<int>("asked");
        QTest::addRow("X5b who goes on counting is not asked") << false << quint64(1) << 0;
        QTest::addRow("X5b S8 who spoke while we were away is asked") << false << quint64(2) << many;
        QTest::addRow("X5b S8 with the store lost all are asked") << true << quint64(1) << many;
    }

    void restart()
    {
        QFETCH(bool, storeIsLost);
        QFETCH(quint64, number);
        QFETCH(int, asked);
        FleetRig before;
        std::vector<domain::Gateway> stored;
        for (int i = 0; i < many; ++i) {
            const domain::AgentReport first = reportOf(before, i, 0);
            (void)before.fleet.handle(FleetRig::ws(domain::ConnectionId(i + 1)), first);
            stored.push_back(*before.fleet.find(first.id));
        }
        FleetRig after;
        if (!storeIsLost)
            after.fleet.restore(std::move(stored));
        // All of them at once; then each second, with their next messages.
        std::vector<int> flags(many);
        QList<int> bySecond;
        for (quint64 second = 0; second < 6; ++second) {
            for (int i = 0; i < many; ++i) {
                const auto connection = domain::ConnectionId(i + 1);
                const auto reply = after.fleet.handle(FleetRig::ws(connection), reportOf(after, i, number + second));
                flags[size_t(i)] += FleetRig::normal(reply).askFullState ? 1 : 0;
            }
            bySecond.append(std::accumulate(flags.begin(), flags.end(), 0));
            after.pass(std::chrono::seconds(1));
        }
        constexpr int some = app::FullStateAsks::mostASecond;
        QCOMPARE(bySecond.front(), std::min(asked, some));
        for (qsizetype i = 1; i < bySecond.size(); ++i)
            QCOMPARE(bySecond[i], std::min(asked, bySecond[i - 1] + some));
        QCOMPARE(bySecond.back(), asked);
        QVERIFY(std::ranges::max(flags) <= 1); // each once
        QVERIFY(after.port.sent.empty());      // replies only: nothing is pushed at them besides
    }
};

QTEST_GUILESS_MAIN(TestManyGateways)
#include "tst_manygateways.moc"
