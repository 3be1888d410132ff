// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/changefeed.h"
#include "ui/fleet/gatewayactions.h"

#include <QWidget>

class QPushButton;
class QStackedWidget;
class QTabWidget;

namespace flowgate::ui {

class ConfigTab;
class EmptyState;
class HealthTab;
class HistoryTab;
class OverviewTab;
class PlainLabel;
class TelemetryTab;
class Workspace;

/// Everything about one gateway: who it is, how it fares, what it should run and what it runs, what happened.
class GatewayDetails final : public QWidget
{
    Q_OBJECT
public:
    explicit GatewayDetails(Workspace &workspace, QWidget *parent = nullptr);

    /// The chosen gateway, or a newer value of it; null where none or several are chosen.
    void show(const app::GatewayPtr &gateway, int chosenCount);
    /// Puts the focus here: on the reason where something is wrong, else on the tabs.
    void open();
    [[nodiscard]] const app::GatewayPtr &gateway() const { return m_gateway; }
    [[nodiscard]] QSize sizeHint() const override { return {336, 600}; }

Q_SIGNALS:
    void rollOutRequested(const QString &config, const QString &selector);
    void openConfigRequested(const QString &config, int version);
    void labelRequested();
    void admissionRequested(const flowgate::ui::Gateways &gateways, flowgate::domain::Admission admission);
    /// The gateway is that one, which is gone.
    void linkRequested(const flowgate::app::GatewayPtr &gone, const flowgate::app::GatewayPtr &gateway);
    /// A label was chosen as a filter, as a selector's term.
    void filterRequested(const QString &term);

private:
    [[nodiscard]] QWidget *makeHeader();
    void showLabels();
    void showMute();
    void showTab();

    Workspace &m_workspace;
    app::GatewayPtr m_gateway;
    QStackedWidget *m_stack = nullptr;
    EmptyState *m_empty = nullptr;
    QTabWidget *m_tabs = nullptr;
    PlainLabel *m_name = nullptr;
    PlainLabel *m_id = nullptr;
    QPushButton *m_notices = nullptr;
    QWidget *m_labels = nullptr;
    QString m_labelsShown;
    OverviewTab *m_overview = nullptr;
    HealthTab *m_health = nullptr;
    ConfigTab *m_config = nullptr;
    HistoryTab *m_history = nullptr;
    TelemetryTab *m_telemetry = nullptr;
};

} // namespace flowgate::ui
