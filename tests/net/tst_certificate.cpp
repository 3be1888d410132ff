// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/certificate.h"
#include "net/listenaddress.h"
#include "tests/support/certificates.h"

#include <QSslCertificate>
#include <QTest>

using namespace flowgate;
using namespace std::chrono_literals;

class TestCertificate final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isMadeAsWished()
    {
        const domain::WallTime from{domain::milliseconds{1'795'000'000'000}};
        const auto identity = net::makeSelfSigned(
            {{QStringLiteral("lab.example.org"), QStringLiteral("localhost")},
             {QHostAddress(QStringLiteral("192.0.2.7")), QHostAddress(QStringLiteral("2001:db8::7"))},
             from,
             from + 24h * 30});
        QVERIFY(identity);
        const auto facts = net::certificateFacts(identity->certificatePem);
        QVERIFY(facts);
        QCOMPARE(facts->subject, QStringLiteral("lab.example.org"));
        QVERIFY(facts->isSelfSigned);
        QCOMPARE(facts->until, from + 24h * 30);
        QCOMPARE(facts->fingerprint.size(), 32);
        QStringList names = facts->names;
        for (QString &name : names) // Qt writes version 6 addresses in full
            name = QHostAddress(name).isNull() ? name : QHostAddress(name).toString();
        names.sort();
        QCOMPARE(names, (QStringList{QStringLiteral("192.0.2.7"), QStringLiteral("2001:db8::7"),
                                     QStringLiteral("lab.example.org"), QStringLiteral("localhost")}));
        QVERIFY(net::tlsConfiguration(identity->certificatePem, identity->keyPem));
    }

    // Two of one name must not be taken for each other.
    void noTwoAreEqual()
    {
        const net::CertificateWish wish{{QStringLiteral("a")}, {}, domain::WallTime(0ms), domain::WallTime(24h)};
        const auto one = net::makeSelfSigned(wish);
        const auto other = net::makeSelfSigned(wish);
        QVERIFY(one && other);
        QVERIFY(one->keyPem != other->keyPem);
        const auto serial = [](const QByteArray &pem) {
            return QSslCertificate::fromData(pem, QSsl::Pem).front().serialNumber();
        };
        QVERIFY(serial(one->certificatePem) != serial(other->certificatePem));
    }

    void leadsToItsAuthority() // X11
    {
        const auto root = tests::makeIdentity("root");
        const auto other = tests::makeIdentity("root"); // of the same name
        const auto leaf = tests::makeIdentity("leaf", &root);
        QVERIFY(net::isIssuedBy(leaf.certificate, root.certificate));
        QVERIFY(net::isIssuedBy(leaf.certificate, other.certificate + root.certificate));
        QVERIFY(net::isIssuedBy(leaf.certificate + root.certificate, root.certificate));
        QVERIFY(net::isIssuedBy(root.certificate, root.certificate));
        QVERIFY(net::isIssuedBy(leaf.certificate, leaf.certificate)); // to trust it alone is enough
        QVERIFY(!net::isIssuedBy(leaf.certificate, other.certificate));
        QVERIFY(!net::isIssuedBy(leaf.certificate + root.certificate, other.certificate)); // what it brings is no trust
        QVERIFY(!net::isIssuedBy(leaf.certificate, "no certificate"));
        QVERIFY(!net::isIssuedBy({}, root.certificate));
    }

    void isForTheName_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("host");
        QTest::addColumn<bool>("expected");
        const auto row = [](const char *name, const char *host, bool expected) {
            QTest::addRow("%s for %s", name, host)
                << QString::fromLatin1(name) << QString::fromLatin1(host) << expected;
        };
        row("gw.example.org", "GW.example.org", true);
        row("gw.example.org", "example.org", false);
        row("*.example.org", "gw.Example.org", true);
        row("*.example.org", "example.org", false);
        row("*.example.org", "a.b.example.org", false);
        row("*.example.org", ".example.org", false);
        row("192.0.2.7", "192.0.2.7", true);
        row("192.0.2.7", "192.0.2.70", false);
        row("2001:db8:0:0:0:0:0:7", "2001:db8::7", true);
    }
    void isForTheName()
    {
        QFETCH(QString, name);
        QFETCH(QString, host);
        net::CertificateFacts facts;
        facts.names = {QStringLiteral("else.example.org"), name};
        QTEST(net::isNamed(facts, host), "expected");
    }

    void oddNames_data()
    {
        QTest::addColumn<QStringList>("names");
        QTest::addColumn<bool>("isMade");
        QTest::newRow("none") << QStringList() << false;
        QTest::newRow("long") << QStringList{QString(63, u'a') + QStringLiteral(".example.org")} << true;
        QTest::newRow("one that would be two")
            << QStringList{QStringLiteral("a"), QStringLiteral("b,IP:10.0.0.1")} << true;
    }
    void oddNames()
    {
        QFETCH(QStringList, names);
        QFETCH(bool, isMade);
        const auto identity = net::makeSelfSigned({names, {}, domain::WallTime(0ms), domain::WallTime(24h)});
        QCOMPARE(identity.has_value(), isMade);
        if (identity)
            QVERIFY(!net::certificateFacts(identity->certificatePem)->names.contains(QStringLiteral("10.0.0.1")));
    }

    void whatIsNone()
    {
        QVERIFY(!net::certificateFacts("no certificate"));
        QVERIFY(!net::certificateFacts({}));
        QVERIFY(!net::certificateFacts("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"));
    }

    void fingerprintsAreWrittenAsOthersDo()
    {
        QCOMPARE(net::fingerprintText(QByteArray::fromHex("00ab7f")), QStringLiteral("00:AB:7F"));
        const auto authority = tests::makeIdentity("authority");
        QVERIFY(net::certificateFacts(authority.certificate)->isSelfSigned);
        QVERIFY(!net::certificateFacts(tests::makeIdentity("server", &authority).certificate)->isSelfSigned);
    }
};

QTEST_GUILESS_MAIN(TestCertificate)
#include "tst_certificate.moc"
