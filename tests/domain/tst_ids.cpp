// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/domain/samples.h"

#include <QSet>

using namespace flowgate::tests;

class TestIds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesUuids_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("text");
        QTest::addRow("S4 16 bytes") << QByteArray::fromHex("01A20A40B8477C64A967500BD08305B3")
                                     << u"01a20a40-b847-7c64-a967-500bd08305b3"_s;
        QTest::addRow("S4 all 0xff") << QByteArray(16, '\xff') << u"ffffffff-ffff-ffff-ffff-ffffffffffff"_s;
        QTest::addRow("S4 leading zeros") << QByteArray(16, '\0') << u"00000000-0000-0000-0000-000000000000"_s;
        QTest::addRow("S4 15 bytes are no id") << QByteArray(15, 'a') << QString();
        QTest::addRow("S4 17 bytes are no id") << QByteArray(17, 'a') << QString();
        QTest::addRow("X3 26 bytes of ULID text are no key") << QByteArray(26, 'A') << QString();
        QTest::addRow("S4 empty") << QByteArray() << QString();
    }

    void writesUuids()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, text);
        QCOMPARE(uuidText(GatewayId(bytes)), text);
    }

    void readsUuids_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("good");
        QTest::addRow("canonical") << u"01a20a40-b847-7c64-a967-500bd08305b3"_s << true;
        QTest::addRow("upper case") << u"01A20A40-B847-7C64-A967-500BD08305B3"_s << true;
        QTest::addRow("no dashes") << u"01a20a40b8477c64a967500bd08305b3"_s << true;
        QTest::addRow("empty") << QString() << false;
        QTest::addRow("31 digits") << u"01a20a40b8477c64a967500bd08305b"_s << false;
        QTest::addRow("33 digits") << u"01a20a40b8477c64a967500bd08305b30"_s << false;
        QTest::addRow("not hex") << u"g1a20a40b8477c64a967500bd08305b3"_s << false;
        QTest::addRow("space inside") << u"01a20a40 b8477c64a967500bd08305b"_s << false;
        QTest::addRow("wide digits that only look like ASCII") << u"０1a20a40b8477c64a967500bd08305b3"_s << false;
        QTest::addRow("braces") << u"{01a20a40-b847-7c64-a967-500bd08305b3}"_s << false;
    }

    void readsUuids()
    {
        QFETCH(QString, text);
        QFETCH(bool, good);
        const auto id = gatewayIdFromText(text);
        QCOMPARE(id.has_value(), good);
        if (id)
            QCOMPARE(uuidText(*id), u"01a20a40-b847-7c64-a967-500bd08305b3"_s);
    }

    void makesVersion7_data()
    {
        QTest::addColumn<qint64>("unixMs");
        QTest::addColumn<QByteArray>("time");
        // RFC 9562, appendix A.6: 017F22E2-79B0-7... stands for 2022-02-22T19:22:22.000Z.
        QTest::addRow("S5 RFC 9562 A.6") << qint64(0x017F22E279B0) << QByteArray::fromHex("017f22e279b0");
        QTest::addRow("S5 the epoch") << qint64(0) << QByteArray(6, '\0');
        QTest::addRow("S5 the last one of 48 bits") << qint64(0xFFFFFFFFFFFF) << QByteArray(6, '\xff');
    }

    void makesVersion7()
    {
        QFETCH(qint64, unixMs);
        QFETCH(QByteArray, time);
        QSet<QByteArray> made;
        for (int i = 0; i < 1000; ++i) {
            const QByteArray uuid = makeUuidV7(unixMs);
            QCOMPARE(uuid.size(), 16);
            QCOMPARE(uuid.left(6), time);
            QCOMPARE(uuid.at(6) & 0xf0, 0x70);
            QCOMPARE(uuid.at(8) & 0xc0, 0x80);
            made.insert(uuid);
        }
        QCOMPARE(made.size(), 1000);
    }

    void variesEveryRandomBit()
    {
        QByteArray seen(16, '\0');
        QByteArray always(16, '\xff');
        for (int i = 0; i < 200; ++i) {
            const QByteArray uuid = makeUuidV7(0);
            for (int k = 0; k < 16; ++k) {
                seen[k] = static_cast<char>(seen.at(k) | uuid.at(k));
                always[k] = static_cast<char>(always.at(k) & uuid.at(k));
            }
        }
        QCOMPARE(seen.toHex(), QByteArray("0000000000007fffbfffffffffffffff"));
        QCOMPARE(always.toHex(), QByteArray("00000000000070008000000000000000"));
    }

    void readsHashes_data()
    {
        QTest::addColumn<QString>("hex");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addRow("X16 32 bytes") << QString(64, u'a') << QByteArray(32, '\xaa');
        QTest::addRow("upper case") << u"ABCDEF01"_s << QByteArray::fromHex("abcdef01");
        QTest::addRow("8 digits are enough") << u"00000001"_s << QByteArray::fromHex("00000001");
        QTest::addRow("7 digits are not") << u"0000001"_s << QByteArray();
        QTest::addRow("6 digits are not") << u"000001"_s << QByteArray();
        QTest::addRow("odd count") << u"000000011"_s << QByteArray();
        QTest::addRow("not hex") << u"0000000x"_s << QByteArray();
        QTest::addRow("empty") << QString() << QByteArray();
    }

    void readsHashes()
    {
        QFETCH(QString, hex);
        QFETCH(QByteArray, bytes);
        const auto hash = configHashFromHex(hex);
        QCOMPARE(hash.has_value(), !bytes.isEmpty());
        if (hash) {
            QCOMPARE(hash->bytes(), bytes);
            QCOMPARE(hash->hex(), hex.toLower());
        }
    }

    void comparesBytes()
    {
        // X16: bytes, not text; a zero byte ends nothing.
        const GatewayId a(QByteArray("\0\1", 2));
        const GatewayId b(QByteArray("\0\2", 2));
        QVERIFY(a != b);
        QVERIFY(a < b);
        QVERIFY(GatewayId(QByteArray("\x7f")) < GatewayId(QByteArray("\x80")));
        QCOMPARE(GatewayId(QByteArray()), GatewayId(QByteArray("")));
        QCOMPARE(qHash(GatewayId(QByteArray())), qHash(GatewayId(QByteArray(""))));
    }
};

QTEST_GUILESS_MAIN(TestIds)
#include "tst_ids.moc"
