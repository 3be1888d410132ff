// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "endpoint/opampcodec.h"

#include <optional>

namespace flowgate::endpoint {

using DecodedReport = domain::Result<domain::AgentReport, DecodeFailure>;

/// Reads one WebSocket message: varint header, then the report (T10-T14).
/// @param strict  false: a message that does not start with a zero header is tried as a whole, as agents from before
///                the header existed send it; it counts only if it is a valid report (X4)
/// @thread any
[[nodiscard]] DecodedReport decodeWebSocketMessage(QByteArrayView message, bool strict);

/// The error reply to what could not be served (ER1). @p knownUid is repeated where the message had none.
[[nodiscard]] domain::ServerReply badRequest(const DecodeFailure &failure, const QByteArray &knownUid = {});
/// The error reply of an overloaded server (ER4).
[[nodiscard]] domain::ServerReply unavailable(const QByteArray &wireUid, std::chrono::nanoseconds retryAfter);

/// A reply made to fit the limit (T18, T37).
struct FittedReply
{
    std::optional<QByteArray> bytes; ///< protobuf, without the WebSocket header; nothing if even the rest is too large
    qsizetype tooLarge = 0;          ///< bytes of what was over the limit; 0 if the reply goes out whole
};

/// Encodes @p reply; over @p limit bytes it is encoded again without the remote config.
/// @thread any
[[nodiscard]] FittedReply fittedReply(const domain::ServerReply &reply, qsizetype limit);

} // namespace flowgate::endpoint
