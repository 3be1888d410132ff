// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/changefeed.h"
#include "domain/timeline.h"
#include "ui/models/historymodel.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QTableView;

namespace flowgate::ui {

class PlainLabel;
class Workspace;

/// What happened to one gateway in the stretch of time that is looked at, in words: each state and event as a row.
class PastList final : public QWidget
{
    Q_OBJECT
public:
    explicit PastList(Workspace &workspace, QWidget *parent = nullptr);

    /// Null: none.
    void show(const app::GatewayPtr &gateway);
    /// What is listed.
    [[nodiscard]] const domain::Timeline &timeline() const { return m_timeline; }
    /// The choice of what to list, to be placed by whoever shows this.
    [[nodiscard]] QComboBox *choice() const { return m_part; }
    void setTableName(const QString &objectName);

Q_SIGNALS:
    void loaded();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void load();
    void list();

    Workspace &m_workspace;
    app::GatewayPtr m_gateway;
    domain::Timeline m_timeline;
    models::HistoryModel m_rows;
    QTimer m_loadSoon;
    QComboBox *m_part = nullptr;
    QTableView *m_table = nullptr;
    PlainLabel *m_note = nullptr;
};

} // namespace flowgate::ui
