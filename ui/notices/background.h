// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/notices/closing.h"
#include "ui/notices/notices.h"

namespace flowgate::ui {

/// The program beside its window: notices, the tray, and going on without the window.
class Background final : public QObject
{
    Q_OBJECT
public:
    /// All of them outlive this.
    Background(Workspace &workspace, Tray &tray, MainWindow &window, QObject *parent = nullptr);

    [[nodiscard]] Notices &notices() { return m_notices; }

private:
    Notices m_notices;
    Closing m_closing;
};

} // namespace flowgate::ui
