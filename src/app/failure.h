// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QString>

#include <functional>

namespace flowgate::app {

/// Why an operation was not done. Codes are part of the command line's contract.
enum class FailureCode {
    BadArgument,
    UnknownVerb,
    GatewayNotFound,
    Ambiguous,
    NotConnected,
    NotCapable,
    NotReported,
    RestartNotSeen,
    ConfigNotFound,
    VersionNotFound,
    BadName,
    BadConfig,
    EmptyConfig,
    TooLarge,
    BadSelector,
    NoMatch,
    NothingOnline,
    RolloutNotFound,
    SettingNotFound,
    TokenNotFound,
    WrongState,
    RolloutFailed,
    StoreFailed,
    BadBundle,
    FileFailed,
    Conflict,
};

/// A failure with what it is about: an id, a name, a reason. Words for people are made from both at the edge.
struct Failure
{
    FailureCode code = FailureCode::BadArgument;
    QString about;

    friend bool operator==(const Failure &, const Failure &) = default;
};

/// "not_found", "ambiguous", "no_match"…
[[nodiscard]] QString word(FailureCode code);
/// One English sentence that says what to do, for the command line.
[[nodiscard]] QString sentence(const Failure &failure);

template<typename T>
using Outcome = domain::Result<T, Failure>;

/// Takes the outcome of an operation, once, on the io thread.
template<typename T>
using Done = std::function<void(Outcome<T>)>;

/// An operation without a value.
struct Nothing
{
    friend bool operator==(const Nothing &, const Nothing &) = default;
};

[[nodiscard]] inline domain::unexpected<Failure> failed(FailureCode code, const QString &about = {})
{
    return domain::unexpected(Failure{code, about});
}

} // namespace flowgate::app
