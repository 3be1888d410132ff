// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/changefeed.h"
#include "ui/models/historymodel.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QTableView;

namespace flowgate::ui {

class PlainLabel;
class TimelineStrip;
class Workspace;

/// What happened to a gateway: the last hours as a strip, and each state and event of them as a row.
class HistoryTab final : public QWidget
{
    Q_OBJECT
public:
    explicit HistoryTab(Workspace &workspace, QWidget *parent = nullptr);

    void show(const app::GatewayPtr &gateway);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] domain::milliseconds range() const;
    void load();
    void list();
    void add(const domain::Event &event);

    Workspace &m_workspace;
    app::GatewayPtr m_gateway;
    models::HistoryModel m_rows;
    std::vector<domain::Span> m_spans;
    std::vector<domain::Event> m_events;
    QTimer m_loadSoon;
    QComboBox *m_range = nullptr;
    QComboBox *m_part = nullptr;
    QTableView *m_table = nullptr;
    TimelineStrip *m_strip = nullptr;
    PlainLabel *m_trouble = nullptr;
};

} // namespace flowgate::ui
