// SPDX-License-Identifier: GPL-3.0-or-later
#include "telemetry/otlpanswer.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <otlp_logs_service.pb.h>
#include <otlp_metrics_service.pb.h>
#include <rpc_status.pb.h>

namespace flowgate::telemetry {

namespace {

const char protobufType[] = "application/x-protobuf";
const char jsonType[] = "application/json";

/// Codes of gRPC that google.rpc.Status takes.
enum class RpcCode : int { InvalidArgument = 3, Unimplemented = 12, Unavailable = 14 };

QByteArray written(const google::protobuf::Message &message)
{
    return QByteArray::fromStdString(message.SerializeAsString());
}

OtlpAnswer refusal(int httpStatus, RpcCode code, const QString &why, Encoding encoding = Encoding::Protobuf)
{
    if (encoding == Encoding::Json) {
        const QJsonObject status{{QStringLiteral("code"), static_cast<int>(code)}, {QStringLiteral("message"), why}};
        return {httpStatus, jsonType, QJsonDocument(status).toJson(QJsonDocument::Compact), {}};
    }
    google::rpc::Status status;
    status.set_code(static_cast<int>(code));
    status.set_message(why.toStdString());
    return {httpStatus, protobufType, written(status), {}};
}

} // namespace

OtlpAnswer taken(Signal signal, qint64 refused, const QString &why)
{
    if (refused == 0)
        return {200, protobufType, {}, {}}; // an empty message: everything was taken
    if (signal == Signal::Metrics) {
        opentelemetry::proto::collector::metrics::v1::ExportMetricsServiceResponse response;
        response.mutable_partial_success()->set_rejected_data_points(refused);
        response.mutable_partial_success()->set_error_message(why.toStdString());
        return {200, protobufType, written(response), {}};
    }
    opentelemetry::proto::collector::logs::v1::ExportLogsServiceResponse response;
    response.mutable_partial_success()->set_rejected_log_records(refused);
    response.mutable_partial_success()->set_error_message(why.toStdString());
    return {200, protobufType, written(response), {}};
}

OtlpAnswer badRequest(const QString &why)
{
    return refusal(400, RpcCode::InvalidArgument, why);
}

OtlpAnswer unsupportedMedia(Encoding encoding, const QString &why)
{
    return refusal(415, RpcCode::Unimplemented, why, encoding);
}

OtlpAnswer busy(const QString &why, int retryAfterSeconds)
{
    OtlpAnswer answer = refusal(503, RpcCode::Unavailable, why);
    answer.retryAfterSeconds = retryAfterSeconds;
    return answer;
}

} // namespace flowgate::telemetry
