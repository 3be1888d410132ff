// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/time.h"

#include <QString>

#include <optional>

namespace flowgate::domain {

/// What let a gateway in, or turned it away.
enum class AdmittedBy {
    SameUser, ///< the setting, since its connection is one of the user that runs this program, on this computer
    Loopback, ///< the setting, since it came in by a listener on a loopback address; versions before 0.2 said so
    Token,    ///< the setting, since the token that it brought approves
    Setting,  ///< the setting, which approves everybody
    Operator, ///< approved or rejected by a person
};
/// "same_user", "loopback", "token", "setting", "operator".
[[nodiscard]] QString word(AdmittedBy by);
/// As fromWord() in domain/states.
[[nodiscard]] std::optional<AdmittedBy> admittedByFromWord(QStringView text);

/// What an admission rests on.
struct AdmissionGround
{
    AdmittedBy by = AdmittedBy::Operator;
    QString token; ///< name of the token, where that decided it
    WallTime at{};

    friend bool operator==(const AdmissionGround &, const AdmissionGround &) = default;
};

} // namespace flowgate::domain
