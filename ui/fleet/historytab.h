// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/changefeed.h"
#include "ui/models/historymodel.h"

#include <QTimer>
#include <QWidget>

class QComboBox;

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

private:
    [[nodiscard]] domain::milliseconds range() const;
    void load();
    void list();

    Workspace &m_workspace;
    app::GatewayPtr m_gateway;
    models::HistoryModel m_rows;
    std::vector<domain::Span> m_spans;
    QTimer m_loadSoon;
    QComboBox *m_range = nullptr;
    QComboBox *m_part = nullptr;
    TimelineStrip *m_strip = nullptr;
    PlainLabel *m_trouble = nullptr;
};

} // namespace flowgate::ui
