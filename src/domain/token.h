// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/admission.h"
#include "domain/ids.h"
#include "domain/states.h"
#include "domain/time.h"

#include <QByteArrayView>

#include <optional>

namespace flowgate::domain {

/// SHA-256 of a token's text, 32 bytes. The text itself has 256 random bits, so that no salt and no slow hash is
/// needed: nobody can try them all.
using TokenHash = Id<struct TokenHashTag>;

/// Whom a token lets in.
enum class TokenScope {
    Shared,     ///< any gateway
    PerGateway, ///< one gateway alone: the first that uses it, or the one that it was made for (SEC7)
    Bootstrap,  ///< any gateway, and only to fetch one of its own: with this one it is given nothing else (CS15)
};

/// A credential that gateways bring as `Authorization: Bearer TEXT`. Its text is not in here, nor anywhere else.
struct Token
{
    QString name; ///< of one token that is not revoked; a revoked one leaves its name to the next
    TokenHash hash;
    WallTime createdAt{};
    std::optional<WallTime> expiresAt; ///< from then on it is refused; nothing: never
    std::optional<WallTime> revokedAt;
    std::optional<WallTime> lastUsed; ///< when it was last brought and taken
    TokenScope scope = TokenScope::Shared;
    bool approves = false;             ///< a new gateway that brings it need not wait for approval
    std::optional<GatewayId> boundTo;  ///< with PerGateway: that gateway, once it came with it
    std::optional<GatewayId> issuedTo; ///< made by ourselves for this gateway; it may not have come with it yet
    QString issuedFor{};               ///< name of the bootstrap token that this gateway came with then

    friend bool operator==(const Token &, const Token &) = default;
};

/// The gateway that it is bound to or was made for; nothing: no single one.
[[nodiscard]] const std::optional<GatewayId> &ownerOf(const Token &token);

/// Whether a token counts. One that is revoked is so, whatever became of its time.
enum class TokenState { Live, Expired, Revoked };
[[nodiscard]] TokenState stateOf(const Token &token, WallTime now);
/// Neither revoked nor expired.
[[nodiscard]] bool isLive(const Token &token, WallTime now);

/// What is known of a request, or of a message, when its credential is judged.
struct CredentialClaim
{
    bool isRequired = false;      ///< by the listener that it came in by
    bool brought = false;         ///< it has an Authorization header
    const Token *token = nullptr; ///< whose hash that has; null: no token of ours
    std::optional<GatewayId> uid; ///< which gateway it says it is, as far as it has said so
    const Token *owned = nullptr; ///< a live token that is bound to that gateway; null: there is none
    bool ownedInUse = false;      ///< the gateway is connected with that one now
};

enum class CredentialVerdict {
    Accepted,
    Missing,         ///< 401: none was brought
    Unknown,         ///< 401: no token of ours
    Revoked,         ///< 401
    Expired,         ///< 401
    OtherGateway,    ///< 403: it belongs to another gateway
    OtherCredential, ///< 403: the gateway has a token of its own, and this is not it
    Occupied,        ///< by a bootstrap token, while the gateway is here with its own: another one with the same uid
};

/// Whether to let it in. A token of ours that is revoked or expired is refused even where none is required; anything
/// else is looked past there. A gateway that was issued its own token gets in with a bootstrap token again, as it may
/// have lost the other. While it is seen to have it, whoever comes is somebody else, who may have another uid (X8).
/// @source ER6, CS11, CS16, SEC7
[[nodiscard]] CredentialVerdict judgeCredential(const CredentialClaim &claim, WallTime now);
/// A few words for a log or an HTTP body: "the token is expired".
[[nodiscard]] QString reason(CredentialVerdict verdict);

/// Which new gateways need nobody's approval.
enum class AutomaticAdmission {
    Loopback, ///< those of the user that runs this program, by a loopback address, and those whose token says so
    Token,    ///< those whose token says so
    Always,   ///< all
    Never,    ///< none
};
/// "loopback", "token", "always", "never"; nothing for any other text.
template<>
[[nodiscard]] std::optional<AutomaticAdmission> fromWord<AutomaticAdmission>(QStringView text);

/// How a gateway comes in on a connection.
struct Arrival
{
    std::optional<Admission> before; ///< nothing: it is new
    bool isSameUser = false;         ///< see peeruser.h
    bool tokenApproves = false;
    bool bringsIssued = false; ///< the token that was issued to it: it was approved once
    bool comesAnew = false;    ///< by a bootstrap token, though it has its own: whoever it is, it counts as new
};

/// What a gateway is admitted to from this connection on. What was approved stays so, and so does what was rejected:
/// that takes an operator's word. One that comes anew waits as a new one does.
/// @source CS14, CS15
[[nodiscard]] Admission admissionOf(const Arrival &arrival, AutomaticAdmission automatic);
/// What that rests on, where it is another one than before; nothing: it is not, or it waits.
[[nodiscard]] std::optional<AdmittedBy> groundOf(const Arrival &arrival, AutomaticAdmission automatic);

/// The text of a token: "fgt_" and 32 bytes in base64url, 47 characters.
/// @param random  32 bytes of the system's generator
[[nodiscard]] QByteArray tokenText(QByteArrayView random);
[[nodiscard]] TokenHash tokenHash(QByteArrayView text);
/// What stands behind "Bearer" in the value of an Authorization header; empty for any other.
[[nodiscard]] QByteArrayView bearerText(QByteArrayView authorization);
/// Whether both are equal, in a time that depends on their length alone.
[[nodiscard]] bool equalInConstantTime(QByteArrayView a, QByteArrayView b);

} // namespace flowgate::domain
