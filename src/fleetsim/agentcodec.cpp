// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleetsim/agentcodec.h"

#include "proto/parse.h"

#include <opamp.pb.h>

namespace flowgate::fleetsim {

namespace wire = opamp::proto::v1;

namespace {

constexpr qsizetype mostFields = 500'000;

void write(const domain::AttributeValue &value, wire::AnyValue &out);

void write(const domain::Attributes &attributes, google::protobuf::RepeatedPtrField<wire::KeyValue> &out)
{
    for (const domain::Attribute &attribute : attributes) {
        wire::KeyValue &item = *out.Add();
        item.set_key(attribute.key.toStdString());
        write(attribute.value, *item.mutable_value());
    }
}

void write(const domain::AttributeValue &value, wire::AnyValue &out)
{
    struct Visitor
    {
        wire::AnyValue &out;
        void operator()(std::monostate) const {}
        void operator()(const QString &v) const { out.set_string_value(v.toStdString()); }
        void operator()(bool v) const { out.set_bool_value(v); }
        void operator()(qint64 v) const { out.set_int_value(v); }
        void operator()(double v) const { out.set_double_value(v); }
        void operator()(const QByteArray &v) const { out.set_bytes_value(v.toStdString()); }
        void operator()(const domain::AttributeValue::List &v) const
        {
            auto &list = *out.mutable_array_value();
            for (const domain::AttributeValue &item : v)
                write(item, *list.add_values());
        }
        void operator()(const domain::AttributeValue::Map &v) const
        {
            write(v, *out.mutable_kvlist_value()->mutable_values());
        }
    };
    std::visit(Visitor{out}, value.data);
}

void write(const domain::ComponentHealth &health, wire::ComponentHealth &out)
{
    out.set_healthy(health.healthy);
    out.set_start_time_unix_nano(health.startTimeUnixNano);
    out.set_last_error(health.lastError.toStdString());
    out.set_status(health.status.toStdString());
    out.set_status_time_unix_nano(health.statusTimeUnixNano);
    for (const auto &[name, child] : health.components)
        write(child, (*out.mutable_component_health_map())[name.toStdString()]);
}

void write(const domain::ComponentDetails &details, wire::ComponentDetails &out)
{
    write(details.metadata, *out.mutable_metadata());
    for (const auto &[name, child] : details.components)
        write(child, (*out.mutable_sub_component_map())[name.toStdString()]);
}

void write(const domain::ConfigSet &config, wire::AgentConfigMap &out)
{
    for (const auto &[name, file] : config.files) {
        wire::AgentConfigFile &target = (*out.mutable_config_map())[name.toStdString()];
        target.set_body(file.body.toStdString());
        target.set_content_type(file.contentType.toStdString());
    }
}

} // namespace

QByteArray encodeFrame(const domain::AgentReport &report)
{
    wire::AgentToServer message;
    message.set_instance_uid(report.wireUid.toStdString());
    message.set_sequence_num(report.sequence);
    message.set_capabilities(report.capabilities.bits());
    message.set_flags(report.flags);
    if (report.description) {
        auto &out = *message.mutable_agent_description();
        write(report.description->identifying, *out.mutable_identifying_attributes());
        write(report.description->nonIdentifying, *out.mutable_non_identifying_attributes());
    }
    if (report.health)
        write(*report.health, *message.mutable_health());
    if (report.effectiveConfig)
        write(*report.effectiveConfig, *message.mutable_effective_config()->mutable_config_map());
    if (report.remoteConfigStatus) {
        auto &out = *message.mutable_remote_config_status();
        out.set_last_remote_config_hash(report.remoteConfigStatus->hash.bytes().toStdString());
        out.set_status(static_cast<wire::RemoteConfigStatuses>(static_cast<int>(report.remoteConfigStatus->status)));
        out.set_error_message(report.remoteConfigStatus->error.toStdString());
    }
    if (report.availableComponents) {
        auto &out = *message.mutable_available_components();
        out.set_hash(report.availableComponents->hash.bytes().toStdString());
        for (const auto &[name, details] : report.availableComponents->components)
            write(details, (*out.mutable_components())[name.toStdString()]);
    }
    if (report.hasPackageStatuses)
        message.mutable_package_statuses();
    if (report.disconnect)
        message.mutable_agent_disconnect();
    const size_t size = message.ByteSizeLong();
    QByteArray frame(static_cast<qsizetype>(size) + 1, '\0');
    message.SerializeToArray(frame.data() + 1, static_cast<int>(size));
    return frame;
}

std::optional<ServerMessage> decodeFrame(QByteArrayView frame)
{
    if (frame.isEmpty() || frame.front() != '\0')
        return {};
    wire::ServerToAgent message;
    if (proto::parse(frame.sliced(1), message, mostFields))
        return {};
    ServerMessage result;
    result.instanceUid = QByteArray::fromStdString(message.instance_uid());
    result.isError = message.has_error_response();
    result.wantsFullState = (message.flags() & wire::ServerToAgentFlags_ReportFullState) != 0;
    result.wantsComponents = (message.flags() & wire::ServerToAgentFlags_ReportAvailableComponents) != 0;
    result.restart = message.has_command() && message.command().type() == wire::CommandType_Restart;
    if (message.has_remote_config()) {
        auto &offer = result.offer.emplace();
        offer.hash = domain::ConfigHash(QByteArray::fromStdString(message.remote_config().config_hash()));
        for (const auto &[name, file] : message.remote_config().config().config_map()) {
            offer.config.files.emplace(QString::fromStdString(name),
                                       domain::ConfigFile{QByteArray::fromStdString(file.body()),
                                                          QString::fromStdString(file.content_type())});
        }
    }
    if (message.has_agent_identification())
        result.newUid = QByteArray::fromStdString(message.agent_identification().new_instance_uid());
    return result;
}

} // namespace flowgate::fleetsim
