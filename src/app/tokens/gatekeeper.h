// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/fleet.h"
#include "app/journal/refusals.h"
#include "app/settings/settings.h"
#include "app/tokens/refusallog.h"
#include "app/tokens/tokens.h"
#include "net/attemptlimiter.h"
#include "net/http.h"

namespace flowgate::app {

/// Judges who comes in, by whose the connection is, credential and what an operator said of the gateway. Requests are
/// judged on their head, before anything is read or upgraded (T6); what only a message tells, its uid, is judged with
/// the message.
/// @thread io
class Gatekeeper final : public FleetObserver
{
public:
    Gatekeeper(const domain::Clock &clock, Tokens &tokens, const Fleet &fleet, const Settings &settings,
               EventLog &events, Refusals &refusals);

    /// @param required  whether a token is required; nothing: of everybody but the user that runs this program
    void setRequirement(std::optional<bool> required) { m_required = required; }
    /// Gateways are told a public URL: whoever comes by a loopback address may be a proxy on this computer.
    void setPublicUrl(bool isSet) { m_hasPublicUrl = isSet; }
    void setAttemptLimits(const net::AttemptLimiter::Limits &limits) { m_attempts.setLimits(limits); }
    /// What a request is refused with: 401 without a token that counts, 403 for a gateway that was rejected or that
    /// comes with a token of another; nothing: it may go on (ER6, CS16, SEC7). From an address that failed too often
    /// 429, whatever it brings, before that is hashed (ER5); a connection that was let in before goes on. Log and
    /// events get the peer, never the token.
    [[nodiscard]] std::optional<net::HttpResponse> admit(const net::RequestHead &head, const net::PeerAddress &peer);
    /// As Door.
    [[nodiscard]] Entry enter(const domain::Peer &peer, const domain::GatewayId &id);

    /// As admit(), for own telemetry: nothing comes in with a token that serves only to fetch another (CS15).
    [[nodiscard]] std::optional<net::HttpResponse> admitTelemetry(const net::RequestHead &head,
                                                                  const net::PeerAddress &peer);
    /// Whom the client of such a request may send for: with the token of one gateway, that one; with any other, those
    /// that have none of their own (SEC7). Who is asked for and may not be sent for is noted as refused.
    [[nodiscard]] std::function<bool(const domain::GatewayId &)> senderOf(const net::RequestHead &head,
                                                                          const net::PeerAddress &peer);
    /// An operator approved one that came anew: the token that it had is lost, or never was its own.
    void gatewayChanged(const FleetChange &change) override;
    /// Its token goes with it.
    void gatewayMoved(const domain::GatewayId &before, const domain::Gateway &after, Succession) override
    {
        m_tokens.rebind(before, after.id);
    }

private:
    [[nodiscard]] bool isRequired(const domain::Peer &peer) const { return m_required.value_or(!isSameUser(peer)); }
    [[nodiscard]] bool isSameUser(const domain::Peer &peer) const;
    [[nodiscard]] std::optional<net::HttpResponse> admitToken(const net::RequestHead &head, const domain::Peer &peer,
                                                              const QHostAddress &address);
    void noteRefusal(const QString &peer, const QString &why);
    [[nodiscard]] domain::CredentialVerdict judge(const domain::Peer &peer, const domain::Token *token,
                                                  const std::optional<domain::GatewayId> &uid) const;
    [[nodiscard]] bool isConnectedWith(const domain::GatewayId &id, const domain::Token &token) const;
    [[nodiscard]] QString whyRefused(const domain::Peer &peer, domain::CredentialVerdict verdict) const;
    void noteChange(const domain::Gateway &known, const Entry &entry);

    const domain::Clock &m_clock;
    Tokens &m_tokens;
    const Fleet &m_fleet;
    const Settings &m_settings;
    EventLog &m_events;
    RefusalLog m_log;
    Refusals &m_refusals;
    net::AttemptLimiter m_attempts;
    std::optional<bool> m_required;
    bool m_hasPublicUrl = false;
};

} // namespace flowgate::app
