// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/refusaltally.h"

#include <algorithm>

namespace flowgate::domain {

void RefusalTally::note(Refusal kind, const QString &address)
{
    Gathering &gathering = m_kinds[static_cast<std::size_t>(kind)];
    ++gathering.count;
    if (const auto known = gathering.byAddress.find(address); known != gathering.byAddress.end())
        ++*known;
    else if (gathering.byAddress.size() < mostAddresses)
        gathering.byAddress.insert(address, 1);
    else
        ++gathering.unnamed;
}

std::vector<RefusalNews> RefusalTally::takeDue(milliseconds now)
{
    std::vector<RefusalNews> due;
    for (const Refusal kind : allRefusals()) {
        Gathering &gathering = m_kinds[static_cast<std::size_t>(kind)];
        if (gathering.count == 0 || now < gathering.notBefore)
            continue;
        due.push_back(newsOf(kind, gathering));
        const bool goesOn = gathering.pause.count() > 0 && now < gathering.notBefore + gathering.pause;
        const milliseconds pause = goesOn ? std::min(2 * gathering.pause, longestPause) : shortestPause;
        gathering = {};
        gathering.pause = pause;
        gathering.notBefore = now + pause;
    }
    return due;
}

RefusalNews RefusalTally::newsOf(Refusal kind, const Gathering &gathering)
{
    RefusalNews news{.kind = kind, .count = gathering.count};
    const auto &byAddress = gathering.byAddress;
    for (auto entry = byAddress.begin(); entry != byAddress.end(); ++entry) {
        // Of two that are alike the same one each time.
        if (*entry > news.fromAddress || (*entry == news.fromAddress && entry.key() < news.address)) {
            news.address = entry.key();
            news.fromAddress = *entry;
        }
    }
    if (news.fromAddress <= gathering.unnamed) { // one without a name may have more
        news.address.clear();
        news.fromAddress = 0;
    }
    return news;
}

} // namespace flowgate::domain
