// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/peeruser.h"

#include <QTest>

using namespace flowgate::domain;

/// Who counts as the user that runs this program.
class TestPeerUser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isSame_data()
    {
        QTest::addColumn<bool>("onLoopback");
        QTest::addColumn<PeerUser>("user");
        QTest::addColumn<bool>("byProxy");
        QTest::addColumn<bool>("hasPublicUrl");
        QTest::addColumn<bool>("unknownIsSame");
        QTest::addColumn<bool>("same");
        QTest::addRow("the same user") << true << PeerUser::Same << false << false << false << true;
        QTest::addRow("another one") << true << PeerUser::Other << false << false << false << false;
        QTest::addRow("another one, whatever the setting")
            << true << PeerUser::Other << false << false << true << false;
        QTest::addRow("nobody tells") << true << PeerUser::Unknown << false << false << false << false;
        QTest::addRow("nobody tells, and the setting trusts")
            << true << PeerUser::Unknown << false << false << true << true;
        QTest::addRow("SEC8 through a proxy") << true << PeerUser::Same << true << false << true << false;
        QTest::addRow("SEC8 a public URL") << true << PeerUser::Same << false << true << true << false;
        QTest::addRow("from elsewhere") << false << PeerUser::Unknown << false << false << true << false;
        QTest::addRow("by another listener") << false << PeerUser::Same << false << false << false << false;
    }

    void isSame()
    {
        QFETCH(bool, onLoopback);
        QFETCH(PeerUser, user);
        QFETCH(bool, byProxy);
        QFETCH(bool, hasPublicUrl);
        QFETCH(bool, unknownIsSame);
        QFETCH(bool, same);
        Peer peer;
        peer.onLoopback = onLoopback;
        peer.user = user;
        peer.byProxy = byProxy;
        QCOMPARE(isSameUser(peer, {hasPublicUrl, unknownIsSame}), same);
    }
};

QTEST_GUILESS_MAIN(TestPeerUser)
#include "tst_peeruser.moc"
