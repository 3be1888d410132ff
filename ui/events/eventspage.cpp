// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/eventspage.h"

#include "ui/common/theme.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/pagekey.h"
#include "ui/widgets/tables.h"
#include "ui/workspace.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>

namespace flowgate::ui {

using models::EventColumn;

EventsPage::EventsPage(Workspace &workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_filter(new QLineEdit(this))
    , m_count(new PlainLabel(this, TextKind::Quiet))
    , m_stack(new QStackedWidget(this))
    , m_table(makeTable(&m_shown, tr("Events"), workspace, this))
    , m_empty(new EmptyState(this))
{
    m_shown.setSourceModel(&workspace.events());
    m_shown.sort(static_cast<int>(EventColumn::At), Qt::DescendingOrder);
    m_table->horizontalHeader()->setObjectName(QStringLiteral("eventsHeader"));
    m_table->horizontalHeader()->setStretchLastSection(false);
    m_table->horizontalHeader()->setSectionResizeMode(static_cast<int>(EventColumn::Text), QHeaderView::Stretch);
    setWidths(m_table, {75, 170, 150, 400, 90});
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_filter->setObjectName(QStringLiteral("eventsFilter"));
    m_filter->setPlaceholderText(tr("Filter events"));
    m_filter->setAccessibleName(tr("Filter events"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(lineIcon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    auto *copyButton = new QPushButton(tr("Copy"), this);
    copyButton->setToolTip(tr("The chosen events, or all that are shown, as lines"));
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(common::space::page, common::space::page, common::space::page, common::space::page);
    bar->setSpacing(common::space::small);
    bar->addWidget(m_filter, 1);
    bar->addWidget(m_count);
    bar->addWidget(copyButton);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_stack, 1);

    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_shown.setFilterText(text.trimmed());
        updateCounts();
    });
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&m_shown, signal, this, &EventsPage::updateCounts);
    connect(copyButton, &QPushButton::clicked, this, &EventsPage::copy);
    connect(m_table, &QTableView::customContextMenuRequested, this, &EventsPage::showMenu);
    connect(m_empty, &EmptyState::activated, m_filter, &QLineEdit::clear);
    addPageKey(*this, tr("Filter events"), QKeySequence::Find, [this] { m_filter->setFocus(); });
    updateCounts();
}

void EventsPage::updateCounts()
{
    const int all = m_workspace.events().rowCount();
    m_count->setText(tr("%1 of %2 shown").arg(m_shown.rowCount()).arg(all));
    if (all == 0)
        m_empty->show(tr("No events yet"), tr("What you do and what happens to gateways is written down here."));
    else
        m_empty->show(tr("No event matches"), tr("No event shows this text."), tr("Show all"));
    m_stack->setCurrentWidget(m_shown.rowCount() == 0 ? static_cast<QWidget *>(m_empty) : m_table);
}

void EventsPage::copy()
{
    QModelIndexList rows = m_table->selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    if (rows.isEmpty()) {
        for (int row = 0; row < m_shown.rowCount(); ++row)
            rows.append(m_shown.index(row, 0));
    }
    QStringList lines;
    for (const QModelIndex &row : std::as_const(rows)) {
        const auto event = row.data(models::EventModel::EventRole).value<domain::Event>();
        const QString name = event.gateway ? m_workspace.fleet().nameOf(*event.gateway) : QString();
        lines.append(models::eventLine(event, name));
    }
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

void EventsPage::showMenu(const QPoint &at)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(lineIcon(QStringLiteral("copy")), tr("Copy"), this, &EventsPage::copy);
    menu->popup(m_table->viewport()->mapToGlobal(at));
}

} // namespace flowgate::ui
