// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoint/varint.h"

#include <QTest>

using namespace flowgate::endpoint;
using Read = std::optional<Varint>;
Q_DECLARE_METATYPE(Read)

class TestVarint : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reads_data();
    void reads();
    void writes_data();
    void writes();
};

void TestVarint::reads_data()
{
    QTest::addColumn<QByteArray>("hex");
    QTest::addColumn<Read>("expected");
    const auto add = [](const char *name, const char *hex, Read expected) {
        QTest::addRow("%s", name) << QByteArray(hex) << expected;
    };
    add("T11 zero", "00", Varint{0, 1});
    add("T11 one byte", "7f", Varint{127, 1});
    add("T11 two bytes", "ac02", Varint{300, 2});
    add("T11 what follows is left", "0001", Varint{0, 1});
    add("T11 greatest", "ffffffffffffffffff01", Varint{~quint64(0), 10});
    add("X4 longer zero is legal", "8000", Varint{0, 2});
    add("X4 longest zero", "80808080808080808000", Varint{0, 10});
    add("T12 header 1", "01", Varint{1, 1});
    add("T12 header 1 in two bytes", "8100", Varint{1, 2});
    add("T12 empty", "", std::nullopt);
    add("T12 unterminated", "80", std::nullopt);
    add("T12 unterminated, nine bytes", "808080808080808080", std::nullopt);
    add("T12 ten times ff overflows", "ffffffffffffffffffff", std::nullopt);
    add("T12 bit 64 overflows", "80808080808080808002", std::nullopt);
    add("T12 eleven bytes", "8080808080808080808000", std::nullopt);
}

void TestVarint::reads()
{
    QFETCH(QByteArray, hex);
    QFETCH(Read, expected);
    QVERIFY(readVarint(QByteArray::fromHex(hex)) == expected);
}

void TestVarint::writes_data()
{
    QTest::addColumn<quint64>("value");
    QTest::addColumn<QByteArray>("hex");
    QTest::addRow("T11 zero") << quint64(0) << QByteArray("00");
    QTest::addRow("T11 127") << quint64(127) << QByteArray("7f");
    QTest::addRow("T11 128") << quint64(128) << QByteArray("8001");
    QTest::addRow("T11 greatest") << ~quint64(0) << QByteArray("ffffffffffffffffff01");
}

void TestVarint::writes()
{
    QFETCH(quint64, value);
    QFETCH(QByteArray, hex);
    const QByteArray bytes = varintBytes(value);
    QCOMPARE(bytes.toHex(), hex);
    QCOMPARE(readVarint(bytes)->value, value);
}

QTEST_APPLESS_MAIN(TestVarint)
#include "tst_varint.moc"
