// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/gatewaydetails.h"

#include "ui/common/theme.h"
#include "ui/common/visibletext.h"
#include "ui/fleet/configtab.h"
#include "ui/fleet/healthtab.h"
#include "ui/fleet/historytab.h"
#include "ui/fleet/overviewtab.h"
#include "ui/models/gatewayfacts.h"
#include "ui/notices/mutemenu.h"
#include "ui/notices/mutes.h"
#include "ui/telemetry/telemetrytab.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/look.h"
#include "ui/widgets/menubutton.h"
#include "ui/workspace.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>

namespace flowgate::ui {

GatewayDetails::GatewayDetails(Workspace &workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_stack(new QStackedWidget(this))
    , m_empty(new EmptyState(this))
    , m_tabs(new QTabWidget(this))
    , m_overview(new OverviewTab(workspace, this))
    , m_health(new HealthTab(workspace, this))
    , m_config(new ConfigTab(workspace, this))
    , m_history(new HistoryTab(workspace, this))
    , m_telemetry(new TelemetryTab(workspace, this))
{
    setMinimumWidth(300);
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_overview, tr("Overview"));
    m_tabs->addTab(m_health, tr("Health"));
    m_tabs->addTab(m_config, tr("Config"));
    m_tabs->addTab(m_history, tr("History"));
    m_tabs->addTab(m_telemetry, tr("Telemetry"));
    auto *page = new QWidget(this);
    auto *pageLayout = new QVBoxLayout(page);
    pageLayout->setContentsMargins(0, 0, 0, 0);
    pageLayout->setSpacing(0);
    pageLayout->addWidget(makeHeader());
    pageLayout->addWidget(m_tabs, 1);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(page);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);

    connect(m_tabs, &QTabWidget::currentChanged, this, &GatewayDetails::showTab);
    connect(m_overview, &OverviewTab::filterRequested, this, &GatewayDetails::filterRequested);
    connect(m_overview, &OverviewTab::admissionRequested, this, &GatewayDetails::admissionRequested);
    connect(m_overview, &OverviewTab::linkRequested, this, &GatewayDetails::linkRequested);
    connect(m_health, &HealthTab::rollOutRequested, this, &GatewayDetails::rollOutRequested);
    connect(m_health, &HealthTab::openConfigRequested, this, &GatewayDetails::openConfigRequested);
    connect(m_config, &ConfigTab::openConfigRequested, this, &GatewayDetails::openConfigRequested);
    show(nullptr, 0);
}

QWidget *GatewayDetails::makeHeader()
{
    auto *header = new QWidget(this);
    m_name = new PlainLabel(header, TextKind::Title);
    m_name->makeSelectable();
    m_id = new PlainLabel(header, TextKind::Mono);
    m_id->makeSelectable();
    auto *copy = new QPushButton(lineIcon(QStringLiteral("copy")), {}, header);
    setLook(copy, Look::Flat);
    copy->setToolTip(tr("Copy the id"));
    copy->setAccessibleName(tr("Copy the id"));
    m_notices = makeMenuButton({}, header, [this](QMenu &menu) {
        if (m_gateway)
            fillMuteMenu(menu, m_workspace, {m_gateway->id});
    });
    setLook(m_notices, Look::Flat);
    connect(&m_workspace.mutes(), &Mutes::changed, this, &GatewayDetails::showMute);
    m_labels = new QWidget(header);
    m_labels->setLayout(new QHBoxLayout);
    m_labels->layout()->setContentsMargins(0, 0, 0, 0);
    m_labels->layout()->setSpacing(common::space::tiny);
    auto *nameRow = new QHBoxLayout; // the id fills a row of its own
    nameRow->addWidget(m_name, 1);
    nameRow->addWidget(m_notices, 0, Qt::AlignTop);
    auto *idRow = new QHBoxLayout;
    idRow->addWidget(m_id);
    idRow->addWidget(copy);
    idRow->addStretch(1);
    auto *layout = new QVBoxLayout(header);
    layout->setContentsMargins(common::space::page, common::space::page, common::space::page, common::space::small);
    layout->setSpacing(common::space::tiny);
    layout->addLayout(nameRow);
    layout->addLayout(idRow);
    layout->addWidget(m_labels);
    connect(copy, &QPushButton::clicked, this, [this] {
        if (m_gateway)
            QGuiApplication::clipboard()->setText(domain::uuidText(m_gateway->id));
    });
    return header;
}

