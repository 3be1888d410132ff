// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/configsseen.h"

#include <algorithm>

namespace flowgate::domain {

namespace {

constexpr qsizetype mostSent = 3;

bool wasSent(const OfferOutcome &outcome)
{
    return outcome.sentAt != WallTime{};
}

QList<ConfigHash> lastSent(const Gateway &gateway)
{
    std::vector<std::pair<WallTime, ConfigHash>> sent;
    for (auto outcome = gateway.outcomes.begin(); outcome != gateway.outcomes.end(); ++outcome) {
        if (wasSent(*outcome))
            sent.emplace_back(outcome->sentAt, outcome.key());
    }
    std::ranges::sort(sent, std::greater<>());
    QList<ConfigHash> hashes;
    for (const auto &[at, hash] : sent) {
        if (hashes.size() < mostSent)
            hashes.append(hash);
    }
    return hashes;
}

} // namespace

QList<ConfigHash> configsSeenBy(const Gateway &gateway)
{
    QList<ConfigHash> seen;
    const auto add = [&seen](const ConfigHash &hash) {
        if (!hash.isEmpty() && !seen.contains(hash))
            seen.append(hash);
    };
    if (gateway.effective)
        add(gateway.effective->value.hash);
    if (gateway.wanted)
        add(gateway.wanted->hash);
    if (gateway.lastProven)
        add(gateway.lastProven->hash);
    if (gateway.lastFailed)
        add(gateway.lastFailed->ref.hash);
    if (gateway.remoteConfig) {
        const auto named = gateway.outcomes.constFind(gateway.remoteConfig->value.hash);
        if (named != gateway.outcomes.constEnd() && wasSent(*named))
            add(named.key());
    }
    for (const ConfigHash &hash : lastSent(gateway))
        add(hash);
    return seen;
}

} // namespace flowgate::domain
