// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/heartbeat/offeredsettings.h"

#include <QUrl>

namespace flowgate::app {

namespace {

constexpr domain::milliseconds second{1000};

domain::OfferKind kindOf(const domain::OpampSettings &settings)
{
    const QUrl url(settings.endpoint);
    return {settings.heartbeat, url.authority(QUrl::FullyEncoded),
            url.scheme() == QLatin1String("wss") || url.scheme() == QLatin1String("https")};
}

QString intervalText(const domain::OfferKind &kind)
{
    return lengthText(kind.heartbeat);
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
    domain::ConnectionWish wish = m_telemetry.wishFor(gateway, peer);
    const auto settings = m_heartbeats.settingsFor(gateway, peer);
    if (!settings) {
        if (!m_told.contains(settings.error())) {
            m_told.insert(settings.error());
            m_events.add(QStringLiteral("heartbeat_not_offered"),
                         QStringLiteral("%1 is not told how often to say that it is there: %2. This is told once, for "
                                        "all gateways with that reason.")
                             .arg(domain::displayName(gateway), settings.error()),
                         gateway.id);
        }
        return wish;
    }
    if (!*settings)
        return wish;
    const domain::OfferKind kind = kindOf(**settings);
    wish.opamp = **settings;
    wish.opampLost = m_trials.hasLost(gateway.id);
    if (isBusy(gateway)) {
        wish.opampHeld = true;
        m_trials.hold(kind, gateway.id);
    } else {
        wish.opampHeld = !m_trials.mayBeOffered(kind, gateway.id);
    }
    return wish;
}

void OfferedSettings::offered(const domain::Gateway &gateway, const domain::Peer &peer,
                              const domain::ConnectionOffer &offer)
{
    if (!offer.opamp)
        return;
    const domain::OfferKind kind = kindOf(*offer.opamp);
    if (m_trials.sent({kind, offer.hash(), peer.connection, {}}, gateway.id)) {
        m_events.add(
            QStringLiteral("heartbeat_tried"),
            QStringLiteral("%1 is the first to be told to say every %2 that it is there; others that reach this "
                           "endpoint by %3 follow when it came back")
                .arg(domain::displayName(gateway), intervalText(kind), kind.host),
            gateway.id);
    }
}

void OfferedSettings::heard(const domain::Gateway &gateway, const domain::Peer &peer, bool numberedAnew)
{
    if (const auto outcome = m_trials.heard(gateway, peer, numberedAnew))
        tell(*outcome);
}

QList<domain::GatewayId> OfferedSettings::tick()
{
    for (const OfferTrials::Outcome &outcome : m_trials.pass(second))
        tell(outcome);
    return m_trials.released();
}

void OfferedSettings::tell(const OfferTrials::Outcome &outcome)
{
    const domain::Gateway *gateway = m_fleet.find(outcome.gateway);
    if (!gateway)
        return;
    const QString name = domain::displayName(*gateway);
    const QString interval = intervalText(outcome.kind);
    if (outcome.answer == domain::OfferAnswer::Took) {
        if (outcome.decides)
            m_events.add(QStringLiteral("heartbeat_passed"),
                         QStringLiteral("%1 came back and says every %2 that it is there; the others follow")
                             .arg(name, interval),
                         outcome.gateway);
        return;
    }
    const bool isRefused = outcome.answer == domain::OfferAnswer::Refused;
    if (!isRefused && !outcome.decides)
        return; // that it is gone shows in the list
    QString text = isRefused ? QStringLiteral("%1 could not take the offer to say every %2 that it is there: %3")
                                   .arg(name, interval, gateway->connectionStatus->error)
                             : QStringLiteral("%1 was told to say every %2 that it is there, and was not heard again "
                                              "within two minutes")
                                   .arg(name, interval);
    if (outcome.decides)
        text += QStringLiteral(". No other gateway is told. Look at this one first: a restart of its supervisor brings "
                               "its own settings back. Then set heartbeat.interval to another value, or "
                               "heartbeat.gateways to none and back, to try again");
    m_events.add(outcome.decides ? QStringLiteral("heartbeat_stopped") : QStringLiteral("heartbeat_refused"), text,
                 outcome.gateway);
}

} // namespace flowgate::app
