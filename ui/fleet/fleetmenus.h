// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/fleet/gatewayactions.h"

class QTableView;

namespace flowgate::models {
class GatewayModel;
}

namespace flowgate::ui {

/// Which columns the table shows, and a column of its own for each label or attribute that gateways have.
void fillColumnMenu(QMenu &menu, QTableView &table, models::GatewayModel &fleet);
/// The chosen rows as text, CSV, JSON and YAML. JSON and YAML hold what `flowgatectl gateways list` prints.
void addCopyMenu(QMenu &menu, QTableView &table, const Gateways &gateways);
/// A filter for each label and attribute of @p gateway; @p use gets it as a selector's term.
void addFilterMenu(QMenu &menu, const domain::Gateway &gateway, const std::function<void(const QString &)> &use);

} // namespace flowgate::ui
