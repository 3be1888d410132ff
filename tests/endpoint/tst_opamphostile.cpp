// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoint/opampcodec.h"

#include <QTest>

#include <opamp.pb.h>

using namespace flowgate;
namespace wire = opamp::proto::v1;
using Kind = endpoint::DecodeFailure::Kind;
Q_DECLARE_METATYPE(flowgate::endpoint::DecodeFailure::Kind)

namespace {

const QByteArray uid = QByteArray::fromHex("01a20a40b8477c64a967500bd08305b3");
const QByteArray ulid("01ARZ3NDEKTSV4RRFFQ69G5FAV");

QByteArray serialized(const wire::AgentToServer &message)
{
    return QByteArray::fromStdString(message.SerializeAsString());
}

QByteArray withUid(const QByteArray &instanceUid)
{
    wire::AgentToServer message;
    message.set_instance_uid(instanceUid.toStdString());
    return serialized(message);
}

/// Field @p number holding @p content, as bytes of the wire. For content up to 16,383 bytes.
QByteArray field(int number, const QByteArray &content)
{
    QByteArray bytes(1, static_cast<char>(number * 8 + 2));
    if (content.size() >= 0x80)
        bytes.append(static_cast<char>((content.size() & 0x7f) | 0x80)).append(static_cast<char>(content.size() >> 7));
    else
        bytes.append(static_cast<char>(content.size()));
    return bytes + content;
}

/// ComponentHealth with @p depth levels of sub-components, each entry a map's key and value.
QByteArray nestedHealth(int depth)
{
    QByteArray health("\x08\x01", 2);
    for (int i = 0; i < depth; ++i)
        health = field(6, field(1, "c") + field(2, health));
    return health;
}

int depthOf(const domain::ComponentHealth &health)
{
    return health.components.empty() ? 0 : 1 + depthOf(health.components.begin()->second);
}

} // namespace

/// What is no report, and which uid is none.
class TestOpampHostile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void refuses_data();
    void refuses();
    void uidBecomesKey_data();
    void uidBecomesKey();
    void nesting_data();
    void nesting();
    void everyCutIsSafe();
};

