// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/peerusers.h"
#include "tests/support/otheruser.h"
#include "tests/support/patience.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace flowgate;
using domain::PeerUser;

class TestPeerUsers final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tellsTheSameUser_data()
    {
        QTest::addColumn<QString>("listen");
        QTest::addColumn<QString>("connect");
        QTest::addRow("IPv4") << QStringLiteral("127.0.0.1") << QStringLiteral("127.0.0.1");
        QTest::addRow("another address of the loopback net")
            << QStringLiteral("127.0.0.2") << QStringLiteral("127.0.0.2");
        QTest::addRow("IPv6") << QStringLiteral("::1") << QStringLiteral("::1");
        QTest::addRow("IPv4 to a listener on both") << QString() << QStringLiteral("127.0.0.1");
    }

    void tellsTheSameUser()
    {
        QFETCH(QString, listen);
        QFETCH(QString, connect);
        net::PeerUsers users;
        QVERIFY(users.canTell());
        QTcpServer server;
        QVERIFY2(server.listen(listen.isEmpty() ? QHostAddress(QHostAddress::Any) : QHostAddress(listen)),
                 qPrintable(server.errorString()));
        QTcpSocket client;
        client.connectToHost(QHostAddress(connect), server.serverPort());
        QVERIFY(server.waitForNewConnection(tests::patience));
        QTcpSocket *accepted = server.nextPendingConnection();
        const auto ask = [&] {
            return users.of({accepted->peerAddress(), accepted->peerPort()},
                            {accepted->localAddress(), accepted->localPort()});
        };
        QCOMPARE(ask(), PeerUser::Same);
        QCOMPARE(ask(), PeerUser::Same);
        QVERIFY(client.waitForConnected(tests::patience));
        client.close();
        // No process holds it any more: the kernel shows uid 0 then.
        QCOMPARE(ask(), PeerUser::Other);
    }

    void tellsWhatIsNotThere()
    {
        net::PeerUsers users;
        const QHostAddress here(QHostAddress::LocalHost);
        QTcpServer server;
        QVERIFY(server.listen(here));
        QCOMPARE(users.of({here, 1}, {here, server.serverPort()}), PeerUser::Other);
        QCOMPARE(users.of({QHostAddress(QStringLiteral("192.0.2.7")), 4711}, {here, server.serverPort()}),
                 PeerUser::Other);
        QCOMPARE(users.of({QHostAddress(), 0}, {QHostAddress(), 0}), PeerUser::Other);
    }

    void tellsAnotherUser()
    {
        if (!tests::canBeAnotherUser())
            QSKIP("only root can connect as another user");
        net::PeerUsers users;
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress(QHostAddress::LocalHost)));
        tests::OtherUser nobody;
        const auto port = nobody.connectTo(server.serverPort());
        QVERIFY(port.has_value());
        QVERIFY(server.waitForNewConnection(tests::patience));
        QTcpSocket *accepted = server.nextPendingConnection();
        QCOMPARE(accepted->peerPort(), *port);
        QCOMPARE(users.of({accepted->peerAddress(), accepted->peerPort()},
                          {accepted->localAddress(), accepted->localPort()}),
                 PeerUser::Other);
    }
};

QTEST_GUILESS_MAIN(TestPeerUsers)
#include "tst_peerusers.moc"
