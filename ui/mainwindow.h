// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/controlplane.h"
#include "ui/models/eventmodel.h"
#include "ui/models/gatewaymodel.h"
#include "ui/models/sortfiltermodel.h"

#include <QMainWindow>

class QLabel;
class QListWidget;
class QStackedWidget;

namespace flowgate::ui {

class ConfigsPage;
class FleetPage;
class RolloutsPage;

/// Navigation, pages and the status bar; what is in them is theirs.
class MainWindow final : public QMainWindow
{
    Q_OBJECT
public:
    explicit MainWindow(app::ControlPlane &plane);

private:
    [[nodiscard]] QWidget *makeEventsPage();
    void addPage(const QString &name, QWidget *page);
    void rollOut(const QString &config, const QString &selector);
    void updateStatus();

    app::ControlPlane &m_plane;
    models::GatewayModel m_fleet;
    models::EventModel m_events;
    models::SortFilterModel m_shownEvents;
    QStringList m_configs;
    QString m_trouble;
    QListWidget *m_navigation = nullptr;
    QStackedWidget *m_pages = nullptr;
    FleetPage *m_fleetPage = nullptr;
    ConfigsPage *m_configsPage = nullptr;
    RolloutsPage *m_rolloutsPage = nullptr;
    QLabel *m_endpoint = nullptr;
    QLabel *m_connected = nullptr;
    QLabel *m_database = nullptr;
};

} // namespace flowgate::ui
