// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoint/opampcodec.h"

#include <QCryptographicHash>
#include <QTest>

#include <functional>
#include <opamp.pb.h>

using namespace flowgate;
namespace wire = opamp::proto::v1;
using Fill = std::function<void(wire::AgentToServer &)>;
using Check = std::function<bool(const domain::AgentReport &)>;
Q_DECLARE_METATYPE(Fill)
Q_DECLARE_METATYPE(Check)

namespace {

const QByteArray uid = QByteArray::fromHex("01a20a40b8477c64a967500bd08305b3");

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

void add(wire::KeyValue *item, const char *key, const std::function<void(wire::AnyValue &)> &fill)
{
    item->set_key(key);
    if (fill)
        fill(*item->mutable_value());
}

} // namespace

class TestOpampCodec : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reads_data();
    void reads();
    void attributesOfEachType();
    void eachPartAlone_data();
    void eachPartAlone();
};

void TestOpampCodec::reads_data()
{
    QTest::addColumn<Fill>("fill");
    QTest::addColumn<Check>("check");
    const auto row = [](const char *name, Fill fill, Check check) {
        QTest::addRow("%s", name) << std::move(fill) << std::move(check);
    };
    using Report = domain::AgentReport;
    using Message = wire::AgentToServer;

    row(
        "X2 bare heartbeat has nothing but the uid", [](Message &) {},
        [](const Report &r) {
            return r.sequence == 0 && r.capabilities.isUnspecified() && r.flags == 0 && !r.description && !r.health &&
                   !r.effectiveConfig && !r.remoteConfigStatus && !r.availableComponents && !r.hasPackageStatuses &&
                   !r.disconnect;
        });
    row(
        "S7 sequence number of 10^18", [](Message &m) { m.set_sequence_num(1'000'000'000'000'000'000ULL); },
        [](const Report &r) { return r.sequence == 1'000'000'000'000'000'000ULL; });
    row(
        "S5 flag asks for a new uid", [](Message &m) { m.set_flags(wire::AgentToServerFlags_RequestInstanceUid); },
        [](const Report &r) { return r.flags == 1; });
    row(
        "S20 capability bit 63 is kept", [](Message &m) { m.set_capabilities(0x8000000000000003ULL); },
        [](const Report &r) {
            return r.capabilities.bits() == 0x8000000000000003ULL &&
                   r.capabilities.has(domain::Capability::AcceptsRemoteConfig);
        });
    row(
        "S20 status enum 99 is kept",
        [](Message &m) { m.mutable_remote_config_status()->set_status(static_cast<wire::RemoteConfigStatuses>(99)); },
        [](const Report &r) { return r.remoteConfigStatus && static_cast<int>(r.remoteConfigStatus->status) == 99; });
    row(
        "S20 negative status enum is kept",
        [](Message &m) { m.mutable_remote_config_status()->set_status(static_cast<wire::RemoteConfigStatuses>(-1)); },
        [](const Report &r) { return r.remoteConfigStatus && static_cast<int>(r.remoteConfigStatus->status) == -1; });
    row(
        "T13 an unknown field behind all is ignored",
        [](Message &m) {
            m.set_sequence_num(5);
            m.GetReflection()->MutableUnknownFields(&m)->AddLengthDelimited(100)->assign("later version");
            m.GetReflection()->MutableUnknownFields(&m)->AddVarint(2000, 1);
        },
        [](const Report &r) { return r.sequence == 5; });
    row(
        "ST2 an attribute repeated is found once, identifying first",
        [](Message &m) {
            auto &d = *m.mutable_agent_description();
            add(d.add_identifying_attributes(), "host.name", [](auto &v) { v.set_string_value("a"); });
            add(d.add_identifying_attributes(), "host.name", [](auto &v) { v.set_string_value("b"); });
            add(d.add_non_identifying_attributes(), "host.name", [](auto &v) { v.set_string_value("c"); });
        },
        [](const Report &r) {
            return r.description->identifying.size() == 2 && r.description->nonIdentifying.size() == 1 &&
                   domain::attributeText(*r.description, u"host.name") == QStringLiteral("a");
        });
    row(
        "ST3 health tree of three levels with times",
        [](Message &m) {
            auto &h = *m.mutable_health();
            h.set_healthy(true);
            h.set_start_time_unix_nano(18'446'744'073'709'551'615ULL);
            h.set_status("StatusOK");
            h.set_status_time_unix_nano(7);
            auto &pipeline = (*h.mutable_component_health_map())["pipeline:logs"];
            auto &receiver = (*pipeline.mutable_component_health_map())["receiver:otlp"];
            receiver.set_last_error("bind: address already in use");
            add(receiver.add_attributes(), "ignored", nullptr);
        },
        [](const Report &r) {
            const domain::ComponentHealth &h = *r.health;
            return h.healthy && h.startTimeUnixNano == 18'446'744'073'709'551'615ULL && h.statusTimeUnixNano == 7 &&
                   h.status == QStringLiteral("StatusOK") &&
                   h.components.at(QStringLiteral("pipeline:logs"))
                           .components.at(QStringLiteral("receiver:otlp"))
                           .lastError == QStringLiteral("bind: address already in use");
        });
    row(
        "ST4 a fresh supervisor: present, not healthy, no start, no error", [](Message &m) { m.mutable_health(); },
        [](const Report &r) { return r.health && *r.health == domain::ComponentHealth{}; });
    row(
        "ST5 two files, one without a name, one of raw bytes",
        [](Message &m) {
            auto &files = *m.mutable_effective_config()->mutable_config_map()->mutable_config_map();
            files[""].set_body("receivers: {}");
            files[""].set_content_type("text/yaml");
            files["b.bin"].set_body(std::string("\x00\xff\xfe", 3));
        },
        [](const Report &r) {
            const auto &files = r.effectiveConfig->files;
            return files.size() == 2 && files.at(QString()).body == "receivers: {}" &&
                   files.at(QString()).contentType == QStringLiteral("text/yaml") &&
                   files.at(QStringLiteral("b.bin")).body == QByteArray("\x00\xff\xfe", 3);
        });
    row(
        "ST5 X6c a file with an empty body is a file",
        [](Message &m) { (*m.mutable_effective_config()->mutable_config_map()->mutable_config_map())[""]; },
        [](const Report &r) { return r.effectiveConfig->files.size() == 1; });
    for (const int status : {0, 1, 2, 3}) {
        row(
            qPrintable(QStringLiteral("ST7 status %1 with hash and error").arg(status)),
            [status](Message &m) {
                m.mutable_remote_config_status()->set_last_remote_config_hash(std::string("\x00\x01", 2));
                m.mutable_remote_config_status()->set_status(static_cast<wire::RemoteConfigStatuses>(status));
                m.mutable_remote_config_status()->set_error_message("why");
            },
            [status](const Report &r) {
                return r.remoteConfigStatus == domain::RemoteConfigStatus{domain::ConfigHash(QByteArray("\x00\x01", 2)),
                                                                          static_cast<domain::ApplyStatus>(status),
                                                                          QStringLiteral("why")};
            });
    }
    row(
        "ST8 what became of connection settings",
        [](Message &m) {
            m.mutable_connection_settings_status()->set_last_connection_settings_hash("hash");
            m.mutable_connection_settings_status()->set_status(wire::ConnectionSettingsStatuses_FAILED);
            m.mutable_connection_settings_status()->set_error_message("why");
        },
        [](const Report &r) {
            return r.connectionStatus == domain::ConnectionStatus{domain::ConnectionHash("hash"),
                                                                  domain::ApplyStatus::Failed, QStringLiteral("why")};
        });
    row(
        "ST11 components by hash alone", [](Message &m) { m.mutable_available_components()->set_hash("hash"); },
        [](const Report &r) {
            return r.availableComponents->isHashOnly() && r.availableComponents->hash == domain::ComponentsHash("hash");
        });
    row(
        "ST12 components as the Collector lists them",
        [](Message &m) {
            auto &receivers = (*m.mutable_available_components()->mutable_components())["receivers"];
            auto &otlp = (*receivers.mutable_sub_component_map())["otlp"];
            add(otlp.add_metadata(), "code.namespace",
                [](auto &v) { v.set_string_value("go.opentelemetry.io/collector/receiver/otlpreceiver v0.149.0"); });
        },
        [](const Report &r) {
            const auto &otlp =
                r.availableComponents->components.at(QStringLiteral("receivers")).components.at(QStringLiteral("otlp"));
            return otlp.metadata.size() == 1 && otlp.metadata.front().key == QStringLiteral("code.namespace") &&
                   domain::attributeText(otlp.metadata.front().value).endsWith(QStringLiteral("v0.149.0"));
        });
    row(
        "X17 bytes fields hold anything",
        [](Message &m) { m.mutable_remote_config_status()->set_last_remote_config_hash("\xff\xfe"); },
        [](const Report &r) { return r.remoteConfigStatus->hash == domain::ConfigHash("\xff\xfe"); });
    row(
        "X17 text with NUL and beyond the BMP",
        [](Message &m) { m.mutable_health()->set_last_error(std::string("a\0\xf0\x9f\x8c\x90", 6)); },
        [](const Report &r) { return r.health->lastError == QString::fromUtf8("a\0\xf0\x9f\x8c\x90", 6); });
}

