// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/moment.h"

namespace flowgate::domain {

namespace {

template<typename State>
void take(std::optional<Standing<State>> &known, const Span &span)
{
    const auto state = fromWord<State>(span.state);
    if (state && (!known || known->since <= span.from))
        known = Standing<State>{*state, span.from, span.detail};
}

template<typename State>
void hide(std::optional<Standing<State>> &known, WallTime lastLook)
{
    if (known && known->state != State::NotObserved)
        known = Standing<State>{State::NotObserved, lastLook, {}};
}

} // namespace

PastStates statesAt(const std::vector<Span> &spans, WallTime at)
{
    PastStates states;
    for (const Span &span : spans) {
        if (span.from > at || (span.to && *span.to <= at))
            continue;
        if (span.kind == SpanKind::Presence)
            take(states.presence, span);
        else if (span.kind == SpanKind::Health)
            take(states.health, span);
        else if (span.kind == SpanKind::Config)
            take(states.config, span);
    }
    return states;
}

PastStates unobserved(PastStates states, WallTime lastLook)
{
    hide(states.presence, lastLook);
    hide(states.health, lastLook);
    return states;
}

} // namespace flowgate::domain
