// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/fleetpage.h"

#include "ui/common/errortext.h"
#include "ui/common/theme.h"
#include "ui/fleet/approvalbar.h"
#include "ui/fleet/emptyfleet.h"
#include "ui/fleet/filterfield.h"
#include "ui/fleet/fleetmenus.h"
#include "ui/fleet/gatewaydetails.h"
#include "ui/fleet/grouppanel.h"
#include "ui/fleet/partchips.h"
#include "ui/fleet/seenpoll.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/fillcolumn.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/look.h"
#include "ui/widgets/menubutton.h"
#include "ui/widgets/pagekey.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/tables.h"
#include "ui/widgets/wrapbar.h"
#include "ui/workspace.h"

#include <QAction>
#include <QDockWidget>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>

namespace flowgate::ui {

using models::GatewayColumn;

FleetPage::FleetPage(Workspace &workspace, const QStringList &endpoints, QWidget *parent)
    : QMainWindow(parent, Qt::Widget)
    , m_workspace(workspace)
    , m_shown(workspace.fleet())
    , m_actions(workspace, this)
    , m_windows(workspace, this)
    , m_endpoints(endpoints)
    , m_stack(new QStackedWidget(this))
    , m_table(makeTable(&m_shown, tr("Gateways"), workspace, this))
    , m_groups(new GroupPanel(workspace, m_shown, this))
    , m_empty(new EmptyState(this))
    , m_details(new GatewayDetails(workspace, this))
    , m_dock(new QDockWidget(tr("Details"), this))
{
    m_table->setObjectName(QStringLiteral("fleetTable"));
    m_table->horizontalHeader()->setObjectName(QStringLiteral("fleetHeader"));
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(static_cast<int>(GatewayColumn::Name), Qt::AscendingOrder);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    setWidths(m_table, {107, 104, 132, 122, 82, 76, 92, 97});
    fillWith(m_table, static_cast<int>(GatewayColumn::Labels), 80);
    m_table->setColumnHidden(static_cast<int>(GatewayColumn::Version), true);
    offerColumns(m_table);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);

