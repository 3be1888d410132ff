// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/gateway.h"
#include "domain/rollout.h"
#include "domain/span.h"
#include "domain/words.h"
#include "store/telemetrytable.h"

/// Words for the enums that have none in the command line's contract. They are in files: never change one.
namespace flowgate::store::words {

inline constexpr domain::Words<domain::Transport, 2> transport{{{
    {domain::Transport::WebSocket, u"ws"},
    {domain::Transport::Http, u"http"},
}}};

inline constexpr domain::Words<domain::OfferOutcome::State, 5> outcome{{{
    {domain::OfferOutcome::State::Sent, u"sent"},
    {domain::OfferOutcome::State::Applying, u"applying"},
    {domain::OfferOutcome::State::Applied, u"applied"},
    {domain::OfferOutcome::State::Failed, u"failed"},
    {domain::OfferOutcome::State::Unanswered, u"unanswered"},
}}};

inline constexpr domain::Words<domain::BackStep, 5> backStep{{{
    {domain::BackStep::None, u"none"},
    {domain::BackStep::Asked, u"asked"},
    {domain::BackStep::Sent, u"sent"},
    {domain::BackStep::Done, u"done"},
    {domain::BackStep::NotProven, u"not_proven"},
}}};

inline constexpr domain::Words<domain::SpanKind, 4> spanKind{{{
    {domain::SpanKind::Presence, u"presence"},
    {domain::SpanKind::Health, u"health"},
    {domain::SpanKind::Config, u"config"},
    {domain::SpanKind::Component, u"component"},
}}};

inline constexpr domain::Words<TelemetryKind, 3> telemetryKind{{{
    {TelemetryKind::Metrics, u"metrics"},
    {TelemetryKind::Steps, u"metrics_5m"},
    {TelemetryKind::Logs, u"logs"},
}}};

} // namespace flowgate::store::words
