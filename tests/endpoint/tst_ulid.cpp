// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoint/ulid.h"

#include <QTest>

using namespace flowgate::endpoint;

class TestUlid : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reads_data();
    void reads();
    void writes();
};

void TestUlid::reads_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("hex"); // empty: refused
    QTest::addRow("X3 example") << QByteArray("01ARZ3NDEKTSV4RRFFQ69G5FAV")
                                << QByteArray("01563e3ab5d3d6764c61efb99302bd5b");
    QTest::addRow("X3 lower case") << QByteArray("01arz3ndektsv4rrffq69g5fav")
                                   << QByteArray("01563e3ab5d3d6764c61efb99302bd5b");
    QTest::addRow("X3 greatest") << QByteArray("7ZZZZZZZZZZZZZZZZZZZZZZZZZ")
                                 << QByteArray("ffffffffffffffffffffffffffffffff");
    QTest::addRow("X3 least") << QByteArray(26, '0') << QByteArray(32, '0');
    QTest::addRow("X3 more than 128 bits") << QByteArray("80000000000000000000000000") << QByteArray();
    QTest::addRow("X3 letter U") << QByteArray("01ARZ3NDEKTSV4RRFFQ69G5FAU") << QByteArray();
    QTest::addRow("X3 letter I") << QByteArray("01ARZ3NDEKTSV4RRFFQ69G5FAI") << QByteArray();
    QTest::addRow("X3 first letter L") << QByteArray("L1ARZ3NDEKTSV4RRFFQ69G5FAV") << QByteArray();
    QTest::addRow("X3 dash") << QByteArray("01ARZ3NDEK-SV4RRFFQ69G5FAV") << QByteArray();
    QTest::addRow("X3 high byte") << QByteArray("01ARZ3NDEKTSV4RRFFQ69G5FA\xff") << QByteArray();
    QTest::addRow("X3 NUL") << QByteArray(26, '\0') << QByteArray();
    QTest::addRow("X3 25 characters") << QByteArray("01ARZ3NDEKTSV4RRFFQ69G5FA") << QByteArray();
    QTest::addRow("X3 27 characters") << QByteArray("01ARZ3NDEKTSV4RRFFQ69G5FAVA") << QByteArray();
    QTest::addRow("X3 nothing") << QByteArray() << QByteArray();
}

void TestUlid::reads()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, hex);
    const auto bytes = fromUlid(text);
    QCOMPARE(bytes.has_value(), !hex.isEmpty());
    if (bytes) {
        QCOMPARE(bytes->toHex(), hex);
        QCOMPARE(toUlid(*bytes), text.toUpper());
    }
}

void TestUlid::writes()
{
    QCOMPARE(toUlid(QByteArray::fromHex("01563e3ab5d3d6764c61efb99302bd5b")), QByteArray("01ARZ3NDEKTSV4RRFFQ69G5FAV"));
    QCOMPARE(toUlid(QByteArray(15, 'x')), QByteArray());
    QCOMPARE(toUlid(QByteArray(17, 'x')), QByteArray());
}

QTEST_APPLESS_MAIN(TestUlid)
#include "tst_ulid.moc"
