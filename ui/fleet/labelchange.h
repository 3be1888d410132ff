// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"

#include <QStringList>

#include <vector>

namespace flowgate::ui {

/// Changes to one gateway's labels: "k=v" sets, "k-" removes.
struct LabelEdit
{
    domain::GatewayId id;
    QString name; ///< for a message
    QStringList changes;
};
using LabelEdits = std::vector<LabelEdit>;

} // namespace flowgate::ui
