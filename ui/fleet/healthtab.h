// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/changefeed.h"
#include "ui/models/healthtreemodel.h"

#include <QPersistentModelIndex>
#include <QWidget>

class QTreeView;

namespace flowgate::ui {

class FailureCard;
class NotCurrentCard;
class PlainLabel;
class Workspace;

/// How a gateway fares: what went wrong, and the tree of its components, opened where it fails.
class HealthTab final : public QWidget
{
    Q_OBJECT
public:
    explicit HealthTab(Workspace &workspace, QWidget *parent = nullptr);

    void show(const app::GatewayPtr &gateway);
    void goToFailure();

Q_SIGNALS:
    void rollOutRequested(const QString &config, const QString &selector);
    void openConfigRequested(const QString &config, int version);

private:
    void refresh();
    void askNear();
    void openBranches(bool another);

    Workspace &m_workspace;
    app::GatewayPtr m_gateway;
    models::HealthTreeModel m_model;
    QPersistentModelIndex m_opened;             ///< the failing component that the tree was opened at
    std::optional<domain::WallTime> m_failedAt; ///< around when own log lines are shown
    int m_ticks = 0;
    NotCurrentCard *m_notCurrent = nullptr;
    FailureCard *m_failure = nullptr;
    PlainLabel *m_reported = nullptr;
    QTreeView *m_tree = nullptr;
    PlainLabel *m_error = nullptr;
};

} // namespace flowgate::ui
