// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/changefeed.h"
#include "collector/pipelinegraph.h"
#include "telemetry/series.h"

#include <QDialog>

namespace flowgate::ui {

class PipelineView;
class PlainLabel;
class Workspace;

/// The pipelines that a gateway says it runs, with what goes through each component by its own metrics. Not modal.
class PipelinesWindow final : public QDialog
{
    Q_OBJECT
public:
    PipelinesWindow(Workspace &workspace, const app::GatewayPtr &gateway, QWidget *parent);

    [[nodiscard]] PipelineView &view() { return *m_view; }

private:
    void load();
    void draw();

    Workspace &m_workspace;
    domain::GatewayId m_gateway;
    collector::PipelineGraph m_graph;
    std::vector<telemetry::Series> m_series;
    int m_seconds = 0;
    PlainLabel *m_note = nullptr;
    PipelineView *m_view = nullptr;
};

} // namespace flowgate::ui
