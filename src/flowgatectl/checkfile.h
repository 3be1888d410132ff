// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/problem.h"

#include <QJsonObject>

namespace flowgate::ctl {

/// {"items":[{"severity","line","column","path","text"}]}; severity is "error" or "warning".
[[nodiscard]] QJsonObject problemsJson(const collector::Problems &problems);
/// One line a problem, as compilers write them ("base.yaml:12:3: error: …"), and a count.
[[nodiscard]] QString problemsText(const QString &file, const collector::Problems &problems);

} // namespace flowgate::ctl
