// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tools/shots/stage.h"

namespace flowgate::shots {

/// Gets each picture with the name of what it shows: "config-graph".
using Keep = std::function<void(const QPixmap &, const QString &)>;

/// What the configs page opens beside and above itself, one after another; leaves the page as it was.
void takeConfigViews(Stage &stage, const Keep &keep);

} // namespace flowgate::shots
