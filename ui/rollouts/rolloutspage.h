// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/sortfiltermodel.h"
#include "ui/operations/operations.h"

#include <QWidget>

class QStackedWidget;
class QTableView;

namespace flowgate::ui {

class EmptyState;
class RolloutView;
class Workspace;

/// All rollouts on the left, the chosen one live on the right.
class RolloutsPage final : public QWidget
{
    Q_OBJECT
public:
    explicit RolloutsPage(Workspace &workspace, QWidget *parent = nullptr);

    /// Shows this one as soon as it is known.
    void choose(const QString &id);

Q_SIGNALS:
    void rollOutRequested();
    void gatewayRequested(const flowgate::domain::GatewayId &id);

private:
    void showChosen();
    void updateEmpty();

    Workspace &m_workspace;
    QString m_chosen; ///< id; empty: none yet
    QTableView *m_list = nullptr;
    QStackedWidget *m_stack = nullptr;
    EmptyState *m_empty = nullptr;
    RolloutView *m_view = nullptr;
};

} // namespace flowgate::ui
