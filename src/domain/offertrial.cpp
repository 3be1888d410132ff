// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/offertrial.h"

namespace flowgate::domain {

OfferAnswer answerIn(const PendingOffer &offer, const Gateway &gateway, const Peer &peer)
{
    if (const auto &status = gateway.connectionStatus; status && status->hash == offer.hash) {
        if (status->status == ApplyStatus::Failed)
            return OfferAnswer::Refused;
        if (status->status == ApplyStatus::Applied)
            return OfferAnswer::Took;
    }
    if (gateway.capabilities.has(Capability::ReportsConnectionSettingsStatus))
        return OfferAnswer::None;
    const bool isAnotherWay = peer.transport == Transport::Http || peer.connection != offer.connection;
    return isAnotherWay ? OfferAnswer::Took : OfferAnswer::None;
}

bool mayBeOffered(const OfferTrial &trial, const GatewayId &gateway)
{
    switch (trial.state) {
    case OfferTrial::State::Open:
    case OfferTrial::State::Passed:
        return true;
    case OfferTrial::State::Running:
        return trial.gateway == gateway;
    case OfferTrial::State::Failed:
        break;
    }
    return false;
}

OfferTrial afterOffer(OfferTrial trial, const GatewayId &gateway)
{
    return trial.state == OfferTrial::State::Open ? OfferTrial{OfferTrial::State::Running, gateway} : trial;
}

OfferTrial afterAnswer(OfferTrial trial, const GatewayId &gateway, OfferAnswer answer)
{
    if (trial.state != OfferTrial::State::Running || trial.gateway != gateway || answer == OfferAnswer::None)
        return trial;
    trial.state = answer == OfferAnswer::Took ? OfferTrial::State::Passed : OfferTrial::State::Failed;
    return trial;
}

OfferTrial without(OfferTrial trial, const GatewayId &gateway)
{
    const bool isIts = trial.state == OfferTrial::State::Running && trial.gateway == gateway;
    return isIts ? OfferTrial{} : trial;
}

} // namespace flowgate::domain
