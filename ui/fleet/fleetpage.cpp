// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/fleetpage.h"

#include "ui/common/errortext.h"
#include "ui/common/theme.h"
#include "ui/common/visibletext.h"
#include "ui/fleet/gatewaydetails.h"
#include "ui/widgets/tables.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSplitter>
#include <QTableView>

namespace flowgate::ui {

FleetPage::FleetPage(app::ControlPlane &plane, models::GatewayModel &fleet, QWidget *parent)
    : QWidget(parent)
    , m_plane(plane)
    , m_fleet(fleet)
    , m_shown(fleet)
    , m_filter(new QLineEdit(this))
    , m_count(new QLabel(this))
    , m_rollOut(new QPushButton(this))
    , m_table(makeTable(&m_shown, tr("Gateways"), this))
    , m_details(new GatewayDetails(plane, this))
{
    m_filter->setPlaceholderText(tr("Filter: text, or a selector like env=lab,host.name in (a,b)"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setAccessibleName(tr("Filter the gateways"));
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    for (const int column : {1, 2, 3})
        m_table->setColumnWidth(column, 130);
    m_table->setColumnWidth(0, 180);

    auto *bar = new QHBoxLayout;
    bar->addWidget(m_filter, 1);
    bar->addWidget(m_count);
    bar->addWidget(m_rollOut);
    auto *left = new QWidget(this);
    auto *leftLayout = new QVBoxLayout(left);
    leftLayout->setContentsMargins(common::space::page, common::space::page, 0, 0);
    leftLayout->addLayout(bar);
    leftLayout->addWidget(m_table, 1);
    auto *split = new QSplitter(this);
    split->addWidget(left);
    split->addWidget(m_details);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    split->setSizes({700, 400});
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(split);

    connect(m_filter, &QLineEdit::textChanged, this, &FleetPage::applyFilter);
    connect(m_table, &QTableView::customContextMenuRequested, this, &FleetPage::showMenu);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &FleetPage::showChosen);
    connect(m_rollOut, &QPushButton::clicked, this, [this] {
        const auto gateways = chosen();
        const auto selector = gateways.empty() ? m_shown.asSelector() : models::selectorOf(gateways);
        Q_EMIT rollOutRequested(selector.value_or(QStringLiteral("all")));
    });
    connect(&m_fleet, &QAbstractItemModel::dataChanged, this, [this] {
        showChosen();
        updateCounts();
    });
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&m_shown, signal, this, &FleetPage::updateCounts);
    updateCounts();
}

void FleetPage::applyFilter()
{
    const auto error = m_shown.setFilter(m_filter->text());
    QPalette colours = palette();
    if (error)
        colours.setColor(QPalette::Text, common::themeOf(colours).bad);
    m_filter->setPalette(colours);
    m_filter->setToolTip(error ? common::text(*error) : QString());
    updateCounts();
    if (error)
        m_count->setText(common::text(*error));
}

void FleetPage::updateCounts()
{
    m_count->setText(tr("%1 of %2 shown").arg(m_shown.rowCount()).arg(m_fleet.rowCount()));
    const int count = static_cast<int>(chosen().size());
    const int reach = count > 0 ? count : m_shown.rowCount();
    m_rollOut->setText(tr("Roll out to %n…", "gateways", reach));
    m_rollOut->setEnabled(reach > 0);
    m_rollOut->setToolTip(reach > 0 ? QString()
                                    : tr("No gateway is shown. Point a supervisor at the address in the "
                                         "status bar, and it appears here."));
}

std::vector<app::GatewayPtr> FleetPage::chosen() const
{
    std::vector<app::GatewayPtr> gateways;
    for (const QModelIndex &row : m_table->selectionModel()->selectedRows())
        gateways.push_back(m_shown.gatewayAt(row));
    return gateways;
}

void FleetPage::showChosen()
{
    const auto gateways = chosen();
    m_details->show(gateways.size() == 1 ? gateways.front() : nullptr);
    updateCounts();
}

void FleetPage::showMenu(const QPoint &at)
{
    const auto gateways = chosen();
    if (gateways.size() != 1)
        return;
    const app::GatewayPtr gateway = gateways.front();
    QMenu menu(this);
    menu.addAction(tr("Label…"), this, [this, gateway] { askLabel(gateway); });
    QAction *restart = menu.addAction(tr("Restart the collector…"), this, [this, gateway] { askRestart(gateway); });
    restart->setEnabled(gateway->capabilities.has(domain::Capability::AcceptsRestartCommand));
    menu.addAction(tr("Copy the id"), this,
                   [gateway] { QGuiApplication::clipboard()->setText(domain::uuidText(gateway->id)); });
    menu.addSeparator();
    menu.addAction(tr("Forget…"), this, [this, gateway] { askForget(gateway); });
    menu.exec(m_table->viewport()->mapToGlobal(at));
}

void FleetPage::askLabel(const app::GatewayPtr &gateway)
{
    bool ok = false;
    const QString change = QInputDialog::getText(this, tr("Label"), tr("key=value sets a label, key- removes it:"),
                                                 QLineEdit::Normal, {}, &ok);
    if (!ok || change.isEmpty())
        return;
    m_plane.ask<app::Nothing>(
        this,
        [id = gateway->id, change](app::Desk &desk, app::Done<app::Nothing> done) {
            desk.label(id, change.split(u' ', Qt::SkipEmptyParts), std::move(done));
        },
        [this](const app::Outcome<app::Nothing> &outcome) {
            if (!outcome)
                QMessageBox::warning(this, tr("Label"), common::text(outcome.error()));
        });
}

void FleetPage::askRestart(const app::GatewayPtr &gateway)
{
    const QString name = common::oneLine(domain::displayName(*gateway), 100);
    if (QMessageBox::question(this, tr("Restart"),
                              tr("Restart the collector of %1? It stops taking data for a moment.").arg(name)) !=
        QMessageBox::Yes)
        return;
    m_plane.ask<app::Nothing>(
        this,
        [id = gateway->id](app::Desk &desk, app::Done<app::Nothing> done) {
            desk.restart(id, domain::milliseconds(0), nullptr, std::move(done));
        },
        [this](const app::Outcome<app::Nothing> &outcome) {
            if (!outcome)
                QMessageBox::warning(this, tr("Restart"), common::text(outcome.error()));
        });
}

void FleetPage::askForget(const app::GatewayPtr &gateway)
{
    const QString name = common::oneLine(domain::displayName(*gateway), 100);
    if (QMessageBox::question(this, tr("Forget"),
                              tr("Forget %1 with its labels and history? A supervisor that still runs comes back as a "
                                 "new gateway.")
                                  .arg(name)) != QMessageBox::Yes)
        return;
    m_plane.ask<app::Nothing>(
        this, [id = gateway->id](app::Desk &desk, app::Done<app::Nothing> done) { desk.forget(id, std::move(done)); },
        [](const app::Outcome<app::Nothing> &) {});
}

} // namespace flowgate::ui
