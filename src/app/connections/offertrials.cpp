// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/connections/offertrials.h"

namespace flowgate::app {

namespace {

/// Gateways say by which name they reach us, and may say anything (SEC6).
constexpr qsizetype mostKinds = 1000;

} // namespace

bool OfferTrials::mayBeOffered(const domain::OfferKind &kind, const domain::GatewayId &gateway)
{
    const domain::OfferTrial trial = m_trials.value(kind);
    if (trial.state == domain::OfferTrial::State::Failed)
        return false;
    const bool isRoom = m_trials.contains(kind) || m_trials.size() < mostKinds;
    if (isRoom && m_left > 0 && domain::mayBeOffered(trial, gateway))
        return true;
    if (isRoom)
        hold(kind, gateway);
    return false;
}

bool OfferTrials::sent(const domain::PendingOffer &offer, const domain::GatewayId &gateway)
{
    --m_left;
    m_lost.remove(gateway);
    m_pending.insert(gateway, offer);
    domain::OfferTrial &trial = m_trials[offer.kind];
    const domain::OfferTrial before = std::exchange(trial, domain::afterOffer(trial, gateway));
    return trial != before;
}

void OfferTrials::unsent(const domain::GatewayId &gateway)
{
    forget(gateway);
    m_lost.insert(gateway); // whatever it had, it is to get this
}

OfferTrials::Outcome OfferTrials::decide(const domain::GatewayId &gateway, const domain::OfferKind &kind,
                                         domain::OfferAnswer answer)
{
    Outcome outcome{gateway, kind, answer, false};
    const auto trial = m_trials.find(kind);
    if (trial == m_trials.end())
        return outcome;
    const domain::OfferTrial before = std::exchange(*trial, domain::afterAnswer(*trial, gateway, answer));
    outcome.decides = *trial != before;
    if (trial->state == domain::OfferTrial::State::Failed)
        m_held.remove(kind);
    return outcome;
}

std::optional<OfferTrials::Outcome> OfferTrials::heard(const domain::Gateway &gateway, const domain::Peer &peer,
                                                       bool numberedAnew)
{
    const auto pending = m_pending.constFind(gateway.id);
    if (pending == m_pending.constEnd()) {
        // Who takes an offer may begin to count anew; whoever else does was started anew.
        if (numberedAnew)
            m_lost.insert(gateway.id);
        return {};
    }
    const domain::OfferAnswer answer = domain::answerIn(*pending, gateway, peer);
    if (answer == domain::OfferAnswer::None)
        return {};
    const domain::PendingOffer offer = *pending;
    m_pending.erase(pending);
    if (offer.waited >= domain::offerIsAnsweredWithin)
        return {}; // that it was silent is told already
    return decide(gateway.id, offer.kind, answer);
}

std::vector<OfferTrials::Outcome> OfferTrials::pass(domain::milliseconds step)
{
    m_left = mostASecond;
    std::vector<Outcome> late;
    for (auto it = m_pending.begin(); it != m_pending.end(); ++it) {
        const bool wasLate = it->waited >= domain::offerIsAnsweredWithin;
        if (wasLate)
            continue;
        it->waited += step;
        if (it->waited >= domain::offerIsAnsweredWithin)
            late.push_back(decide(it.key(), it->kind, domain::OfferAnswer::Silent));
    }
    return late;
}

QList<domain::GatewayId> OfferTrials::released()
{
    QList<domain::GatewayId> released;
    for (auto held = m_held.begin(); held != m_held.end();) {
        const auto state = m_trials.value(held.key()).state;
        const bool isFree = state == domain::OfferTrial::State::Open || state == domain::OfferTrial::State::Passed;
        while (isFree && !held->isEmpty() && released.size() < m_left) {
            released.append(*held->cbegin());
            held->erase(held->cbegin());
        }
        held = held->isEmpty() ? m_held.erase(held) : std::next(held);
    }
    return released;
}

void OfferTrials::startAnew()
{
    // What is on its way stays: who comes back with it did not begin anew.
    m_trials.clear();
    m_held.clear();
}

void OfferTrials::forget(const domain::GatewayId &gateway)
{
    m_lost.remove(gateway);
    m_pending.remove(gateway);
    for (domain::OfferTrial &trial : m_trials)
        trial = domain::without(trial, gateway);
    for (QSet<domain::GatewayId> &held : m_held)
        held.remove(gateway);
}

} // namespace flowgate::app
