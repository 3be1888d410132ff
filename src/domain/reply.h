// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/configset.h"
#include "domain/connectionoffer.h"

#include <chrono>
#include <memory>
#include <optional>
#include <variant>

namespace flowgate::domain {

/// A config on its way to a gateway: hash and files go together or not at all (X6b). Files are shared, not copied.
struct RemoteConfigOffer
{
    ConfigHash hash;
    std::shared_ptr<const ConfigSet> config; ///< in wire form, never null, never empty (RC7)

    friend bool operator==(const RemoteConfigOffer &a, const RemoteConfigOffer &b) { return a.hash == b.hash; }
};

/// ServerErrorResponseType of the wire.
enum class ReplyError : int { Unknown = 0, BadRequest = 1, Unavailable = 2 };

/// The usual reply.
struct NormalReply
{
    bool askFullState = false;           ///< flags |= ReportFullState (S8)
    bool askAvailableComponents = false; ///< flags |= ReportAvailableComponents (ST11)
    quint64 capabilities = 0;            ///< ours; 0 leaves the field out (S12)
    std::optional<RemoteConfigOffer> remoteConfig;
    std::optional<ConnectionOffer> connection;
    QByteArray newInstanceUid; ///< empty: none

    friend bool operator==(const NormalReply &, const NormalReply &) = default;
};

/// Nothing but the error may be in such a reply (ER3, X14).
struct ErrorReply
{
    ReplyError type = ReplyError::BadRequest;
    QString message;
    std::optional<std::chrono::nanoseconds> retryAfter; ///< only with Unavailable

    friend bool operator==(const ErrorReply &, const ErrorReply &) = default;
};

/// Restart, which goes alone (CM2, X14). There is no other command.
struct RestartCommand
{
    friend bool operator==(const RestartCommand &, const RestartCommand &) = default;
};

/// One ServerToAgent as a value. The alternatives exclude each other as the specification wants.
struct ServerReply
{
    QByteArray wireUid; ///< repeated from the agent's message (S3); empty where it is not known (ER1)
    std::variant<NormalReply, ErrorReply, RestartCommand> body;

    friend bool operator==(const ServerReply &, const ServerReply &) = default;
};

} // namespace flowgate::domain
