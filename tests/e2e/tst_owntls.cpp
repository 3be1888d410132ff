// SPDX-License-Identifier: GPL-3.0-or-later
// TLS with a certificate that the control plane made for itself, and with one that is replaced while it serves.
#include "tests/e2e/support/processes.h"
#include "tests/support/certificates.h"
#include "tests/support/rawclient.h"

#include <QDirIterator>
#include <QJsonArray>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>
#include <QTest>

using namespace flowgate::tests;

namespace {

QString text(const char *latin1)
{
    return QString::fromLatin1(latin1);
}

QByteArray contentsOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

/// Who answers a handshake of a client that trusts only @p authorities; empty: nobody whom it trusts.
QString whoServes(quint16 port, const QByteArray &authorities)
{
    QSslSocket socket;
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setCaCertificates(QSslCertificate::fromData(authorities, QSsl::Pem));
    socket.setSslConfiguration(configuration);
    socket.connectToHostEncrypted(text("localhost"), port);
    return socket.waitForEncrypted(patience) ? socket.peerCertificate().subjectDisplayName() : QString();
}

} // namespace

class TestOwnTls final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void madeAtTheFirstStart()
    {
        Daemon daemon;
        QVERIFY(daemon.start({text("--tls"), text("yes")}));
        QVERIFY2(daemon.endpoint().startsWith(text("wss://")), qPrintable(daemon.endpoint()));
        const QByteArray certificate = contentsOf(daemon.folder() + text("/tls-cert.pem"));
        const QString host = whoServes(daemon.port(), certificate);
        QVERIFY(!host.isEmpty());
        QCOMPARE(whoServes(daemon.port(), makeIdentity("stranger").certificate), QString());
        const QJsonObject tls = daemon.ctl({text("status")}).json[text("tls")].toObject();
        QCOMPARE(tls[text("own")].toBool(), true);
        const QString fingerprint =
            QString::fromLatin1(QSslCertificate(certificate).digest(QCryptographicHash::Sha256).toHex(':').toUpper());
        QCOMPARE(tls[text("fingerprint_sha256")].toString(), fingerprint);
        bool isTold = false;
        for (const QJsonValue event : daemon.ctl({text("events")}).json[text("items")].toArray())
            isTold = isTold || (event[text("kind")] == text("certificate_made") &&
                                event[text("text")].toString().contains(fingerprint));
        QVERIFY(isTold);

        QCOMPARE(daemon.terminate(), 0);
        QVERIFY(daemon.start({text("--tls"), text("yes")}));
        QCOMPARE(daemon.ctl({text("status")}).json[text("tls")][text("fingerprint_sha256")].toString(), fingerprint);
        QCOMPARE(whoServes(daemon.port(), certificate), host);
    }

    // SEC2: who can be reached by others encrypts and asks for a token without being told to; who is let in by whom is
    // written down.
    void whatOthersReachIsGuarded()
    {
        Daemon daemon;
        QVERIFY2(daemon.start({text("--listen"), text("0.0.0.0:0")}), daemon.log().constData());
        const quint16 port = daemon.portOn(text("0.0.0.0"));
        RawClient plain;
        QVERIFY(plain.connectTo(port));
        plain.send("GET /v1/opamp HTTP/1.1\r\nHost: localhost\r\n\r\n");
        QVERIFY(!plain.readResponse());
        const auto upgrades = [port](const std::vector<QByteArray> &headers) {
            RawClient client;
            return client.connectTo(port) && client.startTls() && client.openWebSocket("/v1/opamp", headers);
        };
        QVERIFY(!upgrades({}));
        const QString token = daemon.ctl({text("tokens"), text("create"), text("lab")}).json[text("token")].toString();
        QVERIFY(upgrades({"Authorization: Bearer " + token.toLatin1()}));
        QCOMPARE(daemon.ctl({text("tokens"), text("revoke"), text("lab")}).exit, 0);
        QStringList acts;
        for (const QJsonValue event : daemon.ctl({text("events")}).json[text("items")].toArray()) {
            if (event[text("by")].toString() == u"operator")
                acts.append(event[text("kind")].toString());
        }
        QCOMPARE(acts, (QStringList{text("token_created"), text("token_revoked")}));
    }

    // SEC5: the key is where it is kept, and nowhere else.
    void theKeyIsToldNobody()
    {
        Daemon daemon;
        QVERIFY(daemon.start({text("--tls"), text("yes")}));
        const QByteArray key = contentsOf(daemon.folder() + text("/tls-key.pem"));
        if (key.isEmpty())
            QSKIP("the system's keychain has it");
        const QByteArray middle = key.split('\n').at(1);
        QVERIFY(middle.size() > 40);
        QCOMPARE(daemon.terminate(), 0);
        QVERIFY(!daemon.log().contains(middle));
        QDirIterator files(daemon.folder(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        int looked = 0;
        while (files.hasNext()) {
            const QString path = files.next();
            if (path.endsWith(text("/tls-key.pem")))
                continue;
            ++looked;
            QVERIFY2(!contentsOf(path).contains(middle), qPrintable(path));
        }
        QVERIFY(looked >= 2); // the certificate and the database at least
    }

    void anotherCertificateWithoutARestart()
    {
        const Identity authority = makeIdentity("authority");
        const Identity one = makeIdentity("one", &authority);
        const Identity other = makeIdentity("other", &authority);
        QTemporaryDir folder;
        const QString certificateFile = folder.filePath(text("c.pem"));
        const QString keyFile = folder.filePath(text("k.pem"));
        write(certificateFile, one.certificate);
        write(keyFile, one.key);
        Daemon daemon;
        QVERIFY(daemon.start({text("--tls-cert"), certificateFile, text("--tls-key"), keyFile}));
        QCOMPARE(whoServes(daemon.port(), authority.certificate), text("one"));
        QSslSocket open; // stays as it is
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setCaCertificates(QSslCertificate::fromData(authority.certificate, QSsl::Pem));
        open.setSslConfiguration(configuration);
        open.connectToHostEncrypted(text("localhost"), daemon.port());
        QVERIFY(open.waitForEncrypted(patience));
        write(certificateFile, other.certificate + "\n");
        write(keyFile, other.key + "\n");
        QTRY_COMPARE(whoServes(daemon.port(), authority.certificate), text("other"));
        QCOMPARE(open.state(), QAbstractSocket::ConnectedState);
    }
};

QTEST_GUILESS_MAIN(TestOwnTls)
#include "tst_owntls.moc"