    auto *middle = new QWidget(this);
    auto *layout = new QVBoxLayout(middle);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeBar());
    auto *split = new QSplitter(this);
    split->setObjectName(QStringLiteral("fleetSplit"));
    split->setChildrenCollapsible(false);
    split->addWidget(m_groups);
    split->addWidget(m_stack);
    split->setStretchFactor(1, 1);
    split->setSizes({290, 700});
    layout->addWidget(split, 1);
    setCentralWidget(middle);
    m_dock->setObjectName(QStringLiteral("gatewayDetails"));
    setObjectName(QStringLiteral("fleetPage"));
    m_dock->setFont(QFont()); // one of its own would not grow with the others
    m_dock->setAllowedAreas(Qt::LeftDockWidgetArea | Qt::RightDockWidgetArea | Qt::BottomDockWidgetArea);
    m_dock->setWidget(m_details);
    addDockWidget(Qt::RightDockWidgetArea, m_dock);

    m_countSoon.setSingleShot(true);
    m_countSoon.setInterval(100);
    connect(&m_countSoon, &QTimer::timeout, this, &FleetPage::updateCounts);
    connect(&workspace, &Workspace::fleetApplied, this, &FleetPage::takeDelta);
    new SeenPoll(workspace, this);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&m_shown, signal, &m_countSoon, qOverload<>(&QTimer::start));
    connect(m_table, &QTableView::customContextMenuRequested, this, &FleetPage::showMenu);
    connect(m_table, &QTableView::activated, this, &FleetPage::openDetails);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &FleetPage::updateChosen);
    connect(m_empty, &EmptyState::activated, this, &FleetPage::showAll);
    connect(m_details, &GatewayDetails::rollOutRequested, this, &FleetPage::rollOutRequested);
    connect(m_details, &GatewayDetails::openConfigRequested, this, &FleetPage::openConfigRequested);
    connect(m_details, &GatewayDetails::labelRequested, this, [this] { m_actions.label(chosen()); });
    connect(m_details, &GatewayDetails::admissionRequested, &m_actions, &GatewayActions::admit);
    connect(&m_windows, &GatewayWindows::admissionRequested, &m_actions, &GatewayActions::admit);
    connect(m_details, &GatewayDetails::linkRequested, &m_actions, &GatewayActions::link);
    connect(&m_windows, &GatewayWindows::linkRequested, &m_actions, &GatewayActions::link);
    for (const auto signal : {&QAbstractItemModel::columnsInserted, &QAbstractItemModel::columnsRemoved})
        connect(&m_shown, signal, this, &FleetPage::viewChanged);
    connect(&m_shown, &models::GatewayFilterModel::labelsTyped, &m_actions, &GatewayActions::editLabels);
    connect(m_details, &GatewayDetails::filterRequested, this, &FleetPage::addFilter);
    connect(m_groups, &GroupPanel::changed, this, [this] {
        updateCounts();
        Q_EMIT viewChanged();
    });
    connect(&m_windows, &GatewayWindows::rollOutRequested, this, &FleetPage::rollOutRequested);
    connect(&m_windows, &GatewayWindows::openConfigRequested, this, &FleetPage::openConfigRequested);
    connect(&m_windows, &GatewayWindows::filterRequested, this, &FleetPage::addFilter);
    connect(&m_windows, &GatewayWindows::labelRequested, this,
            [this](const app::GatewayPtr &gateway) { m_actions.label({gateway}); });
    addPageKey(
        *m_table, tr("Open the current gateway in a window"), QKeySequence(Qt::CTRL | Qt::Key_Return),
        [this] {
            if (const app::GatewayPtr gateway = m_shown.gatewayAt(m_table->currentIndex()))
                m_windows.open(gateway);
        },
        Qt::WidgetShortcut);
    addPageKey(
        *m_table, tr("Type the labels of the current gateway"), QKeySequence(Qt::Key_F2), [this] { typeLabels(); },
        Qt::WidgetShortcut);
    addPageKey(*this, tr("Filter the gateways"), QKeySequence::Find, [this] { m_filter->setFocus(); });
    addPageKey(
        *m_table, tr("Forget the chosen gateways…"), QKeySequence::Delete, [this] { m_actions.forget(chosen()); },
        Qt::WidgetShortcut);
    updateChosen(); // and counts them
}

QWidget *FleetPage::makeBar()
{
    auto *bar = new QWidget(this);
    m_filter = new FilterField(m_workspace.fleet(), bar);
    m_filter->setObjectName(QStringLiteral("fleetFilter"));
    makeSearch(*m_filter, tr("Filter the gateways"));
    m_filter->setPlaceholderText(tr("Text, or a selector: env=lab,!retired"));
    m_count = new PlainLabel(bar, TextKind::Quiet);
    m_label = new QPushButton(tr("Label…"), bar);
    m_rollOut = new QPushButton(bar);
    setLook(m_rollOut, Look::Primary);
    m_chips = new PartChips(bar);
    m_approval = new ApprovalBar(bar);
    auto *layout = new QVBoxLayout(bar);
    layout->setContentsMargins(common::space::page, common::space::page, common::space::page, common::space::small);
    layout->setSpacing(common::space::small);
    layout->addWidget(new WrapBar(m_filter, {m_count, m_label, m_rollOut}, 240, bar));
    auto *below = new QHBoxLayout;
    below->setSpacing(common::space::small);
    below->addWidget(m_chips, 1);
    below->addWidget(makeMenuButton(tr("Group"), bar, [this](QMenu &menu) { m_groups->fillMenu(menu); }));
    below->addWidget(makeMenuButton(tr("Columns"), bar,
                                    [this](QMenu &menu) { fillColumnMenu(menu, *m_table, m_workspace.fleet()); }));
    layout->addLayout(below);
    layout->addWidget(m_approval);

    connect(m_filter, &QLineEdit::textChanged, this, &FleetPage::applyFilter);
    connect(m_filter, &QLineEdit::returnPressed, this, &FleetPage::goToTable);
    connect(m_chips, &PartChips::chosen, this, &FleetPage::choosePart);
    connect(m_approval, &ApprovalBar::showRequested, this, [this] {
        showAll();
        choosePart(models::FleetPart::ToApprove);
        goToTable();
    });
    connect(m_label, &QPushButton::clicked, this, [this] { m_actions.label(chosen()); });
    connect(m_rollOut, &QPushButton::clicked, this, [this] {
        if (const auto selector = models::reachOf(m_shown, chosen()))
            Q_EMIT rollOutRequested({}, *selector);
    });
    return bar;
}