void TestOpampCodec::reads()
{
    QFETCH(Fill, fill);
    QFETCH(Check, check);
    wire::AgentToServer message;
    message.set_instance_uid(uid.toStdString());
    fill(message);
    const QByteArray bytes = serialized(message);
    const auto report = endpoint::decodeReport(bytes);
    QVERIFY2(report, report ? "" : qPrintable(report.error().reason));
    QCOMPARE(report->wireUid, uid);
    QCOMPARE(report->id, domain::GatewayId(uid));
    QCOMPARE(report->digest, QCryptographicHash::hash(bytes, QCryptographicHash::Sha256));
    QVERIFY(check(*report));
}

/// ST1: one of each type, null in both forms, nested.
void TestOpampCodec::attributesOfEachType()
{
    wire::AgentToServer message;
    message.set_instance_uid(uid.toStdString());
    auto &d = *message.mutable_agent_description();
    add(d.add_identifying_attributes(), "string", [](auto &v) { v.set_string_value("text"); });
    add(d.add_identifying_attributes(), "bool", [](auto &v) { v.set_bool_value(false); });
    add(d.add_identifying_attributes(), "int", [](auto &v) { v.set_int_value(-9'223'372'036'854'775'807LL - 1); });
    add(d.add_identifying_attributes(), "double", [](auto &v) { v.set_double_value(0.5); });
    add(d.add_identifying_attributes(), "bytes", [](auto &v) { v.set_bytes_value(std::string("\x00\xff", 2)); });
    add(d.add_identifying_attributes(), "null", [](auto &) {});
    add(d.add_identifying_attributes(), "unset", nullptr);
    add(d.add_non_identifying_attributes(), "nested", [](auto &v) {
        auto &map = *v.mutable_kvlist_value();
        add(map.add_values(), "list", [](auto &inner) {
            inner.mutable_array_value()->add_values()->set_int_value(1);
            inner.mutable_array_value()->add_values();
        });
    });

    const auto report = endpoint::decodeReport(serialized(message));
    QVERIFY(report && report->description);
    using Value = domain::AttributeValue;
    const domain::Attributes expected{
        {QStringLiteral("string"), Value{QStringLiteral("text")}},
        {QStringLiteral("bool"), Value{false}},
        {QStringLiteral("int"), Value{std::numeric_limits<qint64>::min()}},
        {QStringLiteral("double"), Value{0.5}},
        {QStringLiteral("bytes"), Value{QByteArray("\x00\xff", 2)}},
        {QStringLiteral("null"), Value{}},
        {QStringLiteral("unset"), Value{}},
    };
    QVERIFY(report->description->identifying == expected);
    const Value::List list{Value{qint64(1)}, Value{}};
    const Value::Map map{{QStringLiteral("list"), Value{list}}};
    QVERIFY((report->description->nonIdentifying == domain::Attributes{{QStringLiteral("nested"), Value{map}}}));
}

