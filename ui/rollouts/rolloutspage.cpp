// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rollouts/rolloutspage.h"

#include "ui/rollouts/rolloutview.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/tables.h"
#include "ui/workspace.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>

namespace flowgate::ui {

using models::RolloutColumn;

RolloutsPage::RolloutsPage(Workspace &workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_list(makeTable(&workspace.rollouts(), tr("Rollouts"), workspace, this))
    , m_stack(new QStackedWidget(this))
    , m_empty(new EmptyState(this))
    , m_view(new RolloutView(workspace, this))
{
    m_list->horizontalHeader()->setObjectName(QStringLiteral("rolloutsHeader"));
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    setWidths(m_list, {80, 90, 160, 120, 80});
    for (const auto column : {RolloutColumn::Progress, RolloutColumn::By})
        m_list->setColumnHidden(static_cast<int>(column), true);
    offerColumns(m_list);
    m_list->setMinimumWidth(240);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_view);
    auto *split = new QSplitter(this);
    split->setObjectName(QStringLiteral("rolloutsSplit"));
    split->addWidget(m_list);
    split->addWidget(m_stack);
    split->setStretchFactor(1, 1);
    split->setSizes({412, 700});
    split->setChildrenCollapsible(false);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(split);

    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &at) {
        if (!at.isValid())
            return;
        m_chosen = at.data(models::IdRole).toString();
        showChosen();
    });
    connect(&workspace, &Workspace::rolloutApplied, this, [this](const models::RolloutPtr &rollout) {
        if (m_chosen.isEmpty())
            choose(rollout->id);
        else if (rollout->id == m_chosen)
            showChosen();
    });
    connect(&workspace.rollouts(), &QAbstractItemModel::rowsInserted, this, [this] {
        if (m_chosen.isEmpty())
            choose(m_workspace.rollouts().rows().front()->id);
    });
    connect(m_empty, &EmptyState::activated, this, &RolloutsPage::rollOutRequested);
    connect(m_view, &RolloutView::gatewayRequested, this, &RolloutsPage::gatewayRequested);
    updateEmpty();
}

void RolloutsPage::choose(const QString &id)
{
    m_chosen = id;
    // Where this moves the current row, that shows it.
    const QModelIndex at = m_workspace.rollouts().indexOf(id);
    if (at.isValid() && at.row() != m_list->currentIndex().row())
        return m_list->setCurrentIndex(at);
    showChosen();
}

void RolloutsPage::showChosen()
{
    const models::RolloutPtr rollout = m_workspace.rollouts().find(m_chosen);
    if (!rollout)
        return; // just started: it comes with the next change
    if (m_list->currentIndex().data(models::IdRole).toString() != m_chosen)
        m_list->setCurrentIndex(m_workspace.rollouts().indexOf(m_chosen));
    m_view->show(rollout);
    m_stack->setCurrentWidget(m_view);
    if (!rollout->targets.empty())
        return;
    // Those of earlier runs come without targets.
    m_workspace.operations().rollout(this, m_chosen, [this, id = m_chosen](const app::Outcome<domain::Rollout> &whole) {
        if (whole && id == m_chosen && !whole->targets.empty())
            m_workspace.applyRollout(std::make_shared<const domain::Rollout>(*whole));
    });
}

void RolloutsPage::updateEmpty()
{
    m_empty->show(
        tr("No rollout yet"),
        tr("A rollout brings one version of a config to the gateways of a selector, in waves, and proves each "
           "one before the next. Nothing reaches a gateway in any other way."),
        tr("Roll out…"));
}

} // namespace flowgate::ui
