// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/gateway.h"
#include "ui/diff/diffwindow.h"

namespace flowgate::ui {

/// Opens two versions of a config beside each other once both are read; says so where one cannot be.
void compareVersions(Workspace &workspace, const QString &config, int before, int after, QWidget *parent);
/// Opens what a gateway is to run now, else what it says it runs, beside a version of any config; says so where there
/// is neither.
void compareWithGateway(Workspace &workspace, const domain::Gateway &gateway, const QString &config, int version,
                        QWidget *parent);
/// Opens a version beside a text that is not saved.
void compareWithDraft(Workspace &workspace, const QString &config, int before, const domain::ConfigSet &draft,
                      QWidget *parent);

} // namespace flowgate::ui
