// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "flowgatectl/trouble.h"

#include <QProcessEnvironment>

namespace flowgate::ctl {

/// $XDG_DATA_HOME/flowgate, else $HOME/.local/share/flowgate. A relative XDG_DATA_HOME does not count, as its
/// specification says.
/// @errors exit 2 where neither is set
[[nodiscard]] Outcome<QString> defaultDataFolder(const QProcessEnvironment &environment);

/// A control plane's folder and the socket in it, both absolute.
struct Place
{
    QString folder;
    QString socket;

    friend bool operator==(const Place &, const Place &) = default;
};

/// Longest path of a socket in bytes. The system's own limit is 107; ours leaves room for its lock.
inline constexpr qsizetype longestSocketPath = 100;

/// @param folder  as typed; null takes the default
/// @errors exit 2: the socket's path would be too long
[[nodiscard]] Outcome<Place> controlPlace(const QString &folder, const QProcessEnvironment &environment);

} // namespace flowgate::ctl
