// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/connections/offeredsettings.h"

#include "app/connections/offerwords.h"

#include <QUrl>

namespace flowgate::app {

namespace {

constexpr domain::milliseconds second{1000};

domain::OfferKind kindOf(const domain::OpampSettings &settings, bool ownToken)
{
    const QUrl url(settings.endpoint);
    return {settings.heartbeat, url.authority(QUrl::FullyEncoded),
            url.scheme() == QLatin1String("wss") || url.scheme() == QLatin1String("https"), ownToken};
}

/// A config is on its way: the gateway may not leave the connection on which it is going to say what became of it. Some
/// never say.
bool isBusy(const domain::Gateway &gateway)
{
    const auto state = gateway.config.state;
    return (state == domain::ConfigState::Offered || state == domain::ConfigState::Applying) &&
           gateway.presence.lastSeen - gateway.config.since < domain::offerIsAnsweredWithin;
}

} // namespace

bool OfferedSettings::setSettings(const Settings &settings)
{
    if (!m_heartbeats.setSettings(settings))
        return false;
    m_trials.startAnew();
    m_told.clear();
    return true;
}

domain::ConnectionWish OfferedSettings::wishFor(const domain::Gateway &gateway, const domain::Peer &peer)
{
    const bool isEnrolling = gateway.presence.onBootstrap;
    domain::ConnectionWish wish = isEnrolling ? domain::ConnectionWish{} : m_telemetry.wishFor(gateway, peer);
    wish.opampAlone = isEnrolling;
    const Settled settings = isEnrolling ? ownTokenFor(gateway, peer) : m_heartbeats.settingsFor(gateway, peer);
    if (settings) {
        if (*settings)
            complete(wish, **settings, gateway);
        return wish;
    }
    const QString reason = (isEnrolling ? u'b' : u'h') + settings.error();
    if (!m_told.contains(reason)) {
        m_told.insert(reason);
        tell(app::notOffered(isEnrolling, domain::displayName(gateway), settings.error()), gateway.id);
    }
    return wish;
}

OfferedSettings::Settled OfferedSettings::ownTokenFor(const domain::Gateway &gateway, const domain::Peer &peer)
{
    if (gateway.admission != domain::Admission::Approved || gateway.capabilities.isUnspecified())
        return std::optional<domain::OpampSettings>();
    if (const auto why = refusesSettings(gateway))
        return domain::unexpected(*why);
    auto settings = m_reach.settingsOf(peer);
    if (!settings)
        return domain::unexpected(settings.error());
    if (m_trials.hasLost(gateway.id))
        m_enrolment.startedAnew(gateway.id);
    const auto credential = m_enrolment.credentialFor(gateway);
    if (!credential)
        return std::optional<domain::OpampSettings>();
    settings->authorization = *credential;
    settings->heartbeat = m_heartbeats.interval();
    return *settings;
}

void OfferedSettings::complete(domain::ConnectionWish &wish, const domain::OpampSettings &settings,
                               const domain::Gateway &gateway)
{
    const domain::OfferKind kind = kindOf(settings, wish.opampAlone);
    wish.opamp = settings;
    wish.opampLost = m_trials.hasLost(gateway.id);
    if (isBusy(gateway)) {
        wish.opampHeld = true;
        m_trials.hold(kind, gateway.id);
    } else {
        wish.opampHeld = !m_trials.mayBeOffered(kind, gateway.id);
    }
}

void OfferedSettings::offered(const domain::Gateway &gateway, const domain::Peer &peer,
                              const domain::ConnectionOffer &offer)
{
    if (!offer.opamp)
        return;
    if (m_onCredential && !offer.opamp->authorization.isEmpty())
        m_onCredential(gateway.id, offer.opamp->authorization);
    const domain::OfferKind kind = kindOf(*offer.opamp, gateway.presence.onBootstrap);
    if (m_trials.sent({kind, offer.hash(), peer.connection, {}}, gateway.id))
        tell(tried(kind, domain::displayName(gateway)), gateway.id);
}

void OfferedSettings::heard(const domain::Gateway &gateway, const domain::Peer &peer, bool numberedAnew)
{
    if (!gateway.presence.onBootstrap)
        m_enrolment.settled(gateway.id);
    if (const auto outcome = m_trials.heard(gateway, peer, numberedAnew))
        tell(*outcome);
}

QList<domain::GatewayId> OfferedSettings::tick()
{
    for (const OfferTrials::Outcome &outcome : m_trials.pass(second))
        tell(outcome);
    return m_enrolment.ready() + m_trials.released();
}

void OfferedSettings::gatewayForgotten(const domain::GatewayId &id)
{
    m_trials.forget(id);
    m_enrolment.forget(id);
}

void OfferedSettings::gatewayMoved(const domain::GatewayId &before, const domain::Gateway &, Succession)
{
    gatewayForgotten(before);
}

void OfferedSettings::tell(const OfferTrials::Outcome &outcome)
{
    const domain::Gateway *gateway = m_fleet.find(outcome.gateway);
    if (!gateway)
        return;
    if (outcome.kind.ownToken && outcome.answer == domain::OfferAnswer::Refused)
        m_enrolment.refused(gateway->id);
    const QString error = gateway->connectionStatus ? gateway->connectionStatus->error : QString();
    tell(answered(outcome, domain::displayName(*gateway), error), gateway->id);
}

void OfferedSettings::tell(const OfferEvent &event, const domain::GatewayId &id)
{
    if (!event.kind.isEmpty())
        m_events.add(event.kind, event.text, id);
}

} // namespace flowgate::app
