// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/configset.h"
#include "domain/report.h"

#include <QByteArrayView>

#include <optional>

namespace flowgate::fleetsim {

/// One ServerToAgent, as far as a simulated gateway looks at it.
struct ServerMessage
{
    struct Offer
    {
        domain::ConfigHash hash;
        domain::ConfigSet config;

        friend bool operator==(const Offer &, const Offer &) = default;
    };

    QByteArray instanceUid;
    bool isError = false;
    bool wantsFullState = false;
    bool wantsComponents = false;
    bool restart = false;
    std::optional<Offer> offer;
    QByteArray newUid; ///< empty: none

    friend bool operator==(const ServerMessage &, const ServerMessage &) = default;
};

/// The agent's side of the wire: a message with the WebSocket header in front (T11).
/// @param report  its id and wireUid are not both needed: wireUid is what is written; digest is not
[[nodiscard]] QByteArray encodeFrame(const domain::AgentReport &report);
/// Reads one message with its header; nothing for what a client would drop.
[[nodiscard]] std::optional<ServerMessage> decodeFrame(QByteArrayView frame);

} // namespace flowgate::fleetsim
