// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoint/messages.h"

#include "endpoint/varint.h"

namespace flowgate::endpoint {
namespace {

DecodedReport malformed(const QString &reason)
{
    return domain::unexpected(DecodeFailure{.kind = DecodeFailure::Kind::NotProtobuf, .reason = reason, .wireUid = {}});
}

/// The reply without its remote config, if that is what it can do without.
std::optional<domain::ServerReply> withoutConfig(const domain::ServerReply &reply)
{
    const auto *normal = std::get_if<domain::NormalReply>(&reply.body);
    if (!normal || !normal->remoteConfig)
        return {};
    domain::ServerReply rest = reply;
    std::get<domain::NormalReply>(rest.body).remoteConfig.reset();
    return rest;
}

qsizetype leastSize(const domain::ServerReply &reply)
{
    const auto *normal = std::get_if<domain::NormalReply>(&reply.body);
    return normal && normal->remoteConfig && normal->remoteConfig->config ? normal->remoteConfig->config->byteCount()
                                                                          : 0;
}

} // namespace

DecodedReport decodeWebSocketMessage(QByteArrayView message, bool strict)
{
    if (message.isEmpty())
        return malformed(QStringLiteral("the message is empty: it lacks even the header"));
    const auto header = readVarint(message);
    if (header && header->value == 0)
        return decodeReport(message.sliced(header->size));
    if (!strict) {
        if (auto report = decodeReport(message))
            return report;
    }
    return malformed(header ? QStringLiteral("the message header is not 0")
                            : QStringLiteral("the message header is not a varint of 64 bits"));
}

domain::ServerReply badRequest(const DecodeFailure &failure, const QByteArray &knownUid)
{
    return {.wireUid = failure.wireUid.isEmpty() ? knownUid : failure.wireUid,
            .body = domain::ErrorReply{
                .type = domain::ReplyError::BadRequest, .message = failure.reason, .retryAfter = std::nullopt}};
}

domain::ServerReply unavailable(const QByteArray &wireUid, std::chrono::nanoseconds retryAfter)
{
    return {.wireUid = wireUid,
            .body = domain::ErrorReply{.type = domain::ReplyError::Unavailable,
                                       .message = QStringLiteral("the server is overloaded"),
                                       .retryAfter = retryAfter}};
}

FittedReply fittedReply(const domain::ServerReply &reply, qsizetype limit)
{
    FittedReply fitted;
    if (const qsizetype least = leastSize(reply); least > limit) {
        fitted.tooLarge = least; // not worth encoding
    } else {
        QByteArray bytes = encodeReply(reply);
        if (bytes.size() <= limit) {
            fitted.bytes = std::move(bytes);
            return fitted;
        }
        fitted.tooLarge = bytes.size();
    }
    if (const auto rest = withoutConfig(reply)) {
        QByteArray bytes = encodeReply(*rest);
        if (bytes.size() <= limit)
            fitted.bytes = std::move(bytes);
    }
    return fitted;
}

} // namespace flowgate::endpoint
