// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QString>

namespace flowgate::ctl {

/// The program's exit codes, part of the command line's contract.
enum class Exit { Done = 0, Failed = 1, Usage = 2, NoControlPlane = 3 };

/// Why there is no result. The text says what to do, without a full stop: it is shown behind "flowgatectl: ".
struct Trouble
{
    Exit exit = Exit::Failed;
    QString code; ///< for scripts: "usage", "no_control_plane", "not_found"…
    QString text;

    friend bool operator==(const Trouble &, const Trouble &) = default;
};

template<typename T>
using Outcome = domain::Result<T, Trouble>;

[[nodiscard]] inline domain::unexpected<Trouble> usageError(const QString &text)
{
    return domain::unexpected(Trouble{Exit::Usage, QStringLiteral("usage"), text});
}

[[nodiscard]] inline domain::unexpected<Trouble> failure(const QString &code, const QString &text)
{
    return domain::unexpected(Trouble{Exit::Failed, code, text});
}

} // namespace flowgate::ctl