void FleetPage::setFilter(const QString &text)
{
    m_filter->setText(text);
}

void FleetPage::addFilter(const QString &term)
{
    const QString now = m_filter->text().trimmed();
    const bool narrows =
        models::GatewayFilterModel::looksLikeSelector(now) && m_filterTrouble.isEmpty() && now != u"all";
    setFilter(narrows ? now + u',' + term : term);
}

void FleetPage::setEndpoints(const QStringList &endpoints)
{
    if (endpoints == m_endpoints)
        return;
    m_endpoints = endpoints;
    updateEmpty();
}

void FleetPage::choosePart(models::FleetPart part)
{
    m_chips->choose(part);
    m_shown.setPart(part);
    updateCounts();
    Q_EMIT viewChanged();
}

const QStringList &FleetPage::columnKeys() const
{
    return m_workspace.fleet().keys();
}

void FleetPage::setColumnKeys(const QStringList &keys)
{
    m_workspace.fleet().setKeys(keys);
}

QAction *FleetPage::detailsAction() const
{
    return m_dock->toggleViewAction();
}

void FleetPage::restoreDocks(const QByteArray &state)
{
    m_docksAreSized = restoreState(state);
    if (m_docksAreSized)
        return;
    m_dock->setFloating(false);
    addDockWidget(Qt::RightDockWidgetArea, m_dock);
    m_dock->show();
    if (isVisible()) {
        resizeDocks({m_dock}, {m_details->sizeHint().width()}, Qt::Horizontal);
        m_docksAreSized = true;
    }
}

void FleetPage::showAll()
{
    m_filter->clear();
    m_groups->showAll();
    choosePart(models::FleetPart::All);
}

int FleetPage::hiddenCount() const
{
    return m_workspace.fleet().rowCount() - m_shown.rowCount();
}

void FleetPage::choose(const domain::GatewayId &id)
{
    if (!m_shown.indexOf(id, GatewayColumn::Name).isValid())
        showAll();
    const QModelIndex at = m_shown.indexOf(id, GatewayColumn::Name);
    if (!at.isValid())
        return; // forgotten since
    m_table->selectionModel()->setCurrentIndex(at, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_table->scrollTo(at, QAbstractItemView::PositionAtCenter);
    m_table->setFocus();
}

/// From the filter to what it found: the first one, unless one of them is chosen already.
void FleetPage::goToTable()
{
    if (m_shown.rowCount() == 0)
        return;
    if (!m_table->selectionModel()->hasSelection())
        m_table->selectRow(0);
    m_table->setFocus();
}

/// In the table, whichever column the current one is.
void FleetPage::typeLabels()
{
    const QModelIndex row = m_table->currentIndex();
    if (!row.isValid())
        return;
    const int labels = static_cast<int>(GatewayColumn::Labels);
    m_table->setColumnHidden(labels, false);
    m_table->scrollTo(row.siblingAtColumn(labels));
    m_table->edit(row.siblingAtColumn(labels));
}

void FleetPage::openDetails()
{
    m_dock->show();
    m_dock->raise();
    m_details->open();
}

/// Docks take a size once there is room to share.
void FleetPage::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    if (!std::exchange(m_docksAreSized, true))
        resizeDocks({m_dock}, {m_details->sizeHint().width()}, Qt::Horizontal);
}

