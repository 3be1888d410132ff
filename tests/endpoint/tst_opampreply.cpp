// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoint/opampcodec.h"

#include <QTest>

#include <functional>
#include <opamp.pb.h>

using namespace flowgate;
using namespace std::chrono_literals;
namespace wire = opamp::proto::v1;
using Body = decltype(domain::ServerReply::body);
using Check = std::function<bool(const wire::ServerToAgent &)>;
Q_DECLARE_METATYPE(Body)
Q_DECLARE_METATYPE(Check)

namespace {

const QByteArray uid = QByteArray::fromHex("01a20a40b8477c64a967500bd08305b3");
const QByteArray ulid("01ARZ3NDEKTSV4RRFFQ69G5FAV");

domain::NormalReply normal(bool fullState, bool components = false, quint64 capabilities = 0)
{
    domain::NormalReply reply;
    reply.askFullState = fullState;
    reply.askAvailableComponents = components;
    reply.capabilities = capabilities;
    return reply;
}

domain::NormalReply renaming(const QByteArray &newUid)
{
    domain::NormalReply reply;
    reply.newInstanceUid = newUid;
    return reply;
}

domain::ErrorReply error(domain::ReplyError type, const QString &message,
                         std::optional<std::chrono::nanoseconds> retryAfter = {})
{
    return {type, message, retryAfter};
}

domain::NormalReply offering(const domain::ConfigSet &config, const QByteArray &hash = "hash")
{
    domain::NormalReply reply;
    reply.remoteConfig =
        domain::RemoteConfigOffer{domain::ConfigHash(hash), std::make_shared<const domain::ConfigSet>(config)};
    return reply;
}

domain::NormalReply connecting(const QString &metrics, const std::optional<QString> &logs,
                               const QByteArray &authorization = {})
{
    domain::NormalReply reply;
    reply.connection = domain::ConnectionOffer{};
    reply.connection->ownMetrics = domain::TelemetryDestination{metrics, authorization};
    if (logs)
        reply.connection->ownLogs = domain::TelemetryDestination{*logs, authorization};
    return reply;
}

domain::NormalReply marking(const QByteArray &mark)
{
    domain::NormalReply reply = connecting(QStringLiteral("http://a/v1/metrics"), {}, "Bearer t");
    reply.connection->ownMetrics->mark = mark;
    return reply;
}

domain::NormalReply beating(const QByteArray &authorization, const QByteArray &ca, int seconds = 5)
{
    domain::NormalReply reply;
    reply.connection = domain::ConnectionOffer{};
    reply.connection->opamp =
        domain::OpampSettings{QStringLiteral("wss://a/v1/opamp"), authorization, ca, std::chrono::seconds(seconds)};
    return reply;
}

domain::ConfigSet threeFiles()
{
    return {{{QStringLiteral("a.yaml"), {"receivers: {}", QStringLiteral("text/yaml")}},
             {QStringLiteral("b.bin"), {QByteArray("\x00\xff", 2), QString()}},
             {QString(), {"exporters: {}", QStringLiteral("text/yaml")}}}};
}

/// The numbers of the fields that the message has set.
QList<int> fieldsOf(const wire::ServerToAgent &message)
{
    std::vector<const google::protobuf::FieldDescriptor *> fields;
    message.GetReflection()->ListFields(message, &fields);
    QList<int> numbers;
    for (const auto *field : fields)
        numbers.append(field->number());
    return numbers;
}

} // namespace

class TestOpampReply : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void writes_data();
    void writes();
    void restartIsPresentAndEmpty();
    void sameReplySameBytes();
};

