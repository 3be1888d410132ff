// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/listenaddress.h"
#include "tests/support/certificates.h"

#include <QTest>

using namespace flowgate;
using net::TlsError;

class TestListenAddress : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reads_data();
    void reads();
    void loopback();
    void tls();
};

void TestListenAddress::reads_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected"); // empty: refused
    const auto add = [](const char *text, const char *expected) {
        QTest::addRow("address %s", text) << QString::fromLatin1(text) << QString::fromLatin1(expected);
    };
    add("127.0.0.1:4320", "127.0.0.1:4320");
    add("0.0.0.0:0", "0.0.0.0:0");
    add("[::1]:4320", "[::1]:4320");
    add("[::]:80", "[::]:80");
    add("localhost:1", "127.0.0.1:1");
    add("*:65535", "0.0.0.0:65535");
    add("::1:4320", "");
    add("[127.0.0.1]:1", "");
    add("127.0.0.1", "");
    add("127.0.0.1:", "");
    add("127.0.0.1:65536", "");
    add("127.0.0.1:-1", "");
    add("127.0.0.1:+1", "");
    add("127.0.0.1: 1", "");
    add("example.org:80", "");
    add(":4320", "");
    add("", "");
}

void TestListenAddress::reads()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    const auto address = net::listenAddressFromText(text);
    QCOMPARE(address ? address->text() : QString(), expected);
}

void TestListenAddress::loopback()
{
    const auto isLoopback = [](const char *text) {
        return net::listenAddressFromText(QString::fromLatin1(text))->isLoopback();
    };
    QVERIFY(isLoopback("127.0.0.1:1"));
    QVERIFY(isLoopback("127.9.9.9:1"));
    QVERIFY(isLoopback("[::1]:1"));
    QVERIFY(!isLoopback("0.0.0.0:1")); // not loopback alone
    QVERIFY(!isLoopback("[::]:1"));
    QVERIFY(!isLoopback("10.0.0.1:1"));
}

void TestListenAddress::tls()
{
    const tests::Identity one = tests::makeIdentity("one");
    const tests::Identity two = tests::makeIdentity("two");
    const auto errorOf = [](const auto &result) { return result ? std::optional<TlsError>() : result.error(); };
    QVERIFY(net::tlsConfiguration(one.certificate, one.key).has_value());
    QCOMPARE(errorOf(net::tlsConfiguration("no PEM", one.key)), std::optional(TlsError::NoCertificate));
    QCOMPARE(errorOf(net::tlsConfiguration(one.certificate, "no PEM")), std::optional(TlsError::NoKey));
    QCOMPARE(errorOf(net::tlsConfiguration(one.certificate, two.key)), std::optional(TlsError::KeyMismatch));
    QCOMPARE(errorOf(net::tlsConfiguration(one.certificate, one.key, "no PEM")), std::optional(TlsError::NoCa));
    const auto verified = net::tlsConfiguration(one.certificate, one.key, two.certificate);
    QVERIFY(verified.has_value());
    QCOMPARE(verified->peerVerifyMode(), QSslSocket::VerifyPeer);
    QCOMPARE(verified->caCertificates().size(), 1);
}

QTEST_GUILESS_MAIN(TestListenAddress)
#include "tst_listenaddress.moc"
