// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tokens/gatekeeper.h"

#include "domain/peeruser.h"
#include "endpoint/peerof.h"

namespace flowgate::app {

using domain::Admission;
using domain::CredentialVerdict;

namespace {

constexpr domain::milliseconds whenFull = std::chrono::minutes(5);

/// The gateway that a request says it is for, where its client says so before the first message.
std::optional<domain::GatewayId> uidOf(const net::RequestHead &head)
{
    const auto text = head.headers.first("OpAMP-Instance-UID");
    return text ? domain::gatewayIdFromText(QString::fromLatin1(*text)) : std::nullopt;
}

net::HttpResponse refusalFor(CredentialVerdict verdict, const QByteArray &why)
{
    switch (verdict) {
    case CredentialVerdict::OtherGateway:
    case CredentialVerdict::OtherCredential:
        return net::refusal(403, why);
    case CredentialVerdict::Missing:
        return net::refusal(401, why, {{"WWW-Authenticate", "Bearer realm=\"flowgate\""}});
    default: // RFC 6750, 3.1
        return net::refusal(401, why, {{"WWW-Authenticate", "Bearer realm=\"flowgate\", error=\"invalid_token\""}});
    }
}

/// ER5 recommends 30 s at least.
net::HttpResponse tooManyFailures(domain::milliseconds wait)
{
    const auto seconds = std::max(std::chrono::ceil<std::chrono::seconds>(wait), std::chrono::seconds(30));
    return net::refusal(429, "too many failed attempts from this address",
                        {{"Retry-After", QByteArray::number(qlonglong(seconds.count()))}});
}

} // namespace

Gatekeeper::Gatekeeper(const domain::Clock &clock, Tokens &tokens, const Fleet &fleet, const Settings &settings,
                       EventLog &events, Refusals &refusals)
    : m_clock(clock)
    , m_tokens(tokens)
    , m_fleet(fleet)
    , m_settings(settings)
    , m_events(events)
    , m_log(clock, events)
    , m_refusals(refusals)
{
}

bool Gatekeeper::isSameUser(const domain::Peer &peer) const
{
    return domain::isSameUser(
        peer, {m_hasPublicUrl, m_settings.text(Setting::AdmissionUnknownUser) == QLatin1String("same")});
}

/// One who comes by a loopback address may wonder why a token is asked for there.
QString Gatekeeper::whyRefused(const domain::Peer &peer, CredentialVerdict verdict) const
{
    const QString why = reason(verdict);
    if (verdict != CredentialVerdict::Missing || !peer.onLoopback)
        return why;
    if (peer.byProxy || m_hasPublicUrl)
        return why + QStringLiteral(": it may come through a proxy");
    return why + (peer.user == domain::PeerUser::Other
                      ? QStringLiteral(": it is not of the user that runs this control plane")
                      : QStringLiteral(": the system does not tell which user it is of"));
}

CredentialVerdict Gatekeeper::judge(const domain::Peer &peer, const domain::Token *token,
                                    const std::optional<domain::GatewayId> &uid) const
{
    domain::CredentialClaim claim;
    claim.isRequired = isRequired(peer);
    claim.brought = !peer.authorization.isEmpty();
    claim.token = token;
    claim.uid = uid;
    claim.owned = uid ? m_tokens.ownedBy(*uid) : nullptr;
    claim.ownedInUse = claim.owned && claim.owned != token && isConnectedWith(*uid, *claim.owned);
    return judgeCredential(claim, m_clock.now());
}

bool Gatekeeper::isConnectedWith(const domain::GatewayId &id, const domain::Token &token) const
{
    const auto peer = m_fleet.peerOf(id);
    const domain::Token *brought = peer ? m_tokens.find(domain::bearerText(peer->authorization)) : nullptr;
    return brought && brought->hash == token.hash;
}

std::optional<net::HttpResponse> Gatekeeper::admit(const net::RequestHead &head, const net::PeerAddress &peer)
{
    if (head.headers.all("Authorization").size() > 1) // two readers could take different ones
        return net::refusal(400, "more than one Authorization header");
    const domain::Peer sender = endpoint::peerOf(head.headers, peer, domain::Transport::Http, 0);
    // The user's own gateways, and one that is in already, are not to pay for others behind their address.
    const bool isJudged = (head.headers.first("Authorization") || isRequired(sender)) && !isSameUser(sender);
    const domain::milliseconds wait =
        isJudged && !peer.admitted ? m_attempts.wait(peer.address, m_clock.awake()) : domain::milliseconds(0);
    if (wait.count() > 0) {
        m_refusals.note(domain::Refusal::FailedAttempts, peer.text());
        return tooManyFailures(wait);
    }
    return admitToken(head, sender, peer.address);
}

std::optional<net::HttpResponse> Gatekeeper::admitToken(const net::RequestHead &head, const domain::Peer &peer,
                                                        const QHostAddress &address)
{
    const domain::Token *token = m_tokens.find(domain::bearerText(peer.authorization));
    auto uid = uidOf(head);
    if (uid)
        uid = m_fleet.identities().promisedTo(*uid).value_or(*uid);
    const CredentialVerdict verdict = judge(peer, token, uid);
    // Who has the uid of another is told so with its first message.
    if (verdict != CredentialVerdict::Accepted && verdict != CredentialVerdict::Occupied) {
        const QString why = whyRefused(peer, verdict);
        noteRefusal(peer.address, why);
        if (!isSameUser(peer))
            m_attempts.noteFailure(address, m_clock.awake());
        return refusalFor(verdict, why.toLatin1());
    }
    const domain::Gateway *gateway = uid ? m_fleet.find(*uid) : nullptr;
    if (gateway && gateway->admission == Admission::Rejected) {
        noteRefusal(peer.address, QStringLiteral("%1 was rejected").arg(domain::displayName(*gateway)));
        return net::refusal(403, "this gateway was rejected by the operator");
    }
    if (token)
        m_tokens.noteUse(token->hash, {});
    return {};
}

std::optional<net::HttpResponse> Gatekeeper::admitTelemetry(const net::RequestHead &head, const net::PeerAddress &peer)
{
    if (auto refused = admit(head, peer))
        return refused;
    const QByteArray authorization = head.headers.first("Authorization").value_or(QByteArray());
    const domain::Token *token = m_tokens.find(domain::bearerText(authorization));
    if (!token || token->scope != domain::TokenScope::Bootstrap)
        return {};
    noteRefusal(peer.text(), QStringLiteral("a bootstrap token lets in no telemetry"));
    return net::refusal(403, "a bootstrap token lets in no telemetry");
}

std::function<bool(const domain::GatewayId &)> Gatekeeper::senderOf(const net::RequestHead &head,
                                                                    const net::PeerAddress &peer)
{
    return
        [this, sender = endpoint::peerOf(head.headers, peer, domain::Transport::Http, 0)](const domain::GatewayId &id) {
            const domain::Token *token = m_tokens.find(domain::bearerText(sender.authorization));
            const CredentialVerdict verdict = judge(sender, token, id);
            if (verdict != CredentialVerdict::Accepted)
                noteRefusal(sender.address, QStringLiteral("own telemetry: ") + reason(verdict));
            return verdict == CredentialVerdict::Accepted;
        };
}

void Gatekeeper::gatewayChanged(const FleetChange &change)
{
    if (!change.before || change.before->admission != Admission::Pending ||
        change.after->admission != Admission::Approved || !change.after->presence.onBootstrap)
        return;
    if (const auto &ground = change.after->admitted; ground && ground->by == domain::AdmittedBy::Operator)
        m_tokens.endOwned(change.after->id, QStringLiteral("the operator let its gateway in anew"));
}

void Gatekeeper::noteRefusal(const QString &peer, const QString &why)
{
    m_log.note(peer, why);
    m_refusals.note(domain::Refusal::NotAdmitted, peer);
}

Entry Gatekeeper::enter(const domain::Peer &peer, const domain::GatewayId &uid)
{
    // With the uid that it was given it is still the gateway that it was (X12).
    const domain::GatewayId id = m_fleet.identities().promisedTo(uid).value_or(uid);
    const domain::Token *token = m_tokens.find(domain::bearerText(peer.authorization));
    const CredentialVerdict verdict = judge(peer, token, id);
    if (verdict == CredentialVerdict::Occupied)
        return {.isClone = true};
    if (verdict != CredentialVerdict::Accepted) {
        noteRefusal(peer.address, reason(verdict));
        return {Admission::Pending, reason(verdict), {}, {}, {}};
    }
    const domain::Gateway *known = m_fleet.find(id);
    if (!known && m_fleet.gateways().size() >= m_settings.count(Setting::Gateways)) {
        m_refusals.note(domain::Refusal::Gateways, peer.address);
        return {Admission::Pending, QStringLiteral("this control plane takes no more gateways"), {}, {}, whenFull};
    }
    domain::Arrival arrival;
    if (known)
        arrival.before = known->admission;
    arrival.isSameUser = isSameUser(peer);
    arrival.tokenApproves = token && token->approves;
    const bool isBootstrap = token && token->scope == domain::TokenScope::Bootstrap;
    arrival.bringsIssued = token && token->issuedTo == id;
    arrival.comesAnew = isBootstrap && m_tokens.ownedBy(id);
    if (token && arrival.before != Admission::Rejected)
        m_tokens.noteUse(token->hash, id);
    const auto automatic = domain::fromWord<domain::AutomaticAdmission>(m_settings.text(Setting::AdmissionAutomatic));
    const auto rule = automatic.value_or(domain::AutomaticAdmission::Never);
    Entry entry{admissionOf(arrival, rule), {}, token ? token->name : QString(), {}, {}, isBootstrap};
    if (const auto by = groundOf(arrival, rule))
        entry.ground = {*by, *by == domain::AdmittedBy::Token ? entry.token : QString(), m_clock.now()};
    if (known)
        noteChange(*known, entry);
    return entry;
}

void Gatekeeper::noteChange(const domain::Gateway &known, const Entry &entry)
{
    if (entry.admission == known.admission)
        return;
    const QString name = domain::displayName(known);
    if (entry.admission == Admission::Pending)
        m_events.add(
            QStringLiteral("gateway_pending"),
            QStringLiteral("%1, or who says so, came with the bootstrap token %2 though it has one of its own. "
                           "It waits for approval")
                .arg(name, entry.token),
            known.id);
    else
        m_events.add(
            QStringLiteral("gateway_approved"),
            QStringLiteral("%1 was approved by the setting %2").arg(name, specOf(Setting::AdmissionAutomatic).key),
            known.id);
}

} // namespace flowgate::app
