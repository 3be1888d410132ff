// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/controlplane.h"
#include "ui/models/healthtreemodel.h"
#include "ui/models/spanmodel.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QTreeView;

namespace flowgate::ui {

/// Everything about one gateway: who it is, how it fares, what it should run and runs, what happened.
class GatewayDetails final : public QWidget
{
    Q_OBJECT
public:
    explicit GatewayDetails(app::ControlPlane &plane, QWidget *parent = nullptr);

    /// Null: nothing is chosen.
    void show(const app::GatewayPtr &gateway);
    [[nodiscard]] const app::GatewayPtr &gateway() const { return m_gateway; }

private:
    void showOverview();
    void showConfig();
    void loadTexts();
    void loadHistory();

    app::ControlPlane &m_plane;
    app::GatewayPtr m_gateway;
    models::HealthTreeModel m_health;
    models::SpanModel m_spans;
    QLabel *m_title = nullptr;
    QLabel *m_failure = nullptr;
    QLabel *m_overview = nullptr;
    QTreeView *m_tree = nullptr;
    QLabel *m_configState = nullptr;
    QPlainTextEdit *m_wanted = nullptr;
    QPlainTextEdit *m_effective = nullptr;
    domain::ConfigHash m_wantedShown;
    domain::ConfigHash m_effectiveShown;
};

} // namespace flowgate::ui
