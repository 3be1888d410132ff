// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/fleet/gatewayactions.h"
#include "ui/fleet/gatewaywindows.h"
#include "ui/models/gatewayfiltermodel.h"

#include <QMainWindow>
#include <QTimer>

class QLineEdit;
class QMenu;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace flowgate::ui {

class ApprovalBar;
class EmptyState;
class GatewayDetails;
class GroupPanel;
class PartChips;
class PlainLabel;

/// All gateways in a table, with a filter and counts by state; the chosen one's details in a dock on the right.
class FleetPage final : public QMainWindow
{
    Q_OBJECT
public:
    /// @param endpoints  addresses that gateways connect to, for the empty page
    FleetPage(Workspace &workspace, const QStringList &endpoints, QWidget *parent = nullptr);

    void setFilter(const QString &text);
    /// Narrows what is shown by one more term of a selector, such as "env=lab".
    void addFilter(const QString &term);
    /// Addresses that gateways connect to, as the control plane tells them now.
    void setEndpoints(const QStringList &endpoints);
    [[nodiscard]] models::FleetPart part() const { return m_shown.part(); }
    void choosePart(models::FleetPart part);
    [[nodiscard]] GroupPanel &groups() const { return *m_groups; }
    [[nodiscard]] const QStringList &columnKeys() const;
    void setColumnKeys(const QStringList &keys);
    [[nodiscard]] QAction *detailsAction() const;
    /// As saveState() gave it; empty: at the side, in the width that the details are made for.
    void restoreDocks(const QByteArray &state);
    [[nodiscard]] QDockWidget *detailsDock() const { return m_dock; }
    /// Chooses this gateway and shows it, whatever the filter hid.
    void choose(const domain::GatewayId &id);
    void showAll();
    /// Gateways that the filter keeps from being seen.
    [[nodiscard]] int hiddenCount() const;
    /// What can be done with the chosen gateways.
    void fillActions(QMenu &menu);

Q_SIGNALS:
    /// @param config  "base@4", or empty: the operator chooses
    void rollOutRequested(const QString &config, const QString &selector);
    void openConfigRequested(const QString &config, int version);
    void hiddenChanged(int hidden);
    /// Which columns or part of the fleet there is to see.
    void viewChanged();

protected:
    void showEvent(QShowEvent *event) override;

private:
    [[nodiscard]] QWidget *makeBar();
    void applyFilter();
    void updateCounts();
    void updateChosen();
    void goToTable();
    void typeLabels();
    void openDetails();
    void updateEmpty();
    void takeDelta(const app::FleetDelta &delta);
    void showMenu(const QPoint &at);
    [[nodiscard]] Gateways chosen() const;

    Workspace &m_workspace;
    models::GatewayFilterModel m_shown;
    GatewayActions m_actions;
    GatewayWindows m_windows;
    QStringList m_endpoints;
    QTimer m_countSoon;
    QString m_filterTrouble;
    bool m_docksAreSized = false;
    QLineEdit *m_filter = nullptr;
    PlainLabel *m_count = nullptr;
    QPushButton *m_label = nullptr;
    QPushButton *m_rollOut = nullptr;
    PartChips *m_chips = nullptr;
    ApprovalBar *m_approval = nullptr;
    QStackedWidget *m_stack = nullptr;
    QTableView *m_table = nullptr;
    GroupPanel *m_groups = nullptr;
    EmptyState *m_empty = nullptr;
    GatewayDetails *m_details = nullptr;
    QDockWidget *m_dock = nullptr;
};

} // namespace flowgate::ui
