// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace flowgate::domain {

/// Whether this gateway may get anything.
enum class Admission { Pending, Approved, Rejected };

/// Whether it is there. NotObserved: this control plane was not running or slept, or closed the connection itself.
/// Lost: the connection ended, and neither a goodbye nor we ended it.
enum class PresenceState { Connected, Silent, Lost, Left, NotObserved };

/// How it fares. NotRunning: a supervisor says healthy, yet no collector runs (start time 0).
enum class HealthState { Healthy, Unhealthy, Starting, Stopping, NotRunning, NotReported, NotObserved };

/// What became of the config it should run. Applied: APPLIED was seen, the effective config not yet.
enum class ConfigState {
    Unmanaged,
    InSync,
    Waiting,
    Offered,
    Applying,
    Applied,
    Failed,
    Unanswered,
    Drifted,
    NotAccepted,
    NotApproved,
};

/// The words of the command line's contract: "connected", "not_running", "in_sync"…
[[nodiscard]] QString word(Admission value);
[[nodiscard]] QString word(PresenceState value);
[[nodiscard]] QString word(HealthState value);
[[nodiscard]] QString word(ConfigState value);

/// The value that a word names, e.g. fromWord<PresenceState>(u"lost"); nothing for any other text.
template<typename State>
[[nodiscard]] std::optional<State> fromWord(QStringView text);

} // namespace flowgate::domain
