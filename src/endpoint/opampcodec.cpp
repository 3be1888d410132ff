// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoint/opampcodec.h"

#include "endpoint/ulid.h"
#include "proto/parse.h"

#include <QCryptographicHash>

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <limits>
#include <opamp.pb.h>

namespace flowgate::endpoint {

namespace wire = opamp::proto::v1;

namespace {

constexpr qsizetype uidSize = 16;
constexpr qsizetype longestEchoedUid = 64;
/// A report of a large gateway has some thousands of fields.
constexpr qsizetype mostFields = 500'000;

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

QByteArray bytes(const std::string &raw)
{
    return QByteArray(raw.data(), static_cast<qsizetype>(raw.size()));
}

domain::AttributeValue valueFrom(const wire::AnyValue &value);

domain::Attributes attributesFrom(const google::protobuf::RepeatedPtrField<wire::KeyValue> &list)
{
    domain::Attributes attributes;
    attributes.reserve(static_cast<size_t>(list.size()));
    for (const wire::KeyValue &item : list)
        attributes.push_back({text(item.key()), valueFrom(item.value())});
    return attributes;
}

domain::AttributeValue valueFrom(const wire::AnyValue &value)
{
    switch (value.value_case()) {
    case wire::AnyValue::kStringValue:
        return {text(value.string_value())};
    case wire::AnyValue::kBoolValue:
        return {value.bool_value()};
    case wire::AnyValue::kIntValue:
        return {qint64(value.int_value())};
    case wire::AnyValue::kDoubleValue:
        return {value.double_value()};
    case wire::AnyValue::kBytesValue:
        return {bytes(value.bytes_value())};
    case wire::AnyValue::kArrayValue: {
        domain::AttributeValue::List list;
        list.reserve(static_cast<size_t>(value.array_value().values_size()));
        for (const wire::AnyValue &item : value.array_value().values())
            list.push_back(valueFrom(item));
        return {std::move(list)};
    }
    case wire::AnyValue::kKvlistValue:
        return {attributesFrom(value.kvlist_value().values())};
    case wire::AnyValue::VALUE_NOT_SET:
        break;
    }
    return {};
}

domain::ComponentDetails detailsFrom(const wire::ComponentDetails &details)
{
    domain::ComponentDetails result{attributesFrom(details.metadata()), {}};
    for (const auto &[name, child] : details.sub_component_map())
        result.components.emplace(text(name), detailsFrom(child));
    return result;
}

domain::AgentDescription descriptionFrom(const wire::AgentDescription &description)
{
    return {attributesFrom(description.identifying_attributes()),
            attributesFrom(description.non_identifying_attributes())};
}

domain::ComponentHealth healthFrom(const wire::ComponentHealth &health)
{
    domain::ComponentHealth result;
    result.healthy = health.healthy();
    result.startTimeUnixNano = health.start_time_unix_nano();
    result.lastError = text(health.last_error());
    result.status = text(health.status());
    result.statusTimeUnixNano = health.status_time_unix_nano();
    for (const auto &[name, child] : health.component_health_map())
        result.components.emplace(text(name), healthFrom(child));
    return result;
}

domain::ConfigSet configFrom(const wire::EffectiveConfig &config)
{
    domain::ConfigSet result;
    for (const auto &[name, file] : config.config_map().config_map())
        result.files.emplace(text(name), domain::ConfigFile{bytes(file.body()), text(file.content_type())});
    return result;
}

domain::RemoteConfigStatus statusFrom(const wire::RemoteConfigStatus &status)
{
    // The wire's enum is open and the domain's has int beneath: a number we do not know passes as it is (S20).
    return {domain::ConfigHash(bytes(status.last_remote_config_hash())),
            static_cast<domain::ApplyStatus>(static_cast<int>(status.status())), text(status.error_message())};
}

domain::ConnectionStatus statusFrom(const wire::ConnectionSettingsStatus &status)
{
    return {domain::ConnectionHash(bytes(status.last_connection_settings_hash())),
            static_cast<domain::ApplyStatus>(static_cast<int>(status.status())), text(status.error_message())};
}

domain::AvailableComponents componentsFrom(const wire::AvailableComponents &available)
{
    domain::AvailableComponents result{domain::ComponentsHash(bytes(available.hash())), {}};
    for (const auto &[name, details] : available.components())
        result.components.emplace(text(name), detailsFrom(details));
    return result;
}

/// The key that the uid stands for, or why it is none.
domain::Result<domain::GatewayId, QString> keyOf(const QByteArray &uid)
{
    if (uid.isEmpty())
        return domain::unexpected(QStringLiteral("instance_uid is missing"));
    if (uid.size() == ulidTextSize) {
        const auto decoded = fromUlid(uid);
        if (!decoded)
            return domain::unexpected(QStringLiteral("instance_uid has 26 bytes, but is not the text of a ULID"));
        if (decoded->count('\0') == uidSize)
            return domain::unexpected(QStringLiteral("instance_uid is all zeros"));
        return domain::GatewayId(*decoded);
    }
    if (uid.size() != uidSize) {
        return domain::unexpected(
            QStringLiteral("instance_uid has %1 bytes, it must have 16 (a UUID, version 7 is best)").arg(uid.size()));
    }
    if (uid.count('\0') == uidSize)
        return domain::unexpected(QStringLiteral("instance_uid is all zeros"));
    return domain::GatewayId(uid);
}

/// Nothing is said back that is far too long for any uid.
QByteArray echoOf(const std::string &uid)
{
    return uid.size() <= longestEchoedUid ? QByteArray::fromStdString(uid) : QByteArray();
}

QString reasonFor(proto::ParseFailure failure)
{
    switch (failure) {
    case proto::ParseFailure::TooLong:
        return QStringLiteral("the message is longer than protobuf allows");
    case proto::ParseFailure::TooManyFields:
        return QStringLiteral("the message has more than %1 fields").arg(mostFields);
    case proto::ParseFailure::Malformed:
        break;
    }
    return QStringLiteral("not a valid AgentToServer: cut short, nested too deeply, text that is not UTF-8, or other "
                          "bytes altogether");
}

void writeOffer(const domain::RemoteConfigOffer &offer, wire::ServerToAgent &message)
{
    // Both or neither: a hash alone, and an empty map too, make a supervisor stop its collector (X6b, RC7).
    if (offer.hash.isEmpty() || !offer.config || offer.config->isEmpty())
        return;
    wire::AgentRemoteConfig &out = *message.mutable_remote_config();
    out.set_config_hash(offer.hash.bytes().toStdString());
    auto &files = *out.mutable_config()->mutable_config_map();
    for (const auto &[name, file] : offer.config->files) {
        wire::AgentConfigFile &target = files[name.toStdString()];
        target.set_body(file.body.constData(), static_cast<size_t>(file.body.size()));
        target.set_content_type(file.contentType.toStdString());
    }
}

void writeHeader(const char *name, const QByteArray &value, wire::Headers &out)
{
    wire::Header &header = *out.add_headers();
    header.set_key(name);
    header.set_value(value.toStdString());
}

void writeAuthorization(const QByteArray &authorization, wire::Headers &out)
{
    writeHeader("Authorization", authorization, out);
}

void writeDestination(const domain::TelemetryDestination &destination, wire::TelemetryConnectionSettings &out)
{
    // Set, and empty where it is switched off (CS31).
    out.set_destination_endpoint(destination.endpoint.toStdString());
    if (destination.endpoint.isEmpty())
        return;
    if (!destination.authorization.isEmpty())
        writeAuthorization(destination.authorization, *out.mutable_headers());
    if (!destination.mark.isEmpty())
        writeHeader("OpAMP-Instance-UID", destination.mark, *out.mutable_headers());
}

void writeOpamp(const domain::OpampSettings &settings, wire::OpAMPConnectionSettings &out)
{
    out.set_destination_endpoint(settings.endpoint.toStdString());
    out.set_heartbeat_interval_seconds(static_cast<quint64>(settings.heartbeat.count()));
    if (!settings.authorization.isEmpty())
        writeAuthorization(settings.authorization, *out.mutable_headers());
    if (!settings.caPem.isEmpty())
        out.mutable_certificate()->set_ca_cert(settings.caPem.toStdString());
}

void writeConnection(const domain::ConnectionOffer &offer, wire::ConnectionSettingsOffers &out)
{
    out.set_hash(offer.hash().bytes().toStdString());
    // Never without an address (CS10), never with an interval of 0, which would switch heartbeats off (X10).
    if (offer.opamp && !offer.opamp->endpoint.isEmpty() && offer.opamp->heartbeat.count() > 0)
        writeOpamp(*offer.opamp, *out.mutable_opamp());
    if (offer.ownMetrics)
        writeDestination(*offer.ownMetrics, *out.mutable_own_metrics());
    if (offer.ownLogs)
        writeDestination(*offer.ownLogs, *out.mutable_own_logs());
}

/// A client that knows itself by a ULID would drop a message with 16 raw bytes in it (X3).
QByteArray newUidFor(const QByteArray &wireUid, const QByteArray &newUid)
{
    return wireUid.size() == ulidTextSize && newUid.size() == uidSize ? toUlid(newUid) : newUid;
}

struct BodyWriter
{
    wire::ServerToAgent &message;
    const QByteArray &wireUid;

