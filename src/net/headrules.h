// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/refusal.h"
#include "domain/result.h"
#include "net/http.h"
#include "net/webrules.h"

namespace flowgate::net {

/// Judges where a request was sent to, and from which web page: 400, 421 or 403 (see webrules.h). Nothing to object:
/// empty.
/// @thread any
[[nodiscard]] std::optional<HttpResponse> judgeWeb(const RequestHead &head, const PeerAddress &peer,
                                                   const WebRules &rules);

/// What a head asks of a route.
enum class Asked { Post, Upgrade };

/// Judges method and upgrade headers (T5): 405 with Allow for anything but POST and a GET that asks for a WebSocket,
/// 426 for an upgrade to something else or another version, 400 for a malformed one.
/// @param hasWebSocket  whether the path takes upgrades
/// @thread any
[[nodiscard]] domain::Result<Asked, HttpResponse> judgeMethod(const RequestHead &head, bool hasWebSocket);

/// Judges what a POST says of its body: 415 for another content type or coding, 417 for an expectation that we
/// cannot meet (T4, T33). Nothing to object: empty.
/// @thread any
[[nodiscard]] std::optional<HttpResponse> judgePost(const RequestHead &head, QByteArrayView contentType);

/// An upgrade that was accepted, as plain as it can be said. Whoever shakes hands reads this instead of the head:
/// QWebSocket closes without a word where it does not understand one, such as "Connection" in two lines.
[[nodiscard]] QByteArray plainUpgrade(const RequestHead &head);

/// The answer to a head that does not parse.
[[nodiscard]] HttpResponse refusal(HeadError error);

/// The kind under which a refusal of a head counts.
[[nodiscard]] domain::Refusal refusalKind(HeadError error);
/// The same for the answers of judgeMethod() and judgePost().
[[nodiscard]] domain::Refusal refusalKind(const HttpResponse &refusal);

/// What the first bytes on a connection are.
enum class FirstBytes {
    Unknown, ///< too few to tell
    Http,
    Tls, ///< a ClientHello (RFC 8446, 5.1)
    Other
};
/// Tells a client that speaks TLS on a plain port, or plain HTTP on a TLS port, by the first bytes that it sends.
/// @thread any
[[nodiscard]] FirstBytes firstBytes(QByteArrayView bytes);

} // namespace flowgate::net
