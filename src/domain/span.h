// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"
#include "domain/time.h"

#include <optional>
#include <vector>

namespace flowgate::domain {

/// What has a history: the three facts of a gateway, and each part of its collector while it is in trouble.
enum class SpanKind { Presence, Health, Config, Component };

/// A stretch of time in which one fact of one gateway had one state. Only changes make spans.
struct Span
{
    SpanKind kind = SpanKind::Presence;
    QString state; ///< the contract's word: "connected", "unhealthy", "in_sync"…
    WallTime from{};
    std::optional<WallTime> to; ///< nothing: it lasts
    QString detail;             ///< the reason, where there is one
    QString part = {};          ///< of a Component: its path in the health tree, "pipeline:logs/exporter:otlp"

    friend bool operator==(const Span &, const Span &) = default;
};

/// What a new state means for the open span of its kind.
struct SpanStep
{
    std::optional<Span> closed; ///< the open span with its end
    std::optional<Span> opened; ///< the new open one, from closed->to on
    bool replaced = false;      ///< the open span was too short to keep: `opened` takes its place and its beginning

    friend bool operator==(const SpanStep &, const SpanStep &) = default;
};

/// How long a state must last to be kept: a gateway that starts reports several within a second.
inline constexpr milliseconds shortestSpan{1000};

/// The rule for one change. Equal state and detail: nothing happens. A state that lasted under shortestSpan is
/// replaced, unless it is one that must never be lost (unhealthy, failed, lost, left).
[[nodiscard]] SpanStep advanceSpan(const std::optional<Span> &open, SpanKind kind, const QString &state,
                                   const QString &detail, WallTime at);

[[nodiscard]] QString word(SpanKind kind);

} // namespace flowgate::domain
