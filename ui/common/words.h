// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/decideoffer.h"
#include "domain/rollout.h"
#include "domain/span.h"
#include "domain/token.h"
#include "domain/verdict.h"
#include "ui/common/tone.h"

namespace flowgate::common {

/// The words and tones of states, translated. @thread gui
[[nodiscard]] StateWord stateWord(domain::PresenceState state);
[[nodiscard]] StateWord stateWord(domain::HealthState state);
[[nodiscard]] StateWord stateWord(domain::ConfigState state);
[[nodiscard]] StateWord stateWord(domain::Admission state);
[[nodiscard]] StateWord stateWord(domain::TokenState state);
/// What an admission rests on: "by hand", "by itself: its token edge approves".
[[nodiscard]] QString groundText(const domain::AdmissionGround &ground);
/// What one health report says: "healthy", "unhealthy: queue is full". The gateway's own text in it is as it came.
[[nodiscard]] QString healthText(const domain::ComponentHealth &health);
[[nodiscard]] StateWord stateWord(domain::RolloutState state);
[[nodiscard]] StateWord stateWord(domain::TargetStep step);
[[nodiscard]] StateWord stateWord(domain::Verdict verdict);
/// A span holds the contract's word of one of three enums; an unknown word is shown as it is.
[[nodiscard]] StateWord stateWord(const domain::Span &span);
[[nodiscard]] QString kindWord(domain::SpanKind kind);
/// What it is about: one of the three facts, or the part of the collector by its path.
[[nodiscard]] QString kindWord(const domain::Span &span);
/// "Applied", "Failed"; an unknown number of the wire with its number (S20).
[[nodiscard]] QString applyWord(domain::ApplyStatus status);
[[nodiscard]] QString transportWord(domain::Transport transport);
/// What was seen at a target of a rollout: "applied", "put back"…
[[nodiscard]] QString sightingWord(const QString &what);
/// "config_saved" -> "Config saved". Unknown kinds are made readable, not translated.
[[nodiscard]] QString eventKindWord(const QString &kind);
[[nodiscard]] QString authorWord(const QString &by);

/// "3 values cannot be compared"; empty for none.
[[nodiscard]] QString notComparedText(int count);
/// "base @4"; empty for none.
[[nodiscard]] QString versionText(const QString &config, int version);
[[nodiscard]] QString versionText(const std::optional<domain::ConfigRef> &ref);
/// "1, 50 %, 100 %" for people, "1,50%,100%" in a field.
[[nodiscard]] QString wavesText(const std::vector<domain::WaveSize> &waves);

} // namespace flowgate::common
