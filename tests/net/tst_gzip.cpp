// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/contentcoding.h"
#include "net/gzip.h"

#include <QTest>

using namespace flowgate::net;

namespace {

// "hello", made by Python's gzip module (not by our own gzip()).
const QByteArray hello = QByteArray::fromHex("1f8b08000000000002ffcb48cdc9c9070086a6103605000000");

} // namespace

class TestGzip : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void inflates_data();
    void inflates();
    void refuses_data();
    void refuses();
    void bombStopsAtTheLimit();
    void packs();
    void codings_data();
    void codings();
};

void TestGzip::inflates_data()
{
    QTest::addColumn<QByteArray>("packed");
    QTest::addColumn<QByteArray>("expected");
    QByteArray large(3'000'000, 'x');
    for (qsizetype i = 0; i < large.size(); i += 7)
        large[i] = static_cast<char>(i * 31);
    QTest::addRow("T33 one member") << hello << QByteArray("hello");
    QTest::addRow("T33 two members are one body") << hello + hello << QByteArray("hellohello");
    QTest::addRow("T33 member of nothing") << gzip({}) << QByteArray();
    QTest::addRow("T33 larger than any buffer") << gzip(large) << large;
}

void TestGzip::inflates()
{
    QFETCH(QByteArray, packed);
    QFETCH(QByteArray, expected);
    const auto body = gunzip(packed, 3'000'000);
    QVERIFY(body.has_value());
    QCOMPARE(*body, expected);
}

void TestGzip::refuses_data()
{
    QTest::addColumn<QByteArray>("packed");
    QTest::addColumn<qsizetype>("limit");
    QTest::addColumn<GunzipError>("expected");
    QByteArray badSum = hello;
    badSum[badSum.size() - 6] = static_cast<char>(badSum[badSum.size() - 6] ^ 1);
    QTest::addRow("T33 empty is truncated") << QByteArray() << qsizetype(100) << GunzipError::Truncated;
    QTest::addRow("T33 cut inside the data") << hello.left(15) << qsizetype(100) << GunzipError::Truncated;
    QTest::addRow("T33 cut inside the trailer") << hello.chopped(1) << qsizetype(100) << GunzipError::Truncated;
    QTest::addRow("T33 cut second member") << hello + hello.left(12) << qsizetype(100) << GunzipError::Truncated;
    QTest::addRow("T33 header of gzip on a plain body")
        << QByteArray::fromHex("1f8b") + "plain text" << qsizetype(100) << GunzipError::Corrupt;
    QTest::addRow("T33 not gzip at all") << QByteArray("plain text") << qsizetype(100) << GunzipError::Corrupt;
    QTest::addRow("T33 wrong checksum") << badSum << qsizetype(100) << GunzipError::Corrupt;
    QTest::addRow("T33 bytes behind the end") << hello + "zz" << qsizetype(100) << GunzipError::Corrupt;
    QTest::addRow("T36 one byte over") << hello << qsizetype(4) << GunzipError::TooLarge;
    QTest::addRow("T36 members count together") << hello + hello << qsizetype(9) << GunzipError::TooLarge;
}

void TestGzip::refuses()
{
    QFETCH(QByteArray, packed);
    QFETCH(qsizetype, limit);
    QFETCH(GunzipError, expected);
    const auto body = gunzip(packed, limit);
    QVERIFY(!body.has_value());
    QCOMPARE(body.error(), expected);
}

void TestGzip::bombStopsAtTheLimit()
{
    const QByteArray bomb = gzip(QByteArray(100'000'000, '\0'));
    QVERIFY(bomb.size() < 1'000'000);
    const auto body = gunzip(bomb, 1'000'000);
    QVERIFY(!body.has_value());
    QCOMPARE(body.error(), GunzipError::TooLarge);
    QVERIFY(gunzip(hello, 5).has_value()); // a body of exactly the limit is no bomb
}

void TestGzip::packs()
{
    const QByteArray text = QByteArray("pipelines: {}\n").repeated(1000);
    const QByteArray packed = gzip(text);
    QVERIFY(packed.size() < text.size() / 10);
    QCOMPARE(*gunzip(packed, text.size()), text);
}

void TestGzip::codings_data()
{
    QTest::addColumn<QByteArrayList>("values");
    QTest::addColumn<ContentCoding>("expected");
    QTest::addRow("T33 none") << QByteArrayList{} << ContentCoding::Identity;
    QTest::addRow("T33 identity") << QByteArrayList{"identity"} << ContentCoding::Identity;
    QTest::addRow("T33 gzip by any case") << QByteArrayList{"GZip"} << ContentCoding::Gzip;
    QTest::addRow("T33 x-gzip") << QByteArrayList{"x-gzip"} << ContentCoding::Gzip;
    QTest::addRow("T33 deflate") << QByteArrayList{"deflate"} << ContentCoding::Unknown;
    QTest::addRow("T33 twice gzipped") << QByteArrayList{"gzip, gzip"} << ContentCoding::Unknown;
    QTest::addRow("T33 two lines") << QByteArrayList{"gzip", "br"} << ContentCoding::Unknown;
}

void TestGzip::codings()
{
    QFETCH(QByteArrayList, values);
    QFETCH(ContentCoding, expected);
    Headers headers;
    for (const QByteArray &value : values)
        headers.lines.push_back({"content-encoding", value});
    QCOMPARE(contentCoding(headers), expected);
}

QTEST_APPLESS_MAIN(TestGzip)
#include "tst_gzip.moc"
