// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace flowgate::common {

/// What a capability of OpAMP means to an operator: "takes configs from here" for AcceptsRemoteConfig. A name that is
/// not known here is shown as it is. @thread gui
[[nodiscard]] QString capabilityWords(const QString &name);

} // namespace flowgate::common