void FleetPage::applyFilter()
{
    const auto error = m_shown.setFilter(m_filter->text());
    m_filterTrouble = error ? common::text(*error) : QString();
    setLook(m_filter, error ? Look::Invalid : Look::Normal);
    updateCounts();
}

void FleetPage::updateCounts()
{
    m_chips->count(m_workspace.fleet());
    m_approval->count(m_workspace.fleet(), part());
    m_groups->refresh();
    const QLocale locale;
    const int shown = m_shown.rowCount();
    m_count->setText(
        m_filterTrouble.isEmpty()
            ? tr("%1 of %2 shown").arg(locale.toString(shown), locale.toString(m_workspace.fleet().rowCount()))
            : m_filterTrouble);
    setLook(m_count, m_filterTrouble.isEmpty() ? Look::Quiet : Look::Bad);

    const auto picked = static_cast<int>(m_table->selectionModel()->selectedRows().size());
    const int reach = picked > 0 ? picked : shown;
    m_rollOut->setText(tr("Roll out to %1…").arg(locale.toString(reach)));
    m_label->setEnabled(picked > 0);
    m_label->setToolTip(picked > 0 ? QString() : tr("Choose gateways in the table first."));
    const bool sayable = reach <= models::mostIdsInSelector || m_shown.asSelector();
    m_rollOut->setEnabled(reach > 0 && sayable && m_filterTrouble.isEmpty());
    m_rollOut->setToolTip(
        sayable ? QString() : tr("These are too many to name one by one. Label them, and roll out to the label."));
    updateEmpty();
    Q_EMIT hiddenChanged(hiddenCount());
}

void FleetPage::updateEmpty()
{
    showEmptyFleet(*m_empty, m_workspace.fleet().rowCount() > 0, m_endpoints);
    m_stack->setCurrentWidget(m_shown.rowCount() == 0 ? static_cast<QWidget *>(m_empty) : m_table);
}

Gateways FleetPage::chosen() const
{
    Gateways gateways;
    for (const QModelIndex &row : chosenIndexes(*m_table))
        gateways.push_back(m_shown.gatewayAt(row));
    return gateways;
}

void FleetPage::updateChosen()
{
    const Gateways gateways = chosen();
    m_details->show(gateways.size() == 1 ? gateways.front() : nullptr, static_cast<int>(gateways.size()));
    updateCounts();
}

void FleetPage::takeDelta(const app::FleetDelta &delta)
{
    m_countSoon.start();
    const app::GatewayPtr current = m_details->gateway();
    if (!current)
        return;
    for (const app::GatewayPtr &gateway : delta.changed) {
        if (gateway->id == current->id)
            m_details->show(gateway, 1);
    }
}

void FleetPage::fillActions(QMenu &menu)
{
    const Gateways gateways = chosen();
    const QString none = tr("Choose a gateway in the table first.");
    QAction *rollOut =
        menu.addAction(gateways.empty() ? tr("Roll out…") : tr("Roll out to %1…").arg(gateways.size()), this, [this] {
            if (const auto selector = models::reachOf(m_shown, chosen()))
                Q_EMIT rollOutRequested({}, *selector);
        });
    rollOut->setEnabled(!gateways.empty());
    rollOut->setToolTip(gateways.empty() ? none : QString());
    menu.addSeparator();
    m_actions.fill(menu, gateways);
    menu.addSeparator();
    m_windows.fill(menu, gateways);
    addCopyMenu(menu, *m_table, gateways);
    if (gateways.size() == 1)
        addFilterMenu(menu, *gateways.front(), [this](const QString &term) { addFilter(term); });
    if (!gateways.empty())
        return;
    for (QAction *action : menu.actions()) {
        action->setEnabled(false);
        action->setToolTip(none);
    }
}

void FleetPage::showMenu(const QPoint &at)
{
    if (chosen().empty())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillActions(*menu);
    menu->popup(m_table->viewport()->mapToGlobal(at));
}

} // namespace flowgate::ui
