// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow.h"

#include "ui/common/theme.h"
#include "ui/configs/configspage.h"
#include "ui/fleet/fleetpage.h"
#include "ui/rollouts/rolloutdialog.h"
#include "ui/rollouts/rolloutspage.h"
#include "ui/widgets/tables.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTableView>

namespace flowgate::ui {

MainWindow::MainWindow(app::ControlPlane &plane)
    : m_plane(plane)
    , m_events([this](const domain::GatewayId &id) { return m_fleet.nameOf(id); })
    , m_navigation(new QListWidget(this))
    , m_pages(new QStackedWidget(this))
    , m_fleetPage(new FleetPage(plane, m_fleet, this))
    , m_configsPage(new ConfigsPage(plane, this))
    , m_rolloutsPage(new RolloutsPage(
          plane, [this](const domain::GatewayId &id) { return m_fleet.nameOf(id); }, this))
    , m_endpoint(new QLabel(this))
    , m_connected(new QLabel(this))
    , m_database(new QLabel(this))
{
    setWindowTitle(tr("Flowgate"));
    resize(1240, 740);
    m_navigation->setFixedWidth(150);
    m_navigation->setFrameShape(QFrame::NoFrame);
    QPalette navigationColours = palette();
    navigationColours.setColor(QPalette::Base, common::themeOf(palette()).panel);
    m_navigation->setPalette(navigationColours);
    m_navigation->setAccessibleName(tr("Pages"));
    addPage(tr("Fleet"), m_fleetPage);
    addPage(tr("Configs"), m_configsPage);
    addPage(tr("Rollouts"), m_rolloutsPage);
    addPage(tr("Events"), makeEventsPage());
    auto *centre = new QWidget(this);
    auto *layout = new QHBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_navigation);
    layout->addWidget(m_pages, 1);
    setCentralWidget(centre);
    for (QLabel *label : {m_endpoint, m_connected, m_database})
        statusBar()->addWidget(label);
    m_endpoint->setTextInteractionFlags(Qt::TextSelectableByMouse);

    connect(m_navigation, &QListWidget::currentRowChanged, m_pages, &QStackedWidget::setCurrentIndex);
    m_navigation->setCurrentRow(0);
    connect(&plane, &app::ControlPlane::fleetChanged, this, [this](const app::FleetDelta &delta) {
        m_fleet.apply(delta);
        updateStatus();
    });
    connect(&plane, &app::ControlPlane::configsChanged, this, [this](const std::vector<app::ConfigSummary> &configs) {
        m_configs.clear();
        for (const app::ConfigSummary &config : configs)
            m_configs.append(config.name);
        m_configsPage->setConfigs(configs);
    });
    connect(&plane, &app::ControlPlane::rolloutChanged, m_rolloutsPage, &RolloutsPage::apply);
    connect(&plane, &app::ControlPlane::eventAdded, this, [this](const domain::Event &event) { m_events.add(event); });
    connect(&plane, &app::ControlPlane::storeTroubleChanged, this, [this](const QString &trouble) {
        m_trouble = trouble;
        updateStatus();
    });
    connect(&plane, &app::ControlPlane::raiseRequested, this, [this] {
        showNormal();
        raise();
        activateWindow();
    });
    connect(m_fleetPage, &FleetPage::rollOutRequested, this,
            [this](const QString &selector) { rollOut({}, selector); });
    connect(m_configsPage, &ConfigsPage::rollOutRequested, this,
            [this](const QString &config) { rollOut(config, QStringLiteral("all")); });
    updateStatus();
}

void MainWindow::addPage(const QString &name, QWidget *page)
{
    auto *item = new QListWidgetItem(name, m_navigation);
    item->setSizeHint(QSize(0, common::space::row + common::space::tiny));
    m_pages->addWidget(page);
}

QWidget *MainWindow::makeEventsPage()
{
    auto *page = new QWidget(this);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(common::space::page, common::space::page, common::space::page, 0);
    auto *filter = new QLineEdit(page);
    filter->setPlaceholderText(tr("Filter the events"));
    filter->setAccessibleName(tr("Filter the events"));
    m_shownEvents.setSourceModel(&m_events);
    auto *table = makeTable(&m_shownEvents, tr("Events"), page);
    table->sortByColumn(0, Qt::DescendingOrder);
    for (const int column : {0, 1, 2})
        table->setColumnWidth(column, 150);
    table->setColumnWidth(3, 560);
    layout->addWidget(filter);
    layout->addWidget(table, 1);
    connect(filter, &QLineEdit::textChanged, this, [this](const QString &text) { m_shownEvents.setFilterText(text); });
    m_plane.ask<std::vector<domain::Event>>(
        this,
        [since = m_plane.clock().now() - std::chrono::hours(24)](app::Desk &desk,
                                                                 app::Done<std::vector<domain::Event>> done) {
            desk.eventsSince(since, 1000, std::move(done));
        },
        [this](const app::Outcome<std::vector<domain::Event>> &events) {
            if (events)
                m_events.addHistory(*events);
        });
    return page;
}

void MainWindow::rollOut(const QString &config, const QString &selector)
{
    if (m_configs.isEmpty()) {
        QMessageBox::information(this, tr("Roll out"),
                                 tr("There is no config yet. Make one on the page Configs first."));
        return;
    }
    auto *dialog =
        new RolloutDialog(m_plane, m_configs, config.isEmpty() ? m_configs.constFirst() : config, selector, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this] { m_navigation->setCurrentRow(2); });
    dialog->open();
}

void MainWindow::updateStatus()
{
    m_endpoint->setText(tr("Listening on %1").arg(m_plane.serving().endpoints.join(QStringLiteral(", "))));
    m_connected->setText(tr("%n connected", "gateways", m_fleet.connectedCount()));
    m_database->setText(m_trouble.isEmpty() ? tr("Database: all is written")
                                            : tr("Database: writing fails, %1").arg(m_trouble));
}

} // namespace flowgate::ui
