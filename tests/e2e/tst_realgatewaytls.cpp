// SPDX-License-Identifier: GPL-3.0-or-later
// A real supervisor over wss://, trusting any certificate and trusting a named authority.
#include "tests/e2e/support/processes.h"

#include <QTest>

using namespace flowgate::tests;

class TestRealGatewayTls : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void connects_data();
    void connects();

private:
    QTemporaryDir m_folder;
};

void TestRealGatewayTls::initTestCase()
{
    needGatewayBinary(QStringLiteral("opampsupervisor"));
    QProcess openssl;
    openssl.start(QStringLiteral("openssl"),
                  {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"), QStringLiteral("ec"),
                   QStringLiteral("-pkeyopt"), QStringLiteral("ec_paramgen_curve:P-256"), QStringLiteral("-nodes"),
                   QStringLiteral("-days"), QStringLiteral("2"), QStringLiteral("-subj"),
                   QStringLiteral("/CN=flowgate"), QStringLiteral("-addext"),
                   QStringLiteral("subjectAltName=IP:127.0.0.1"), QStringLiteral("-keyout"),
                   m_folder.filePath(QStringLiteral("key.pem")), QStringLiteral("-out"),
                   m_folder.filePath(QStringLiteral("cert.pem"))});
    QVERIFY(openssl.waitForFinished(flowgate::tests::patience));
    QCOMPARE(openssl.exitCode(), 0);
}

void TestRealGatewayTls::connects_data()
{
    QTest::addColumn<QString>("tls");
    QTest::addColumn<bool>("trusted");
    QTest::addRow("insecure_skip_verify") << QStringLiteral("insecure_skip_verify: true") << true;
    QTest::addRow("ca_file") << QStringLiteral("ca_file: ") + m_folder.filePath(QStringLiteral("cert.pem")) << true;
    QTest::addRow("unknown authority") << QStringLiteral("insecure_skip_verify: false") << false;
}

void TestRealGatewayTls::connects()
{
    QFETCH(QString, tls);
    QFETCH(bool, trusted);
    Daemon daemon;
    QVERIFY2(daemon.start({QStringLiteral("--tls-cert"), m_folder.filePath(QStringLiteral("cert.pem")),
                           QStringLiteral("--tls-key"), m_folder.filePath(QStringLiteral("key.pem"))}),
             daemon.log().constData());
    QVERIFY(daemon.endpoint().startsWith(QStringLiteral("wss://")));
    RealGateway real(daemon.endpoint(), RealGateway::Kind::Validating, tls);
    QVERIFY(real.start());
    if (!trusted) {
        QVERIFY(eventually([&] { return real.log().contains("certificate"); }));
        QVERIFY(daemon.gateway().isEmpty());
        return;
    }
    QVERIFY(eventually([&] { return at(daemon.gateway(), "health.state").toString() == u"healthy"; }));
}

QTEST_GUILESS_MAIN(TestRealGatewayTls)
#include "tst_realgatewaytls.moc"
