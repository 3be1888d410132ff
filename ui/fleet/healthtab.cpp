// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/healthtab.h"

#include "domain/standing.h"
#include "ui/common/relativetime.h"
#include "ui/common/theme.h"
#include "ui/fleet/failurecard.h"
#include "ui/fleet/notcurrentcard.h"
#include "ui/models/gatewayfiltermodel.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/tables.h"
#include "ui/workspace.h"

#include <QTreeView>
#include <QVBoxLayout>

namespace flowgate::ui {

HealthTab::HealthTab(Workspace &workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_notCurrent(new NotCurrentCard(this))
    , m_failure(new FailureCard(this))
    , m_reported(new PlainLabel(this, TextKind::Section))
    , m_tree(makeTree(&m_model, tr("Health of the components"), workspace, this))
    , m_error(new PlainLabel(this, TextKind::Mono))
{
    m_reported->setWordWrap(true);
    m_error->setMaximumHeight(160);
    m_error->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(common::space::page, common::space::page, common::space::page, common::space::page);
    layout->setSpacing(common::space::small);
    layout->addWidget(m_notCurrent);
    layout->addWidget(m_failure);
    layout->addWidget(m_reported);
    layout->addWidget(m_tree, 1);
    layout->addWidget(m_error);

    connect(&workspace, &Workspace::second, this, &HealthTab::refresh);
    connect(m_failure, &FailureCard::openConfigRequested, this, &HealthTab::openConfigRequested);
    connect(m_failure, &FailureCard::putBackRequested, this, [this](const QString &config) {
        if (const auto selector = models::selectorOf({m_gateway}))
            Q_EMIT rollOutRequested(config, *selector);
    });
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &current) {
        const QString error = current.data(models::HealthTreeModel::ErrorRole).toString();
        m_error->setForeign(error);
        m_error->setVisible(!error.isEmpty());
    });
}

void HealthTab::show(const app::GatewayPtr &gateway)
{
    const bool another = !m_gateway || m_gateway->id != gateway->id || m_model.rowCount() == 0;
    m_gateway = gateway;
    m_model.show(gateway->id.bytes(), domain::displayName(*gateway),
                 gateway->healthReport ? &gateway->healthReport->value : nullptr);
    openBranches(another);
    refresh();
    std::optional<domain::WallTime> failedAt;
    if (gateway->lastFailed)
        failedAt = gateway->lastFailed->at;
    else if (gateway->health.state == domain::HealthState::Unhealthy)
        failedAt = gateway->health.since;
    if (!another && failedAt == m_failedAt)
        return;
    m_failedAt = failedAt;
    m_failure->showNear({});
    askNear();
}

/// Why it failed is often not in what it reports, but in what it logs (its Collector's last words).
void HealthTab::askNear()
{
    constexpr int most = 5;
    if (!m_failedAt)
        return;
    app::LogsWish wish{
        m_gateway->id, *m_failedAt - std::chrono::minutes(1), *m_failedAt + std::chrono::minutes(1), 13, {}, most};
    m_workspace.operations().logs(
        this, wish, [this, wish, at = *m_failedAt](const app::Outcome<std::vector<telemetry::LogLine>> &lines) {
            if (lines && m_gateway->id == wish.gateway && m_failedAt == at)
                m_failure->showNear(*lines);
        });
}

/// Opens what fails, once: what a person closed then stays closed.
void HealthTab::openBranches(bool another)
{
    if (another) {
        m_opened = QPersistentModelIndex();
        m_error->hide();
        m_tree->expandToDepth(0);
    }
    const QModelIndex failing = m_model.failing();
    if (failing == m_opened)
        return;
    m_opened = failing;
    for (QModelIndex at = failing.parent(); at.isValid(); at = at.parent())
        m_tree->expand(at);
    if (failing.isValid())
        m_tree->scrollTo(failing);
}

void HealthTab::refresh()
{
    if (!m_gateway)
        return;
    const domain::WallTime now = m_workspace.now();
    m_notCurrent->show(*m_gateway, now);
    m_failure->show(*m_gateway, now);
    if (m_failedAt && now - *m_failedAt < std::chrono::minutes(2) && ++m_ticks % 10 == 0)
        askNear(); // they come a moment later
    if (!m_gateway->healthReport) {
        m_reported->setText(tr("This gateway has not reported the health of its components."));
        return;
    }
    const QString when = common::ago(m_gateway->healthReport->at, now);
    const bool isCurrent = domain::isHealthCurrent(*m_gateway);
    m_reported->setText((m_gateway->healthReport->stale ? tr("Components, as last reported %1; messages were lost since")
                         : isCurrent                    ? tr("Components, as reported %1")
                                                        : tr("Components, as last reported %1"))
                            .arg(when));
    m_reported->setToolTip(common::exactTime(m_gateway->healthReport->at));
}

void HealthTab::goToFailure()
{
    m_failure->goToReason();
}

} // namespace flowgate::ui