    void operator()(const domain::NormalReply &reply) const
    {
        quint64 flags = 0;
        if (reply.askFullState)
            flags |= wire::ServerToAgentFlags_ReportFullState;
        if (reply.askAvailableComponents)
            flags |= wire::ServerToAgentFlags_ReportAvailableComponents;
        message.set_flags(flags);
        message.set_capabilities(reply.capabilities);
        if (reply.remoteConfig)
            writeOffer(*reply.remoteConfig, message);
        if (reply.connection)
            writeConnection(*reply.connection, *message.mutable_connection_settings());
        if (!reply.newInstanceUid.isEmpty()) {
            message.mutable_agent_identification()->set_new_instance_uid(
                newUidFor(wireUid, reply.newInstanceUid).toStdString());
        }
    }

    void operator()(const domain::ErrorReply &reply) const
    {
        wire::ServerErrorResponse &error = *message.mutable_error_response();
        error.set_type(static_cast<wire::ServerErrorResponseType>(static_cast<int>(reply.type)));
        error.set_error_message(reply.message.toStdString());
        if (reply.retryAfter && reply.type == domain::ReplyError::Unavailable && reply.retryAfter->count() >= 0)
            error.mutable_retry_info()->set_retry_after_nanoseconds(static_cast<quint64>(reply.retryAfter->count()));
    }

