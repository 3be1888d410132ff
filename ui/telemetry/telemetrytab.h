// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/changefeed.h"
#include "domain/timeline.h"
#include "ui/telemetry/chartview.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QLineEdit;
class QScrollArea;
class QSplitter;
class QStackedWidget;
class QVBoxLayout;

namespace flowgate::app {
struct TelemetryGap;
}

namespace flowgate::ui {

class EmptyState;
class LogPane;
class PlainLabel;
class Workspace;

/// What a gateway says of itself: the charts that matter first, any other metric by its name, and its own log lines.
class TelemetryTab final : public QWidget
{
    Q_OBJECT
public:
    explicit TelemetryTab(Workspace &workspace, QWidget *parent = nullptr);

    void show(const app::GatewayPtr &gateway);

protected:
    void showEvent(QShowEvent *event) override;

private:
    [[nodiscard]] QWidget *makeBar();
    void tick();
    void load();
    void draw();
    void showEmpty();
    void showGap(const app::TelemetryGap &gap);
    void chooseMetric();
    [[nodiscard]] std::vector<ChartMark> marks() const;

    Workspace &m_workspace;
    app::GatewayPtr m_gateway;
    std::vector<telemetry::Series> m_series;
    std::vector<domain::DrawnSpan> m_spans; ///< of its config
    QString m_metric;                       ///< chosen by its name; empty: none
    int m_seconds = 0;
    QTimer m_loadSoon;
    bool m_isLoaded = false;
    QComboBox *m_names = nullptr;
    PlainLabel *m_uptime = nullptr;
    QStackedWidget *m_stack = nullptr;
    EmptyState *m_empty = nullptr;
    QSplitter *m_parts = nullptr;
    QVBoxLayout *m_charts = nullptr;
    std::vector<ChartView *> m_views;
    LogPane *m_logs = nullptr;
};

} // namespace flowgate::ui
