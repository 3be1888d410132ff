// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/unmatchedtelemetry.h"

#include <algorithm>

namespace flowgate::domain {

namespace {

constexpr qsizetype longestId = 100;

QString idText(NoOwner why)
{
    switch (why) {
    case NoOwner::NoId:
        return QStringLiteral("without a service.instance.id");
    case NoOwner::Unknown:
        return QStringLiteral("with an unknown service.instance.id");
    case NoOwner::Ambiguous:
        return QStringLiteral("with a service.instance.id of several gateways");
    }
    return {};
}

} // namespace

void UnmatchedTally::note(const QString &address, NoOwner why, const QString &instanceId, WallTime now)
{
    ++m_requests;
    if (!m_sources.contains(address) && m_sources.size() >= mostAddresses) {
        const auto oldest = std::min_element(m_sources.begin(), m_sources.end(),
                                             [](const auto &a, const auto &b) { return a.last < b.last; });
        m_sources.erase(oldest);
    }
    UnmatchedSource &source = m_sources[address];
    source = {address, source.requests + 1, now, why, instanceId.left(longestId)};
}

std::vector<UnmatchedSource> UnmatchedTally::sources() const
{
    std::vector<UnmatchedSource> all(m_sources.begin(), m_sources.end());
    std::ranges::sort(all, [](const UnmatchedSource &a, const UnmatchedSource &b) {
        return a.last != b.last ? a.last > b.last : a.address < b.address;
    });
    return all;
}

const UnmatchedSource *nearestSource(const std::vector<UnmatchedSource> &sources, const QString &address)
{
    const UnmatchedSource *nearest = nullptr;
    for (const UnmatchedSource &source : sources) {
        if (source.address == address)
            return &source;
        if (!nearest || source.requests > nearest->requests)
            nearest = &source;
    }
    return nearest;
}

QString unmatchedText(const UnmatchedSource &source, bool isItsOwn)
{
    const QString requests =
        source.requests == 1 ? QStringLiteral("1 request") : QStringLiteral("%1 requests").arg(source.requests);
    const QString text = QStringLiteral("%1 %2 came from %3").arg(requests, idText(source.why), source.address);
    return isItsOwn ? text + QStringLiteral(", its own address") : text;
}

} // namespace flowgate::domain
