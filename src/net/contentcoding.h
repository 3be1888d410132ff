// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/gzip.h"
#include "net/http.h"

namespace flowgate::net {

enum class ContentCoding { Identity, Gzip, Unknown };

/// What Content-Encoding says; several codings, or any but gzip and identity, are Unknown (415, T33).
[[nodiscard]] ContentCoding contentCoding(const Headers &headers);

/// The body with its coding undone. @p coding must not be Unknown.
/// @param limit  most bytes of the result; an identity body over it is TooLarge as well (T36)
/// @thread any
[[nodiscard]] domain::Result<QByteArray, GunzipError> decodedBody(const QByteArray &body, ContentCoding coding,
                                                                  qsizetype limit);
/// The answer to a body that cannot be decoded: 413 or 400.
[[nodiscard]] HttpResponse refusal(GunzipError error);

/// Gzips the body if the request's Accept-Encoding allows it (T34); sets Content-Encoding and Vary.
/// @thread any
void encodeBody(HttpResponse &response, const Headers &request);

} // namespace flowgate::net