    void operator()(const domain::RestartCommand &) const
    {
        // Restart is 0 and would vanish; mutable_ makes the field present (CM3).
        message.mutable_command()->set_type(wire::CommandType_Restart);
    }
};

} // namespace

domain::Result<domain::AgentReport, DecodeFailure> decodeReport(QByteArrayView message)
{
    wire::AgentToServer parsed;
    if (const auto failure = proto::parse(message, parsed, mostFields)) {
        return domain::unexpected(
            DecodeFailure{DecodeFailure::Kind::NotProtobuf, reasonFor(*failure), echoOf(parsed.instance_uid())});
    }

    domain::AgentReport report;
    report.wireUid = QByteArray::fromStdString(parsed.instance_uid());
    const auto key = keyOf(report.wireUid);
    if (!key)
        return domain::unexpected(
            DecodeFailure{DecodeFailure::Kind::Invalid, key.error(), echoOf(parsed.instance_uid())});
    report.id = *key;
    report.sequence = parsed.sequence_num();
    report.capabilities = domain::Capabilities(parsed.capabilities());
    report.flags = parsed.flags();
    if (parsed.has_agent_description())
        report.description = descriptionFrom(parsed.agent_description());
    if (parsed.has_health())
        report.health = healthFrom(parsed.health());
    if (parsed.has_effective_config())
        report.effectiveConfig = configFrom(parsed.effective_config());
    if (parsed.has_remote_config_status())
        report.remoteConfigStatus = statusFrom(parsed.remote_config_status());
    if (parsed.has_available_components())
        report.availableComponents = componentsFrom(parsed.available_components());
    if (parsed.has_connection_settings_status())
        report.connectionStatus = statusFrom(parsed.connection_settings_status());
    report.hasPackageStatuses = parsed.has_package_statuses();
    report.disconnect = parsed.has_agent_disconnect();
    report.digest = QCryptographicHash::hash(message, QCryptographicHash::Sha256);
    return report;
}

QByteArray encodeReply(const domain::ServerReply &reply)
{
    wire::ServerToAgent message;
    message.set_instance_uid(reply.wireUid.toStdString());
    std::visit(BodyWriter{message, reply.wireUid}, reply.body);
    const size_t size = message.ByteSizeLong();
    if (size > static_cast<size_t>(std::numeric_limits<int>::max())) // protobuf writes no more; any limit is far below
        message.clear_remote_config();
    QByteArray bytes(static_cast<qsizetype>(message.ByteSizeLong()), Qt::Uninitialized);
    google::protobuf::io::ArrayOutputStream array(bytes.data(), static_cast<int>(bytes.size()));
    google::protobuf::io::CodedOutputStream out(&array);
    out.SetSerializationDeterministic(true); // the same reply is the same bytes, whatever the order in a map
    message.SerializeWithCachedSizes(&out);
    return bytes;
}

} // namespace flowgate::endpoint
