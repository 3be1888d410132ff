// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/span.h"

namespace flowgate::domain {

namespace {

bool mustBeKept(const Span &span)
{
    return span.state == u"unhealthy" || span.state == u"failed" || span.state == u"lost" || span.state == u"left";
}

} // namespace

SpanStep advanceSpan(const std::optional<Span> &open, SpanKind kind, const QString &state, const QString &detail,
                     WallTime at)
{
    if (open && open->state == state && open->detail == detail)
        return {};
    Span next{kind, state, at, {}, detail, {}};
    if (!open)
        return {{}, next, false};
    const milliseconds lasted = at - open->from;
    // The wall clock may have stepped back: a span never ends before it begins. How long it lasted is not known then,
    // so it is kept.
    at = std::max(at, open->from);
    next.from = at;
    if (std::chrono::abs(lasted) < shortestSpan && !mustBeKept(*open)) {
        next.from = open->from;
        return {{}, next, true};
    }
    Span closed = *open;
    closed.to = at;
    return {closed, next, false};
}

QString word(SpanKind kind)
{
    switch (kind) {
    case SpanKind::Presence:
        return QStringLiteral("presence");
    case SpanKind::Health:
        return QStringLiteral("health");
    case SpanKind::Config:
        return QStringLiteral("config");
    case SpanKind::Component:
        return QStringLiteral("component");
    }
    return {};
}

} // namespace flowgate::domain
