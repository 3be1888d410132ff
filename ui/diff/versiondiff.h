// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/diff/diffwindow.h"

namespace flowgate::ui {

/// Opens two versions of a config beside each other once both are read; says so where one cannot be.
void compareVersions(Workspace &workspace, const QString &config, int before, int after, QWidget *parent);
/// Opens a version beside a text that is not saved.
void compareWithDraft(Workspace &workspace, const QString &config, int before, const domain::ConfigSet &draft,
                      QWidget *parent);

} // namespace flowgate::ui