void TestOpampHostile::refuses_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("reason"); // a part of it
    QTest::addColumn<QByteArray>("wireUid");
    const auto s = [](const char *text) { return QString::fromLatin1(text); };

    QTest::addRow("T14 empty message") << QByteArray() << Kind::Invalid << s("missing") << QByteArray();
    QTest::addRow("ER1 uid missing") << QByteArray("\x10\x05", 2) << Kind::Invalid << s("missing") << QByteArray();
    QTest::addRow("S4 uid of 1 byte") << withUid("x") << Kind::Invalid << s("1 bytes") << QByteArray("x");
    QTest::addRow("S4 uid of 15 bytes") << withUid(uid.left(15)) << Kind::Invalid << s("15 bytes")
                                        << QByteArray(uid.left(15));
    QTest::addRow("S4 uid of 17 bytes") << withUid(uid + 'x') << Kind::Invalid << s("17 bytes")
                                        << QByteArray(uid + 'x');
    QTest::addRow("S4 uid of 36 bytes of UUID text")
        << withUid("01a20a40-b847-7c64-a967-500bd08305b3") << Kind::Invalid << s("36 bytes")
        << QByteArray("01a20a40-b847-7c64-a967-500bd08305b3");
    QTest::addRow("S4 uid all zero") << withUid(QByteArray(16, '\0')) << Kind::Invalid << s("zeros")
                                     << QByteArray(16, '\0');
    QTest::addRow("S4 a huge uid is not said back")
        << withUid(QByteArray(100'000, 'x')) << Kind::Invalid << s("100000 bytes") << QByteArray();
    QTest::addRow("X3 26 bytes that are no ULID") << withUid("01ARZ3NDEKTSV4RRFFQ69G5FAU") << Kind::Invalid << s("ULID")
                                                  << QByteArray("01ARZ3NDEKTSV4RRFFQ69G5FAU");
    QTest::addRow("X3 26 raw bytes") << withUid(QByteArray(26, '\xff')) << Kind::Invalid << s("ULID")
                                     << QByteArray(26, '\xff');
    QTest::addRow("X3 ULID all zero") << withUid(QByteArray(26, '0')) << Kind::Invalid << s("zeros")
                                      << QByteArray(26, '0');
    QTest::addRow("ER1 garbage") << QByteArray("GET / HTTP/1.1\r\n") << Kind::NotProtobuf << s("not a valid")
                                 << QByteArray();
    QTest::addRow("T30 starts with the WebSocket header")
        << QByteArray("\0", 1) + withUid(uid) << Kind::NotProtobuf << s("not a valid") << QByteArray();
    QTest::addRow("ER1 cut short") << withUid(uid) + QByteArray("\x1a\x05\x0a", 3) << Kind::NotProtobuf
                                   << s("cut short") << uid;
    QTest::addRow("X17 text that is not UTF-8")
        << withUid(uid) + field(5, field(3, "\xff\xfe")) << Kind::NotProtobuf << s("UTF-8") << uid;
    QTest::addRow("X17 map key that is not UTF-8")
        << withUid(uid) + field(6, field(1, field(1, field(1, "\xc0\xaf")))) << Kind::NotProtobuf << s("UTF-8") << uid;
    QTest::addRow("SEC6 600,000 empty attributes in 1.2 MB")
        << withUid(uid) + QByteArray("\x1a\x80\x9f\x49", 4) + QByteArray("\x0a\x00", 2).repeated(600'000)
        << Kind::NotProtobuf << s("500000") << QByteArray();
}

void TestOpampHostile::refuses()
{
    QFETCH(QByteArray, message);
    QFETCH(Kind, kind);
    QFETCH(QString, reason);
    QFETCH(QByteArray, wireUid);
    const auto report = endpoint::decodeReport(message);
    QVERIFY(!report);
    QCOMPARE(report.error().kind, kind);
    QVERIFY2(report.error().reason.contains(reason), qPrintable(report.error().reason));
    QCOMPARE(report.error().wireUid, wireUid);
}

void TestOpampHostile::uidBecomesKey_data()
{
    QTest::addColumn<QByteArray>("wireUid");
    QTest::addColumn<QByteArray>("key");
    QTest::addRow("S4 16 bytes, version 7") << uid << uid;
    QTest::addRow("S4 16 bytes, version bits do not matter") << QByteArray(16, '\xff') << QByteArray(16, '\xff');
    QTest::addRow("S4 16 bytes, one is not zero") << QByteArray(15, '\0') + '\1' << QByteArray(15, '\0') + '\1';
    QTest::addRow("X3 ULID text") << ulid << QByteArray::fromHex("01563e3ab5d3d6764c61efb99302bd5b");
    QTest::addRow("X3 ULID text in lower case")
        << ulid.toLower() << QByteArray::fromHex("01563e3ab5d3d6764c61efb99302bd5b");
}

void TestOpampHostile::uidBecomesKey()
{
    QFETCH(QByteArray, wireUid);
    QFETCH(QByteArray, key);
    const auto report = endpoint::decodeReport(withUid(wireUid));
    QVERIFY(report);
    QCOMPARE(report->id.bytes(), key);
    QCOMPARE(report->wireUid, wireUid); // S3: as it came
}

void TestOpampHostile::nesting_data()
{
    QTest::addColumn<int>("depth");
    QTest::addColumn<bool>("accepted");
    QTest::addRow("X17 45 levels of components") << 45 << true;
    QTest::addRow("X17 60 levels of components") << 60 << false;
}

void TestOpampHostile::nesting()
{
    QFETCH(int, depth);
    QFETCH(bool, accepted);
    const auto report = endpoint::decodeReport(withUid(uid) + field(5, nestedHealth(depth)));
    QCOMPARE(report.has_value(), accepted);
    if (report)
        QCOMPARE(depthOf(*report->health), depth);
    else
        QCOMPARE(report.error().kind, Kind::NotProtobuf);
}

/// T12, ER1: whatever arrives of a message gives a report or a failure.
void TestOpampHostile::everyCutIsSafe()
{
    wire::AgentToServer message;
    message.set_instance_uid(uid.toStdString());
    message.set_sequence_num(300);
    wire::KeyValue &name = *message.mutable_agent_description()->add_identifying_attributes();
    name.set_key("service.name");
    name.mutable_value()->set_string_value("otelcol-contrib");
    (*message.mutable_health()->mutable_component_health_map())["extensions"].set_healthy(true);
    const QByteArray whole = serialized(message);
    QVERIFY(endpoint::decodeReport(whole));
    int failures = 0;
    for (qsizetype size = 0; size < whole.size(); ++size) {
        const QByteArray cut(whole.constData(), size); // of its own, so that reading past the end is seen
        failures += endpoint::decodeReport(cut) ? 0 : 1;
        for (const char flip : {'\x01', '\x80', '\xff'}) {
            QByteArray bent = whole;
            bent[size] = static_cast<char>(bent.at(size) ^ flip);
            (void)endpoint::decodeReport(bent);
        }
    }
    QVERIFY(failures > 18); // at least each cut within the uid
}

QTEST_APPLESS_MAIN(TestOpampHostile)
#include "tst_opamphostile.moc"
