// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/clock.h"
#include "flowgatectl/console.h"

#include <QProcessEnvironment>
#include <QStringList>

namespace flowgate::ctl {

/// The whole program.
/// @param arguments  behind the program's name
/// @return the exit code
/// @thread main
[[nodiscard]] int run(const QStringList &arguments, const QProcessEnvironment &environment, Console &console,
                      const domain::Clock &clock);

} // namespace flowgate::ctl
