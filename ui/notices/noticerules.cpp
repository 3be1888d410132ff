// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notices/noticerules.h"

namespace flowgate::ui {

namespace {

QString keyOf(const Trouble &trouble)
{
    return QStringLiteral("%1/%2").arg(static_cast<int>(trouble.kind)).arg(trouble.about);
}

bool isOn(const Trouble &trouble, const NoticeSettings &settings)
{
    switch (trouble.kind) {
    case Trouble::Kind::Rollout:
        return settings.rollouts;
    case Trouble::Kind::Unhealthy:
        return settings.unhealthy;
    case Trouble::Kind::Lost:
        return settings.lost;
    }
    return false;
}

bool isDue(const Trouble &trouble, const NoticeSettings &settings, domain::WallTime now)
{
    return trouble.kind != Trouble::Kind::Unhealthy ||
           now - trouble.since >= std::chrono::seconds(settings.unhealthySeconds);
}

Notice::Kind noticeKind(Trouble::Kind kind)
{
    switch (kind) {
    case Trouble::Kind::Rollout:
        return Notice::Kind::Rollout;
    case Trouble::Kind::Unhealthy:
        return Notice::Kind::Unhealthy;
    case Trouble::Kind::Lost:
        break;
    }
    return Notice::Kind::Lost;
}

} // namespace

bool isQuiet(const NoticeSettings &settings, int hour)
{
    const int from = settings.quietFrom;
    const int to = settings.quietTo;
    return from <= to ? hour >= from && hour < to : hour >= from || hour < to;
}

NoticeDecision decideNotices(const std::vector<Trouble> &troubles, const NoticeSettings &settings, domain::WallTime now,
                             int hour, NoticeMemory memory)
{
    NoticeDecision decision;
    QSet<QString> wrong;
    std::vector<Trouble> news;
    for (const Trouble &trouble : troubles) {
        if (!isOn(trouble, settings) || !isDue(trouble, settings, now))
            continue;
        ++decision.badge;
        const QString key = keyOf(trouble);
        wrong.insert(key);
        if (!memory.told.contains(key))
            news.push_back(trouble);
    }
    memory.told.intersect(wrong); // what is over may be told again
    const bool quiet = isQuiet(settings, hour);
    if (!memory.isStarted)
        memory.told = wrong;
    else if (!quiet && !news.empty()) {
        memory.told = wrong;
        if (memory.wasQuiet)
            decision.notices.push_back({Notice::Kind::AfterQuiet, news});
        else
            for (const Trouble::Kind kind : {Trouble::Kind::Rollout, Trouble::Kind::Unhealthy, Trouble::Kind::Lost}) {
                Notice notice{noticeKind(kind), {}};
                std::ranges::copy_if(news, std::back_inserter(notice.troubles),
                                     [kind](const Trouble &trouble) { return trouble.kind == kind; });
                if (!notice.troubles.empty())
                    decision.notices.push_back(std::move(notice));
            }
    }
    memory.isStarted = true;
    memory.wasQuiet = quiet;
    decision.memory = std::move(memory);
    return decision;
}

} // namespace flowgate::ui
