// SPDX-License-Identifier: GPL-3.0-or-later
#include "proto/fieldbudget.h"

#include <QTest>

#include <opamp.pb.h>

using namespace flowgate::proto;

namespace {

QByteArray varint(quint64 value)
{
    QByteArray bytes;
    for (; value >= 0x80; value >>= 7)
        bytes.append(static_cast<char>((value & 0x7f) | 0x80));
    return bytes.append(static_cast<char>(value));
}

QByteArray field(int number, const QByteArray &content)
{
    return varint(static_cast<quint64>(number) * 8 + 2) + varint(static_cast<quint64>(content.size())) + content;
}

} // namespace

class TestFieldBudget : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void counts_data();
    void counts();
};

void TestFieldBudget::counts_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<int>("limit");
    QTest::addColumn<bool>("within");

    const QByteArray emptyAttributes = field(3, QByteArray("\x0a\x00", 2).repeated(1000)); // description, 1,000 entries
    QTest::addRow("SEC6 1001 fields of 1001") << emptyAttributes << 1001 << true;
    QTest::addRow("SEC6 1001 fields of 1000") << emptyAttributes << 1000 << false;
    QTest::addRow("SEC6 shorter than the limit is not read") << emptyAttributes << 5000 << true;
    const QByteArray nested = field(5, field(6, field(2, field(6, field(2, QByteArray("\x08\x01", 2).repeated(100))))));
    QTest::addRow("SEC6 deep in a map, all") << nested << 105 << true;
    QTest::addRow("SEC6 deep in a map, one less") << nested << 104 << false;
    const QByteArray body = field(6, field(1, field(1, field(2, field(1, QByteArray(5000, '\x0a'))))));
    QTest::addRow("SEC6 a large file is one field") << body << 5 << true;
    QTest::addRow("SEC6 unknown fields count") << QByteArray("\xa0\x06\x00", 3).repeated(500) << 499 << false;
    QTest::addRow("SEC6 empty unknown groups count") << QByteArray("\xa3\x06\xa4\x06", 4).repeated(500) << 999 << false;
    // Within a group, what looks like a broken sub-message is an unknown field: counting must go on behind it.
    const QByteArray inGroup = QByteArray("\xa3\x06\x1a\x01\xff\xa4\x06", 7) + emptyAttributes;
    QTest::addRow("SEC6 a group does not end the count") << inGroup << 1000 << false;
    // A tag over 32 bits is cut by the parser: 0x10000001a is field 3 again.
    const QByteArray cut = QByteArray("\x9a\x80\x80\x80\x10", 5) + emptyAttributes.mid(1);
    QTest::addRow("SEC6 a tag of more than 32 bits") << cut << 1000 << false;
    QTest::addRow("SEC6 broken bytes are the parser's") << QByteArray(5000, '\xff') << 10 << true;
    QTest::addRow("SEC6 length past the end") << field(3, "x") + QByteArray("\x1a\x7f", 2) << 3 << true;
    QByteArray deep;
    for (int i = 0; i < 300; ++i)
        deep = field(5, field(6, field(2, deep)));
    QTest::addRow("X17 nesting is not followed for ever") << deep.mid(1) << 200 << true;
}

void TestFieldBudget::counts()
{
    QFETCH(QByteArray, message);
    QFETCH(int, limit);
    QFETCH(bool, within);
    QCOMPARE(withinFieldBudget(message, *opamp::proto::v1::AgentToServer::descriptor(), limit), within);
}

QTEST_APPLESS_MAIN(TestFieldBudget)
#include "tst_fieldbudget.moc"