void TestOpampCodec::eachPartAlone_data()
{
    QTest::addColumn<int>("number");
    QTest::addColumn<int>("present"); // which of the parts below; -1 none
    QTest::addRow("S9 X1 agent_description{}") << 3 << 0;
    QTest::addRow("S9 X1 health{}") << 5 << 1;
    QTest::addRow("S9 X1 effective_config{}") << 6 << 2;
    QTest::addRow("S9 X1 remote_config_status{}") << 7 << 3;
    QTest::addRow("S9 X1 available_components{}") << 14 << 4;
    QTest::addRow("S9 X1 package_statuses{}") << 8 << 5;
    QTest::addRow("S13 agent_disconnect{}") << 9 << 6;
    QTest::addRow("S9 connection_settings_request{}") << 11 << -1;
    QTest::addRow("S9 custom_capabilities{}") << 12 << -1;
    QTest::addRow("S9 custom_message{}") << 13 << -1;
    QTest::addRow("S9 connection_settings_status{}") << 15 << -1;
}

void TestOpampCodec::eachPartAlone()
{
    QFETCH(int, number);
    QFETCH(int, present);
    const auto report = endpoint::decodeReport(withUid(uid) + field(number, {}));
    QVERIFY(report);
    const bool parts[] = {report->description.has_value(),
                          report->health.has_value(),
                          report->effectiveConfig.has_value(),
                          report->remoteConfigStatus.has_value(),
                          report->availableComponents.has_value(),
                          report->hasPackageStatuses,
                          report->disconnect};
    for (int i = 0; i < 7; ++i)
        QCOMPARE(parts[i], i == present);
    if (report->description)
        QCOMPARE(*report->description, domain::AgentDescription{});
    if (report->effectiveConfig)
        QVERIFY(report->effectiveConfig->isEmpty());
    if (report->remoteConfigStatus)
        QCOMPARE(*report->remoteConfigStatus, domain::RemoteConfigStatus{});
    if (report->availableComponents)
        QVERIFY(!report->availableComponents->isHashOnly());
}

QTEST_APPLESS_MAIN(TestOpampCodec)
#include "tst_opampcodec.moc"