void GatewayDetails::showMute()
{
    const QString muted = m_gateway ? muteText(m_workspace, m_gateway->id) : QString();
    const QString name = tr("Notices of this gateway");
    m_notices->setIcon(lineIcon(muted.isEmpty() ? QStringLiteral("bell") : QStringLiteral("bell-off")));
    m_notices->setToolTip(muted.isEmpty() ? name : tr("%1: %2", "a button, what holds").arg(name, muted));
    m_notices->setAccessibleName(m_notices->toolTip());
}

void GatewayDetails::show(const app::GatewayPtr &gateway, int chosenCount)
{
    m_gateway = gateway;
    if (!gateway) {
        if (chosenCount > 1)
            m_empty->show(tr("%1 gateways chosen").arg(chosenCount),
                          tr("Label them, roll out to them, or choose one to see its details."));
        else
            m_empty->show(tr("Details"),
                          tr("Choose a gateway to see who it is, how it fares, what it should run and what it runs."));
        m_stack->setCurrentWidget(m_empty);
        return;
    }
    m_name->setText(common::oneLine(domain::displayName(*gateway), 120));
    m_id->setText(domain::uuidText(gateway->id));
    showLabels();
    showMute();
    m_stack->setCurrentIndex(1);
    showTab();
}

void GatewayDetails::open()
{
    if (!m_gateway)
        return;
    if (!m_gateway->lastFailed && m_gateway->health.state != domain::HealthState::Unhealthy)
        return m_tabs->tabBar()->setFocus(Qt::ShortcutFocusReason);
    m_tabs->setCurrentWidget(m_health);
    m_health->goToFailure();
}

void GatewayDetails::showLabels()
{
    QStringList texts;
    QStringList terms;
    for (auto it = m_gateway->labels.cbegin(); it != m_gateway->labels.cend() && texts.size() < 8; ++it) {
        texts.append(common::menuText(it.key() + u'=' + it.value(), 40));
        terms.append(models::selectorTerm(it.key(), it.value()));
    }
    const QString all = texts.join(u'\n') + QString::number(m_gateway->labels.size());
    if (all == m_labelsShown)
        return;
    m_labelsShown = all;
    while (QLayoutItem *item = m_labels->layout()->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (qsizetype i = 0; i < texts.size(); ++i) {
        auto *chip = new QPushButton(texts.at(i), m_labels);
        setLook(chip, Look::Tag);
        chip->setMinimumWidth(20);
        chip->setEnabled(!terms.at(i).isEmpty());
        chip->setToolTip(chip->isEnabled() ? tr("Show the gateways with this label")
                                           : tr("A selector cannot name this value."));
        connect(chip, &QPushButton::clicked, this, [this, term = terms.at(i)] { Q_EMIT filterRequested(term); });
        m_labels->layout()->addWidget(chip);
    }
    auto *edit = new QPushButton(m_gateway->labels.isEmpty() ? tr("Label…") : QStringLiteral("+"), m_labels);
    setLook(edit, Look::Flat);
    edit->setAccessibleName(tr("Change the labels"));
    edit->setToolTip(m_gateway->labels.size() > texts.size()
                         ? tr("%1 labels in all. Click to change them.").arg(m_gateway->labels.size())
                         : tr("Change the labels"));
    connect(edit, &QPushButton::clicked, this, &GatewayDetails::labelRequested);
    m_labels->layout()->addWidget(edit);
    static_cast<QHBoxLayout *>(m_labels->layout())->addStretch(1);
}

/// Only the tab that is seen is kept up to date; the others are when they are opened.
void GatewayDetails::showTab()
{
    if (!m_gateway)
        return;
    const QWidget *current = m_tabs->currentWidget();
    if (current == m_overview)
        m_overview->show(m_gateway);
    else if (current == m_health)
        m_health->show(m_gateway);
    else if (current == m_config)
        m_config->show(m_gateway);
    else if (current == m_history)
        m_history->show(m_gateway);
    else if (current == m_telemetry)
        m_telemetry->show(m_gateway);
}

} // namespace flowgate::ui
