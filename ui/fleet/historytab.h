// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/changefeed.h"
#include "ui/models/timelinemodel.h"

#include <QWidget>

namespace flowgate::ui {

class PastList;
class TimelineView;
class Workspace;

/// What happened to a gateway: a stretch of time drawn, a row for each fact and each part of its collector that was in
/// trouble, and each state and event of it in words.
class HistoryTab final : public QWidget
{
    Q_OBJECT
public:
    explicit HistoryTab(Workspace &workspace, QWidget *parent = nullptr);

    void show(const app::GatewayPtr &gateway);

protected:
    void changeEvent(QEvent *event) override;

private:
    void draw();
    void fitHeight();

    Workspace &m_workspace;
    app::GatewayPtr m_gateway;
    models::TimelineModel m_lanes;
    TimelineView *m_view = nullptr;
    PastList *m_list = nullptr;
};

} // namespace flowgate::ui