void TestOpampReply::writes_data()
{
    QTest::addColumn<QByteArray>("wireUid");
    QTest::addColumn<Body>("body");
    QTest::addColumn<QList<int>>("fields");
    QTest::addColumn<Check>("check");
    const auto row = [](
                         const char *name, const QByteArray &wireUid, Body body, const QList<int> &fields,
                         Check check = [](const auto &) { return true; }) {
        QTest::addRow("%s", name) << wireUid << std::move(body) << fields << std::move(check);
    };
    using Message = wire::ServerToAgent;
    using domain::NormalReply;
    using domain::ReplyError;

    NormalReply withoutSet;
    withoutSet.remoteConfig = domain::RemoteConfigOffer{domain::ConfigHash("hash"), nullptr};
    row("S3 T31 nothing to say", uid, NormalReply{}, {1});
    row("S3 X3 the ULID text as it came", ulid, NormalReply{}, {1});
    row("ER1 uid not known", {}, NormalReply{}, {});
    row("S12 capabilities", uid, normal(false, false, domain::ourServerCapabilities), {1, 7},
        [](const Message &m) { return m.capabilities() == 0x27; });
    row("S8 ask for full state", uid, normal(true), {1, 6}, [](const Message &m) { return m.flags() == 1; });
    row("ST11 ask for components", uid, normal(false, true), {1, 6}, [](const Message &m) { return m.flags() == 2; });
    row("S8 ST11 ask for both", uid, normal(true, true), {1, 6}, [](const Message &m) { return m.flags() == 3; });
    row("S5 a new uid", uid, renaming(QByteArray(16, 'n')), {1, 8},
        [](const Message &m) { return m.agent_identification().new_instance_uid() == std::string(16, 'n'); });
    row("X3 a new uid for a client of ULID texts", ulid,
        renaming(QByteArray::fromHex("01563e3ab5d3d6764c61efb99302bd5b")), {1, 8},
        [](const Message &m) { return m.agent_identification().new_instance_uid() == ulid.toStdString(); });
    row("RC6 three files, unmodified", uid, offering(threeFiles()), {1, 3}, [](const Message &m) {
        const auto &files = m.remote_config().config().config_map();
        return m.remote_config().config_hash() == "hash" && files.size() == 3 &&
               files.at("a.yaml").body() == "receivers: {}" && files.at("a.yaml").content_type() == "text/yaml" &&
               files.at("b.bin").body() == std::string("\x00\xff", 2) && files.at("").body() == "exporters: {}";
    });
    row("X6b no hash: nothing is offered", uid, offering(threeFiles(), {}), {1});
    row("X6b RC7 no files: nothing is offered", uid, offering({}), {1});
    row("X6b no set: nothing is offered", uid, withoutSet, {1});
    row("CS2 CS3 own metrics and logs with a hash", uid,
        connecting(QStringLiteral("http://a/v1/metrics"), QStringLiteral("http://a/v1/logs"), "Bearer t"), {1, 4},
        [](const Message &m) {
            const auto &offer = m.connection_settings();
            const auto &headers = offer.own_logs().headers().headers();
            return offer.hash().size() == 32 && !offer.has_opamp() && !offer.has_own_traces() &&
                   offer.own_metrics().destination_endpoint() == "http://a/v1/metrics" && headers.size() == 1 &&
                   headers[0].key() == "Authorization" && headers[0].value() == "Bearer t";
        });
    row("the mark is a header of its own", uid, marking("uid"), {1, 4}, [](const Message &m) {
        const auto &headers = m.connection_settings().own_metrics().headers().headers();
        return headers.size() == 2 && headers[1].key() == "OpAMP-Instance-UID" && headers[1].value() == "uid";
    });
    row("CS1 only what the agent can", uid, connecting(QStringLiteral("http://a/v1/metrics"), {}), {1, 4},
        [](const Message &m) {
            return !m.connection_settings().has_own_logs() && !m.connection_settings().own_metrics().has_headers();
        });
    row("CS31 off is set and empty", uid, connecting({}, QString(), "Bearer t"), {1, 4}, [](const Message &m) {
        const auto &offer = m.connection_settings();
        return offer.has_own_metrics() && offer.own_metrics().destination_endpoint().empty() &&
               !offer.own_metrics().has_headers() && offer.has_own_logs();
    });
    row("HB2 CS10 CS13 X11 a heartbeat with all that it replaces", uid, beating("Bearer t", "PEM"), {1, 4},
        [](const Message &m) {
            const auto &offer = m.connection_settings();
            const auto &headers = offer.opamp().headers().headers();
            return offer.hash().size() == 32 && offer.opamp().destination_endpoint() == "wss://a/v1/opamp" &&
                   offer.opamp().heartbeat_interval_seconds() == 5 && headers.size() == 1 &&
                   headers[0].key() == "Authorization" && headers[0].value() == "Bearer t" &&
                   offer.opamp().certificate().ca_cert() == "PEM" && offer.opamp().certificate().cert().empty() &&
                   offer.opamp().certificate().private_key().empty() && !offer.opamp().has_tls() &&
                   !offer.opamp().has_proxy() && !offer.has_own_metrics() && !offer.has_own_logs();
        });
    row("CS6 neither header nor certificate where there is none", uid, beating({}, {}), {1, 4}, [](const Message &m) {
        const auto &opamp = m.connection_settings().opamp();
        return !opamp.has_headers() && !opamp.has_certificate() && opamp.heartbeat_interval_seconds() == 5;
    });
    row("X10 an interval of 0 is never offered", uid, beating({}, {}, 0), {1, 4},
        [](const Message &m) { return !m.connection_settings().has_opamp(); });
    row("CM2 X14 restart goes alone", uid, domain::RestartCommand{}, {1, 9},
        [](const Message &m) { return m.command().type() == wire::CommandType_Restart; });
    row("ER3 X14 bad request goes alone", uid, error(ReplyError::BadRequest, QStringLiteral("why")), {1, 2},
        [](const Message &m) {
            return m.error_response().type() == wire::ServerErrorResponseType_BadRequest &&
                   m.error_response().error_message() == "why" && !m.error_response().has_retry_info();
        });
    row("ER1 error without a uid", {}, error(ReplyError::BadRequest, QStringLiteral("why")), {2});
    row("ER2 unknown is 0 and present all the same", uid, error(ReplyError::Unknown, {}), {1, 2},
        [](const Message &m) { return m.error_response().type() == wire::ServerErrorResponseType_Unknown; });
    row("ER4 unavailable with retry", uid, error(ReplyError::Unavailable, {}, 30s), {1, 2}, [](const Message &m) {
        return m.error_response().type() == wire::ServerErrorResponseType_Unavailable &&
               m.error_response().retry_info().retry_after_nanoseconds() == 30'000'000'000ULL;
    });
    row("ER4 retry only with unavailable", uid, error(ReplyError::BadRequest, {}, 30s), {1, 2},
        [](const Message &m) { return !m.error_response().has_retry_info(); });
    row("ER4 a negative time is none", uid, error(ReplyError::Unavailable, {}, -1ns), {1, 2},
        [](const Message &m) { return !m.error_response().has_retry_info(); });
    row("X17 text that is no UTF-16 becomes UTF-8", uid, error(ReplyError::BadRequest, QString(QChar(0xd800)) + u'x'),
        {1, 2}, [](const Message &m) { return m.error_response().error_message() != "x"; });
}

