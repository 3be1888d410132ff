// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/gateway.h"
#include "store/sql.h"

#include <vector>

namespace flowgate::store {

/// The columns of one row of `gateways`, in the order of the statements in gatewaytable.cpp.
[[nodiscard]] QVariantList gatewayValues(const domain::Gateway &gateway);

/// The gateway of a row, without what other tables hold. What cannot be read is left at "not reported" and noted in
/// @p damaged.
[[nodiscard]] domain::Gateway gatewayOf(const Row &row, std::vector<Damage> &damaged);

} // namespace flowgate::store
