// SPDX-License-Identifier: GPL-3.0-or-later
// The past of gateways, as much of it as a window shows.
#include "app/desk/desk.h"

namespace flowgate::app {

using domain::GatewayId;
using domain::Timeline;

namespace {

constexpr domain::milliseconds changeApart = std::chrono::minutes(1); // steps of a person who looks for changes
constexpr size_t atOnce = 100; // gateways that the database is asked for in one go: others want to write meanwhile

store::Outcome<Timeline> timelineOf(store::Database &database, const GatewayId &id, const TimelineWish &wish)
{
    const domain::TimelineWindow &window = wish.window;
    Timeline timeline;
    timeline.gateway = id;
    const bool isFleet = id == GatewayId();
    if (!isFleet) {
        auto spans = database.spans.drawn(id, window);
        if (!spans)
            return domain::unexpected(spans.error());
        timeline.spans = std::move(*spans);
    }
    auto marks = database.events.marks(
        {isFleet ? std::nullopt : std::optional(id), window.from, window.to, wish.everyEvent, wish.mostMarks});
    if (!marks)
        return domain::unexpected(marks.error());
    timeline.marks = std::move(*marks);
    return timeline;
}

store::Outcome<domain::FleetMoment> momentOf(store::Database &database, domain::WallTime at)
{
    const auto look = database.observer.lastLook(at);
    if (!look)
        return domain::unexpected(look.error());
    auto spans = database.spans.at(at);
    if (!spans)
        return domain::unexpected(spans.error());
    const auto changes = database.spans.changesAround(at - changeApart, at);
    if (!changes)
        return domain::unexpected(changes.error());
    domain::FleetMoment moment;
    moment.at = at;
    moment.observed = *look == at;
    moment.changeBefore = changes->before;
    moment.changeAfter = changes->after;
    for (auto entry = spans->spans.cbegin(); entry != spans->spans.cend(); ++entry) {
        domain::PastStates states = domain::statesAt(entry.value(), at);
        if (!moment.observed)
            states = domain::unobserved(states, look->value_or(domain::WallTime{}));
        if (states.areKnown())
            moment.gateways.insert(entry.key(), states);
    }
    return moment;
}

} // namespace

void Desk::fleetAt(domain::WallTime at, Done<domain::FleetMoment> done)
{
    ask<domain::FleetMoment>([at](store::Database &database) { return momentOf(database, at); }, std::move(done));
}

void Desk::timelines(const TimelineWish &wish, Done<std::vector<Timeline>> done)
{
    timelinesFrom(wish, {}, std::move(done));
}

void Desk::timelinesFrom(const TimelineWish &wish, std::vector<Timeline> known, Done<std::vector<Timeline>> done)
{
    if (known.size() >= wish.gateways.size())
        return done(std::move(known));
    const auto first = wish.gateways.begin() + static_cast<std::ptrdiff_t>(known.size());
    const auto end = first + static_cast<std::ptrdiff_t>(std::min(atOnce, wish.gateways.size() - known.size()));
    ask<std::vector<Timeline>>(
        [part = TimelineWish{{first, end}, wish.window, wish.everyEvent, wish.mostMarks}](
            store::Database &database) -> store::Outcome<std::vector<Timeline>> {
            std::vector<Timeline> some;
            for (const GatewayId &id : part.gateways) {
                auto timeline = timelineOf(database, id, part);
                if (!timeline)
                    return domain::unexpected(timeline.error());
                some.push_back(std::move(*timeline));
            }
            return some;
        },
        [this, wish, known = std::move(known),
         done = std::move(done)](const Outcome<std::vector<Timeline>> &some) mutable {
            if (!some)
                return done(some);
            known.insert(known.end(), some->begin(), some->end());
            timelinesFrom(wish, std::move(known), std::move(done));
        });
}

} // namespace flowgate::app
