// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/endpoint/endpointfixture.h"
#include "tests/support/patience.h"

#include <QTest>

#include <sys/resource.h>

using namespace flowgate;
using namespace flowgate::tests;

/// Many gateways that say nothing, and a few that do.
class TestIdleConnections : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void threeThousand();
};

void TestIdleConnections::threeThousand()
{
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    constexpr int wanted = 3000;
    if (files.rlim_cur < 2 * wanted + 200)
        QSKIP("not enough descriptors");
    Endpoint endpoint;
    std::vector<RawClient> idle(wanted);
    for (RawClient &client : idle)
        QVERIFY(client.connectTo(endpoint.port) && client.openWebSocket("/v1/opamp"));
    QTRY_COMPARE(endpoint.open(), wanted);
    RawClient busy;
    QVERIFY(busy.connectTo(endpoint.port) && busy.openWebSocket("/v1/opamp"));
    RawClient plain;
    QVERIFY(plain.connectTo(endpoint.port));
    for (quint64 i = 0; i < 500; ++i) {
        QVERIFY(busy.send(frame(Op::Binary, message(uidA, i))));
        QVERIFY(nextReply(busy).has_value());
        QVERIFY(plain.send(post("/v1/opamp", report(uidB, i))));
        QCOMPARE(plain.readResponse()->status, 200);
    }
    for (std::size_t i = 0; i < idle.size(); i += 100) { // the idle ones are still there, too
        QVERIFY(idle[i].send(frame(Op::Binary, message(uidA))));
        QVERIFY(nextReply(idle[i]).has_value());
    }
    idle.clear();
    QTRY_COMPARE(endpoint.handler.closed().size(), std::size_t(wanted));
    QTRY_COMPARE(endpoint.open(), 1);
}

QTEST_GUILESS_MAIN(TestIdleConnections)
#include "tst_idleconnections.moc"
