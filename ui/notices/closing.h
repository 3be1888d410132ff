// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace flowgate::ui {

class MainWindow;
class Preferences;
class Tray;

/// What closing the window means: where the desktop has a tray, the program may go on serving without a window. Asked
/// once. Where there is none, the window closes as if this did not exist.
class Closing final : public QObject
{
    Q_OBJECT
public:
    /// All of them outlive this.
    Closing(MainWindow &window, Preferences &preferences, Tray &tray, QObject *parent = nullptr);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    /// @return whether the window stays, or hides
    bool close();
    void question();
    void keepServing();

    MainWindow &m_window;
    Preferences &m_preferences;
    Tray &m_tray;
    bool m_isHidden = false; ///< in the tray
};

} // namespace flowgate::ui
