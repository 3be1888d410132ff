// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/acceptencoding.h"

#include <QTest>

class TestAcceptEncoding : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void decides_data();
    void decides();
};

void TestAcceptEncoding::decides_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<bool>("expected");
    QTest::addRow("T34 no header: plain") << QByteArray() << false;
    QTest::addRow("T34 gzip") << QByteArray("gzip") << true;
    QTest::addRow("T34 any case") << QByteArray("GZIP") << true;
    QTest::addRow("T34 in a list") << QByteArray("deflate, gzip, br") << true;
    QTest::addRow("T34 not in the list") << QByteArray("deflate, br") << false;
    QTest::addRow("T34 star") << QByteArray("*") << true;
    QTest::addRow("T34 star forbidden") << QByteArray("*;q=0") << false;
    QTest::addRow("T34 gzip forbidden, star allowed") << QByteArray("gzip;q=0, *;q=1") << false;
    QTest::addRow("T34 star forbidden, gzip allowed") << QByteArray("*;q=0, gzip;q=0.5") << true;
    QTest::addRow("T34 zero with decimals") << QByteArray("gzip;q=0.000") << false;
    QTest::addRow("T34 small weight") << QByteArray("gzip;q=0.001") << true;
    QTest::addRow("T34 white space") << QByteArray(" gzip ; q=1.0 ,identity") << true;
    QTest::addRow("T34 capital Q") << QByteArray("gzip;Q=0") << false;
    QTest::addRow("T34 weight over 1 does not parse") << QByteArray("gzip;q=1.5") << false;
    QTest::addRow("T34 weight is no number") << QByteArray("gzip;q=x") << false;
    QTest::addRow("T34 weight of four decimals") << QByteArray("gzip;q=0.1234") << false;
    QTest::addRow("T34 empty weight") << QByteArray("gzip;q=") << false;
    QTest::addRow("T34 identity only") << QByteArray("identity") << false;
    QTest::addRow("T34 a name that only starts so") << QByteArray("gzip2") << false;
    QTest::addRow("T34 empty items") << QByteArray(",, gzip,") << true;
    QTest::addRow("T34 forbidden once is forbidden") << QByteArray("gzip, gzip;q=0") << false;
}

void TestAcceptEncoding::decides()
{
    QFETCH(QByteArray, header);
    QFETCH(bool, expected);
    QCOMPARE(flowgate::net::gzipAccepted(header), expected);
}

QTEST_APPLESS_MAIN(TestAcceptEncoding)
#include "tst_acceptencoding.moc"
