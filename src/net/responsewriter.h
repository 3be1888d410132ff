// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/time.h"
#include "net/http.h"

namespace flowgate::net {

/// How one answer is framed.
struct ResponseFraming
{
    bool keepAlive = true;
    bool withoutBody = false; ///< to a HEAD: the length is told, the body is not sent
};

/// The bytes of an answer: status line, Date, the response's own headers, Content-Length, Connection, body (T32).
/// @thread any
[[nodiscard]] QByteArray responseBytes(const HttpResponse &response, ResponseFraming framing, domain::WallTime now);

} // namespace flowgate::net
