// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/commandmodel.h"
#include "ui/models/gatewayfiltermodel.h"
#include "ui/navigation/layoutkeeper.h"
#include "ui/navigation/navigation.h"

#include <QMainWindow>

class QStackedWidget;

namespace flowgate::ui {

class ConfigsPage;
class EventsPage;
class FleetPage;
class FleetPlace;
class RolloutsPage;
class SettingsPage;
class StatusLine;
class TimelinesPage;
class Workspace;

/// Navigation, pages, menu, palette and status bar; what is in the pages is theirs. Remembers its layout.
class MainWindow final : public QMainWindow
{
    Q_OBJECT
public:
    /// @param settings   where the layout is kept, in the folder where drafts are kept; outlive the window
    MainWindow(Workspace &workspace, const QStringList &endpoints, QSettings &settings);

    void setStoreTrouble(const QString &trouble);
    void comeToFront();
    void find();
    void openGateway(const domain::GatewayId &id);
    /// @param id  empty: whichever is chosen
    void openRollout(const QString &id);
    /// The fleet, and of it this part alone.
    void openPart(models::FleetPart part);
    /// Closes the window for good; drafts that cannot be kept are asked about before.
    void quit();
    [[nodiscard]] bool isQuitting() const { return m_quitting; }

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    enum Page { Fleet, Configs, Rollouts, Events, Timelines, Settings };

    void addPage(const QString &icon, const QString &name, QWidget *page, Navigation::Place place);
    void connectPages();
    void makeMenus();
    void fillViewMenu(QMenu &view);
    void growText(int percent);
    void goToFleet();
    void rollOut(const QString &config, const QString &selector);
    void updateCounts();
    void rememberLayout();

    Workspace &m_workspace;
    QStringList m_icons;    ///< of the pages: what they are called in the layout
    bool m_closing = false; ///< the operator agreed to lose drafts
    bool m_quitting = false;
    Navigation *m_navigation = nullptr;
    QStackedWidget *m_pages = nullptr;
    FleetPage *m_fleet = nullptr;
    FleetPlace *m_place = nullptr;
    ConfigsPage *m_configs = nullptr;
    RolloutsPage *m_rollouts = nullptr;
    EventsPage *m_events = nullptr;
    TimelinesPage *m_timelines = nullptr;
    SettingsPage *m_settings = nullptr;
    StatusLine *m_status = nullptr;
    LayoutKeeper m_layout;
};

} // namespace flowgate::ui
