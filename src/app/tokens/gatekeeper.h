// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet.h"
#include "app/settings.h"
#include "app/tokens/refusallog.h"
#include "app/tokens/tokens.h"
#include "net/http.h"

namespace flowgate::app {

/// Judges who comes in, by listener, credential and what an operator said of the gateway. Requests are judged on their
/// head, before anything is read or upgraded (T6); what only a message tells, its uid, is judged with the message.
/// @thread io
class Gatekeeper final : public FleetObserver
{
public:
    Gatekeeper(const domain::Clock &clock, Tokens &tokens, const Fleet &fleet, const Settings &settings,
               EventLog &events);

    /// @param required  whether a token is required; nothing: on listeners that are not on loopback
    void setRequirement(std::optional<bool> required) { m_required = required; }
    /// What a request is refused with: 401 without a token that counts, 403 for a gateway that was rejected or that
    /// comes with a token of another; nothing: it may go on (ER6, CS16, SEC7). Log and events get the peer, never the
    /// token.
    [[nodiscard]] std::optional<net::HttpResponse> admit(const net::RequestHead &head, const net::PeerAddress &peer);
    /// As Door.
    [[nodiscard]] Entry enter(const domain::Peer &peer, const domain::GatewayId &id);

    void gatewayChanged(const FleetChange &) override {}
    void offerTooLarge(const domain::Gateway &, qsizetype) override {}
    void gatewayForgotten(const domain::GatewayId &) override {}
    /// Its token goes with it.
    void gatewayMoved(const domain::GatewayId &before, const domain::Gateway &after, Succession) override
    {
        m_tokens.rebind(before, after.id);
    }

private:
    [[nodiscard]] domain::CredentialVerdict judge(const domain::Token *token, bool brought, bool onLoopback,
                                                  const std::optional<domain::GatewayId> &uid) const;

    const domain::Clock &m_clock;
    Tokens &m_tokens;
    const Fleet &m_fleet;
    const Settings &m_settings;
    EventLog &m_events;
    RefusalLog m_refusals;
    std::optional<bool> m_required;
};

} // namespace flowgate::app
