// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/net/servicefixture.h"
#include "tests/support/certificates.h"
#include "tests/support/patience.h"
#include "tests/support/rawclient.h"

#include <QTest>

#include <openssl/ssl.h>

using namespace flowgate;
using namespace flowgate::tests;
using namespace std::chrono_literals;

class TestTlsServer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void serves_data();
    void serves();
    void oldVersionsAreRefused();
    void plainBytesOnATlsPort_data();
    void plainBytesOnATlsPort();
    void clientCertificates_data();
    void clientCertificates();
    void halfOpenHandshakes();
    void refusalIsNotReset();

private:
    [[nodiscard]] QSslConfiguration configuration(const QByteArray &clientCa = {}) const
    {
        return *net::tlsConfiguration(m_identity.certificate, m_identity.key, clientCa);
    }

    Identity m_identity;
    Identity m_authority;
};

void TestTlsServer::initTestCase()
{
    m_identity = makeIdentity("flowgate.test");
    m_authority = makeIdentity("authority.test");
}

void TestTlsServer::serves_data()
{
    QTest::addColumn<int>("version");
    QTest::addRow("TLS 1.2") << TLS1_2_VERSION;
    QTest::addRow("TLS 1.3") << TLS1_3_VERSION;
}

void TestTlsServer::serves()
{
    QFETCH(int, version);
    Service service({}, configuration());
    RawClient client;
    QVERIFY(client.connectTo(service.port));
    QVERIFY(client.startTls({.certificatePem = {}, .keyPem = {}, .maxVersion = version}));
    for (const qsizetype size : {qsizetype(5), qsizetype(300'000), qsizetype(2'000'000)}) {
        const QByteArray body(size, 'x');
        QVERIFY(client.send(post("/echo", body)));
        const auto response = client.readResponse();
        QVERIFY(response.has_value());
        QVERIFY(response->body == body);
    }
    QVERIFY(client.send(post("/echo", "one") + post("/echo", "two")));
    QCOMPARE(client.readResponse()->body, QByteArray("one"));
    QCOMPARE(client.readResponse()->body, QByteArray("two"));
}

void TestTlsServer::oldVersionsAreRefused()
{
    Service service({}, configuration());
    RawClient client;
    QVERIFY(client.connectTo(service.port));
    QVERIFY(!client.startTls({.certificatePem = {}, .keyPem = {}, .maxVersion = TLS1_1_VERSION}));
    QTRY_COMPARE(service.counters().handshakeFailed, quint64(1));
    QCOMPARE(service.open(), 0);
}

void TestTlsServer::plainBytesOnATlsPort_data()
{
    QTest::addColumn<QByteArrayList>("pieces");
    QTest::addColumn<int>("counted");
    QTest::addRow("a POST") << QByteArrayList{post("/echo", "x")} << 1;
    QTest::addRow("an upgrade") << QByteArrayList{upgrade("/socket")} << 1;
    QTest::addRow("a POST, byte by byte") << QByteArrayList{"P", "O", "S", "T"} << 1;
    QTest::addRow("other bytes") << QByteArrayList{QByteArray(100, 'x')} << 0;
}

void TestTlsServer::plainBytesOnATlsPort()
{
    QFETCH(QByteArrayList, pieces);
    QFETCH(int, counted);
    Service service({}, configuration());
    RawClient client;
    QVERIFY(client.connectTo(service.port));
    for (const QByteArray &piece : pieces) {
        client.send(piece);
        if (pieces.size() > 1)
            (void)client.staysQuiet(20ms); // so that they come one by one; where they do not, nothing changes
    }
    QVERIFY(!client.readResponse().has_value());
    QTRY_COMPARE(service.counters().handshakeFailed, quint64(1));
    QCOMPARE(service.refused(domain::Refusal::PlainOnTls), quint64(counted));
    QCOMPARE(service.open(), 0);
}

void TestTlsServer::clientCertificates_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<bool>("expected");
    QTest::addRow("client CA: signed by it") << 0 << true;
    QTest::addRow("client CA: signed by another") << 1 << false;
    QTest::addRow("client CA: none shown") << 2 << false;
}

void TestTlsServer::clientCertificates()
{
    QFETCH(int, kind);
    QFETCH(bool, expected);
    Service service({}, configuration(m_authority.certificate));
    const Identity stranger = makeIdentity("authority.test"); // the same name, another key
    const Identity shown = makeIdentity("gateway.test", kind == 0 ? &m_authority : &stranger);
    RawClient client;
    QVERIFY(client.connectTo(service.port));
    RawTls tls;
    if (kind != 2) {
        tls.certificatePem = shown.certificate;
        tls.keyPem = shown.key;
    }
    // In TLS 1.3 the client is done before the server has judged it: only an answer proves anything.
    const bool answered = client.startTls(tls) && client.send(post("/echo", "x")) && client.readResponse().has_value();
    QCOMPARE(answered, expected);
    QCOMPARE(service.counters().requests, quint64(expected ? 1 : 0));
}

void TestTlsServer::halfOpenHandshakes()
{
    net::ServerLimits limits;
    limits.handshakesPerAddress = 50;
    Service service(limits, configuration());
    std::vector<RawClient> halfOpen(40);
    for (RawClient &client : halfOpen)
        QVERIFY(client.connectTo(service.port));
    RawClient newcomer; // must not wait for any of them: they would never end, the clock stands still
    QVERIFY(newcomer.connectTo(service.port) && newcomer.startTls() && newcomer.send(post("/echo", "x")));
    QCOMPARE(newcomer.readResponse()->status, 200);
    std::vector<RawClient> more(20);
    for (RawClient &client : more)
        QVERIFY(client.connectTo(service.port));
    QTRY_COMPARE(service.counters().overCap, quint64(10)); // the oldest of them, for those that came later
    QCOMPARE(service.refused(domain::Refusal::Handshakes), quint64(10));
    service.clock.advance(11s);
    QTRY_COMPARE(service.counters().timedOut, quint64(50));
    RawClient last;
    QVERIFY(last.connectTo(service.port) && last.startTls());
}

void TestTlsServer::refusalIsNotReset()
{
    Service service({}, configuration());
    RawClient client;
    QVERIFY(client.connectTo(service.port) && client.startTls());
    client.send(post("/small", QByteArray(3'000'000, 'x')));
    const auto response = client.readResponse();
    QVERIFY(response.has_value());
    QCOMPARE(response->status, 413);
}

QTEST_GUILESS_MAIN(TestTlsServer)
#include "tst_tlsserver.moc"
