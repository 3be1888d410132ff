// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/controlplane.h"
#include "ui/mainwindow.h"
#include "ui/operations/planeoperations.h"
#include "ui/widgets/appearance.h"
#include "ui/workspace.h"

#include <QProcess>
#include <QSettings>
#include <QTemporaryDir>

#include <functional>

namespace flowgate::shots {

/// A control plane with a window and a simulated fleet, in a folder of its own, brought to a state worth looking at.
class Stage
{
public:
    explicit Stage(int gateways);
    ~Stage();

    /// Starts everything and waits until it is as wanted. @return what is missing; empty: nothing
    [[nodiscard]] QString prepare();

    void setLook(bool dark, QSize size);
    void setText(int percent);
    /// How far back the views of the past look.
    void lookBack(domain::milliseconds length);
    /// The fleet so long ago; zero: as it is now.
    void goBack(domain::milliseconds ago);
    /// A page as it is shown.
    void showPage(int page);
    /// Runs the menu entry or button of this text, and gives the dialog that it opens; null if none comes.
    [[nodiscard]] QWidget *openDialog(const QString &text);
    [[nodiscard]] ui::MainWindow &window() { return *m_window; }
    [[nodiscard]] ui::Operations &operations() { return *m_operations; }
    /// Where gateways connect to.
    [[nodiscard]] QString endpoint() const { return m_plane.serving().endpoints.front(); }
    /// The first @p count rows of the fleet; 0: the one that has most to say.
    void chooseGateways(int count);
    /// Writes a bundle of everything. @return its path; empty: it could not
    [[nodiscard]] QString exportBundle();
    /// Groups the fleet by a label; empty: no groups.
    void group(const QString &label);
    /// What the page of settings is searched for; empty: all of them.
    void searchSettings(const QString &words);
    /// The window, with @p dialog on it where there is one.
    [[nodiscard]] QPixmap picture(QWidget *dialog = nullptr);

private:
    [[nodiscard]] QString startFleet();
    [[nodiscard]] QString makeConfigs();
    [[nodiscard]] QString rollOut();
    void chooseTroubled();

    int m_gateways;
    domain::GatewayId m_seeded; ///< who was given an hour of own telemetry
    QTemporaryDir m_folder;
    domain::SystemClock m_clock;
    app::ControlPlane m_plane{m_clock};
    QProcess m_fleet;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<ui::PlaneOperations> m_operations;
    std::unique_ptr<ui::Workspace> m_workspace;
    std::unique_ptr<ui::Appearance> m_appearance;
    std::unique_ptr<ui::MainWindow> m_window;
};

} // namespace flowgate::shots
