// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>

class QSettings;
class QStackedWidget;

namespace flowgate::ui {

class Appearance;
class ConfigsPage;
class EventsPage;
class FleetPage;
class Navigation;
class RolloutsPage;
class StatusLine;
class Workspace;

/// Navigation, pages, menu and status bar; what is in them is theirs. Remembers its layout.
class MainWindow final : public QMainWindow
{
    Q_OBJECT
public:
    /// @param settings   where the layout is kept; outlives the window
    MainWindow(Workspace &workspace, const QStringList &endpoints, QSettings &settings, Appearance &appearance);

    void setStoreTrouble(const QString &trouble);
    void comeToFront();

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    enum Page { Fleet, Configs, Rollouts, Events };

    void addPage(const QString &icon, const QString &name, QWidget *page);
    void makeMenus(Appearance &appearance);
    void rollOut(const QString &config, const QString &selector);
    void updateCounts();
    void restoreLayout();
    void saveLayout();

    Workspace &m_workspace;
    QSettings &m_settings;
    bool m_closing = false; ///< the operator agreed to lose drafts
    Navigation *m_navigation = nullptr;
    QStackedWidget *m_pages = nullptr;
    FleetPage *m_fleet = nullptr;
    ConfigsPage *m_configs = nullptr;
    RolloutsPage *m_rollouts = nullptr;
    EventsPage *m_events = nullptr;
    StatusLine *m_status = nullptr;
};

} // namespace flowgate::ui
