// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QAbstractItemView;

namespace flowgate::ui {

class Workspace;

/// Keeps the view as close, its columns as wide and its moments as exact as the operator wants them, now and whenever
/// that changes. Ages are drawn anew each second. Call once the view has its delegate.
void followLook(QAbstractItemView *view, Workspace &workspace);

} // namespace flowgate::ui