void TestOpampReply::writes()
{
    QFETCH(QByteArray, wireUid);
    QFETCH(Body, body);
    QFETCH(QList<int>, fields);
    QFETCH(Check, check);
    const QByteArray bytes = endpoint::encodeReply({wireUid, body});
    wire::ServerToAgent message;
    QVERIFY(message.ParseFromArray(bytes.constData(), static_cast<int>(bytes.size())));
    QCOMPARE(QByteArray::fromStdString(message.instance_uid()), wireUid);
    QCOMPARE(fieldsOf(message), fields);
    QVERIFY(check(message));
}

/// CM3: Restart is 0, so the field must be there with length 0.
void TestOpampReply::restartIsPresentAndEmpty()
{
    const QByteArray bytes = endpoint::encodeReply({uid, domain::RestartCommand{}});
    QCOMPARE(bytes.toHex(), QByteArray("\x0a\x10" + uid + QByteArray("\x4a\x00", 2)).toHex());
}

/// X17: the order of a protobuf map changes between runs, our bytes do not.
void TestOpampReply::sameReplySameBytes()
{
    domain::ConfigSet config;
    for (int i = 0; i < 50; ++i)
        config.files.emplace(QString::number(i), domain::ConfigFile{QByteArray::number(i), {}});
    const QByteArray first = endpoint::encodeReply({uid, offering(config)});
    QCOMPARE(endpoint::encodeReply({uid, offering(config)}), first);
    qsizetype at = 0;
    for (const auto &[name, file] : config.files) { // QString order is byte order for digits
        const qsizetype next = first.indexOf(QByteArray("\x0a") + char(name.size()) + name.toLatin1() + "\x12", at);
        QVERIFY(next > at);
        at = next;
    }
}

QTEST_APPLESS_MAIN(TestOpampReply)
#include "tst_opampreply.moc"
