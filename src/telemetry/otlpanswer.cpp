// SPDX-License-Identifier: GPL-3.0-or-later
#include "telemetry/otlpanswer.h"

#include <google/protobuf/util/json_util.h>
#include <otlp_logs_service.pb.h>
#include <otlp_metrics_service.pb.h>
#include <rpc_status.pb.h>

namespace flowgate::telemetry {

namespace {

const char protobufType[] = "application/x-protobuf";
const char jsonType[] = "application/json";

/// Codes of gRPC that google.rpc.Status takes.
enum class RpcCode : int { InvalidArgument = 3, Unimplemented = 12, Unavailable = 14 };

OtlpAnswer written(int httpStatus, const google::protobuf::Message &message, Encoding encoding)
{
    std::string body;
    if (encoding == Encoding::Json)
        (void)google::protobuf::util::MessageToJsonString(message, &body); // these have nothing that it cannot write
    else
        body = message.SerializeAsString();
    return {httpStatus, encoding == Encoding::Json ? jsonType : protobufType, QByteArray::fromStdString(body), {}};
}

OtlpAnswer refusal(int httpStatus, RpcCode code, const QString &why, Encoding encoding)
{
    google::rpc::Status status;
    status.set_code(static_cast<int>(code));
    status.set_message(why.toStdString());
    return written(httpStatus, status, encoding);
}

/// Full success is the same message with nothing in it.
template<typename Response, typename Count>
OtlpAnswer success(Encoding encoding, qint64 refused, const QString &why, Count count)
{
    Response response;
    if (refused > 0) {
        (response.mutable_partial_success()->*count)(refused);
        response.mutable_partial_success()->set_error_message(why.toStdString());
    }
    return written(200, response, encoding);
}

} // namespace

OtlpAnswer taken(Signal signal, Encoding encoding, qint64 refused, const QString &why)
{
    namespace metrics = opentelemetry::proto::collector::metrics::v1;
    namespace logs = opentelemetry::proto::collector::logs::v1;
    if (signal == Signal::Metrics)
        return success<metrics::ExportMetricsServiceResponse>(
            encoding, refused, why, &metrics::ExportMetricsPartialSuccess::set_rejected_data_points);
    return success<logs::ExportLogsServiceResponse>(encoding, refused, why,
                                                    &logs::ExportLogsPartialSuccess::set_rejected_log_records);
}

OtlpAnswer badRequest(Encoding encoding, const QString &why)
{
    return refusal(400, RpcCode::InvalidArgument, why, encoding);
}

OtlpAnswer unsupportedMedia(Encoding encoding, const QString &why)
{
    return refusal(415, RpcCode::Unimplemented, why, encoding);
}

OtlpAnswer busy(Encoding encoding, const QString &why, int retryAfterSeconds)
{
    OtlpAnswer answer = refusal(503, RpcCode::Unavailable, why, encoding);
    answer.retryAfterSeconds = retryAfterSeconds;
    return answer;
}

} // namespace flowgate::telemetry
