// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/reply.h"
#include "domain/report.h"
#include "domain/result.h"

#include <QByteArrayView>

namespace flowgate::endpoint {

/// Why bytes are not a report that can be served.
struct DecodeFailure
{
    enum class Kind {
        NotProtobuf, ///< the bytes do not parse: HTTP 400 (ER1), over a WebSocket an error reply
        Invalid,     ///< they parse, but instance_uid is missing or malformed: HTTP 200 with an error reply (ER1)
    };
    Kind kind = Kind::NotProtobuf;
    QString reason;     ///< for the agent's log: what is wrong, in English
    QByteArray wireUid; ///< as received, where there was one

    friend bool operator==(const DecodeFailure &, const DecodeFailure &) = default;
};

/// Reads one AgentToServer (without the WebSocket header).
/// @param message  the protobuf bytes; empty is valid protobuf and Invalid for lack of an instance_uid (T14)
/// @return         the report; its digest is SHA-256 of @p message
/// @thread any; nesting is limited by protobuf's own recursion limit (X17)
/// @source rules T14, S4, S20, ST1-ST7, ST11-ST12, X1, X3, X17
[[nodiscard]] domain::Result<domain::AgentReport, DecodeFailure> decodeReport(QByteArrayView message);

/// Writes one ServerToAgent (without the WebSocket header).
/// @thread any
/// @source rules S3, S12, CM2, CM3, ER1-ER3, RC2, RC6, X6b, X14
[[nodiscard]] QByteArray encodeReply(const domain::ServerReply &reply);

} // namespace flowgate::endpoint
