// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/gateway.h"

#include <chrono>

// Settings of how a gateway reaches us replace all that it has, and a wrong one leaves it stranded. So one gateway
// tries them first, and the others follow once it came back (X11).
namespace flowgate::domain {

/// What the gateways that are offered the same have in common.
struct OfferKind
{
    std::chrono::seconds heartbeat{};
    QString host; ///< by which they reach us: "gw.example.org:4320"
    bool encrypted = false;
    bool ownToken = false; ///< with a credential that it has not used yet

    friend bool operator==(const OfferKind &, const OfferKind &) = default;
    friend size_t qHash(const OfferKind &kind, size_t seed = 0)
    {
        return qHashMulti(seed, qint64(kind.heartbeat.count()), kind.host, kind.encrypted, kind.ownToken);
    }
};

/// An offer that went to a gateway and was not answered yet.
struct PendingOffer
{
    OfferKind kind;
    ConnectionHash hash;
    ConnectionId connection = 0; ///< that it went out on; 0: plain HTTP
    milliseconds waited{};       ///< time in which an answer could have been heard
};

/// So long may an answer take.
inline constexpr milliseconds offerIsAnsweredWithin{120'000};

enum class OfferAnswer {
    None,
    Took,    ///< it says so, or came back
    Refused, ///< it says that it failed
    Silent,  ///< it was not heard again in time
};

/// What a message says of the offer. A gateway that reports the status of connection settings is taken at its word; of
/// others a new connection tells, or over HTTP the next poll.
/// @param gateway  with the message merged
/// @param peer     how the message came
/// @source X11, ST8, CS12
[[nodiscard]] OfferAnswer answerIn(const PendingOffer &offer, const Gateway &gateway, const Peer &peer);

/// How far the offers of one kind are.
struct OfferTrial
{
    enum class State {
        Open,    ///< nobody was offered it
        Running, ///< `gateway` tries it
        Passed,  ///< it works
        Failed,  ///< nobody else gets it
    };
    State state = State::Open;
    GatewayId gateway;

    friend bool operator==(const OfferTrial &, const OfferTrial &) = default;
};

/// Whether the gateway may be offered it now.
[[nodiscard]] bool mayBeOffered(const OfferTrial &trial, const GatewayId &gateway);
/// An offer went to that gateway.
[[nodiscard]] OfferTrial afterOffer(OfferTrial trial, const GatewayId &gateway);
/// That gateway answered. Only the one that tries it decides anything.
[[nodiscard]] OfferTrial afterAnswer(OfferTrial trial, const GatewayId &gateway, OfferAnswer answer);
/// Nothing will be heard of that gateway any more: another one is to try it.
[[nodiscard]] OfferTrial without(OfferTrial trial, const GatewayId &gateway);

} // namespace flowgate::domain
