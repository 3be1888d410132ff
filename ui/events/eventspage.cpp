// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/eventspage.h"

#include "ui/common/metrics.h"
#include "ui/common/theme.h"
#include "ui/common/visibletext.h"
#include "ui/common/words.h"
#include "ui/events/eventexport.h"
#include "ui/widgets/asking.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/fillcolumn.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/pagekey.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/tables.h"
#include "ui/widgets/wrapbar.h"
#include "ui/workspace.h"

#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTableView>

namespace flowgate::ui {

using models::EventColumn;

namespace {

/// "base@3" in a sentence of an event.
QRegularExpressionMatch versionIn(const QString &text)
{
    static const QRegularExpression version(QStringLiteral("([A-Za-z0-9._-]+)@(\\d+)"));
    return version.match(text);
}

} // namespace

EventsPage::EventsPage(Workspace &workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_filter(new QLineEdit(this))
    , m_kind(new QComboBox(this))
    , m_follow(new QPushButton(this))
    , m_count(new PlainLabel(this, TextKind::Quiet))
    , m_stack(new QStackedWidget(this))
    , m_table(makeTable(&m_shown, tr("Events"), workspace, this))
    , m_empty(new EmptyState(this))
{
    m_shown.setSourceModel(&workspace.events());
    m_shown.sort(static_cast<int>(EventColumn::At), Qt::DescendingOrder);
    m_table->horizontalHeader()->setObjectName(QStringLiteral("eventsHeader"));
    setWidths(m_table, {75, 168, 120, 400, 80});
    fillWith(m_table, static_cast<int>(EventColumn::Text), 360);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(makeBar());
    layout->addWidget(m_stack, 1);

    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&m_shown, signal, this, &EventsPage::updateCounts);
    // The filter lets go of rows before their source has; only now do both agree.
    connect(&workspace.events(), &QAbstractItemModel::rowsRemoved, this, &EventsPage::updateCounts);
    connect(&m_shown, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { noteInserted(first, last); });
    connect(&workspace.events(), &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { addKinds(first, last); });
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, &EventsPage::noteScrolled);
    connect(m_table, &QTableView::activated, this, &EventsPage::openObject);
    connect(m_table, &QTableView::customContextMenuRequested, this, &EventsPage::showMenu);
    connect(m_empty, &EmptyState::activated, this, [this] {
        m_filter->clear();
        m_kind->setCurrentIndex(0);
    });
    addPageKey(*this, tr("Filter events"), QKeySequence::Find, [this] { m_filter->setFocus(); });
    addKinds(0, workspace.events().rowCount() - 1);
    updateCounts();
    noteScrolled();
}

QLayout *EventsPage::makeBar()
{
    m_filter->setObjectName(QStringLiteral("eventsFilter"));
    makeSearch(*m_filter, tr("Filter events"));
    m_filter->setMinimumWidth(common::scaled(100, font()));
    m_kind->setAccessibleName(tr("Kind of event"));
    m_kind->addItem(tr("All kinds"), QString());
    m_follow->setCheckable(true);
    auto *copyButton = new QPushButton(tr("Copy"), this);
    copyButton->setToolTip(tr("The chosen events, or all that are shown, as lines"));
    auto *saveButton = new QPushButton(tr("Export…"), this);
    saveButton->setToolTip(tr("The chosen events, or all that are shown, into a file"));
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(common::space::page, common::space::page, common::space::page, common::space::page);
    bar->addWidget(new WrapBar(m_filter, {m_kind, m_count, m_follow, copyButton, saveButton}, 200, this));
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_shown.setFilterText(text.trimmed());
        updateCounts();
    });
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this] {
        m_shown.setKind(m_kind->currentData().toString());
        updateCounts();
    });
    connect(m_follow, &QPushButton::clicked, this, &EventsPage::goToNewest);
    connect(copyButton, &QPushButton::clicked, this, &EventsPage::copy);
    connect(saveButton, &QPushButton::clicked, this, &EventsPage::saveAs);
    return bar;
}

void EventsPage::updateCounts()
{
    const QLocale locale;
    const int all = m_workspace.events().rowCount();
    m_count->setText(tr("%1 of %2 shown").arg(locale.toString(m_shown.rowCount()), locale.toString(all)));
    if (all == 0)
        m_empty->show(tr("No events yet"), tr("What you do and what happens to gateways is written down here."));
    else
        m_empty->show(tr("No event matches"), tr("No event shows this text, or is of this kind."), tr("Show all"));
    m_stack->setCurrentWidget(m_shown.rowCount() == 0 ? static_cast<QWidget *>(m_empty) : m_table);
}

/// Kinds come with the first event of theirs. @param first  of the events that are new, @param last  of them
void EventsPage::addKinds(int first, int last)
{
    for (int row = first; row <= last; ++row) {
        const QString kind = m_workspace.events().events()[size_t(row)].kind;
        if (m_kind->findData(kind) >= 0)
            continue;
        const QString word = common::oneLine(common::eventKindWord(kind), 60);
        int place = 1;
        while (place < m_kind->count() && m_kind->itemText(place).localeAwareCompare(word) < 0)
            ++place;
        m_kind->insertItem(place, word, kind);
    }
}

/// While the beginning is looked at, the newest is. Else what is looked at stays where it is.
void EventsPage::noteInserted(int first, int last)
{
    QScrollBar *bar = m_table->verticalScrollBar();
    if (bar->value() == 0)
        return;
    const int height = m_table->rowHeight(first);
    if (first > m_table->rowAt(0))
        return;
    m_new += last - first + 1;
    bar->setMaximum(bar->maximum() + height * (last - first + 1));
    bar->setValue(bar->value() + height * (last - first + 1));
    noteScrolled();
}

void EventsPage::noteScrolled()
{
    const bool follows = m_table->verticalScrollBar()->value() == 0;
    if (follows)
        m_new = 0;
    m_follow->setChecked(follows);
    m_follow->setText(m_new > 0 ? tr("%1 new").arg(QLocale().toString(m_new)) : tr("Follow"));
    m_follow->setToolTip(follows ? tr("New events are shown as they come.") : tr("Go to the newest events"));
}

void EventsPage::goToNewest()
{
    m_table->scrollToTop();
    noteScrolled();
}

domain::Event EventsPage::current() const
{
    return m_table->currentIndex().data(models::EventModel::EventRole).value<domain::Event>();
}

std::vector<domain::Event> EventsPage::chosenOrShown() const
{
    QModelIndexList rows = chosenIndexes(*m_table);
    if (rows.isEmpty()) {
        for (int row = 0; row < m_shown.rowCount(); ++row)
            rows.append(m_shown.index(row, 0));
    }
    std::vector<domain::Event> events;
    for (const QModelIndex &row : std::as_const(rows))
        events.push_back(row.data(models::EventModel::EventRole).value<domain::Event>());
    return events;
}

void EventsPage::copy()
{
    QStringList lines;
    for (const domain::Event &event : chosenOrShown())
        lines.append(models::eventLine(event, event.gateway ? m_workspace.fleet().nameOf(*event.gateway) : QString()));
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

void EventsPage::saveAs()
{
    auto *dialog = new QFileDialog(this, tr("Export events"), QStringLiteral("events.csv"),
                                   tr("CSV (*.csv);;JSON lines (*.jsonl)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &filter) {
        dialog->setDefaultSuffix(filter.contains(QStringLiteral("jsonl")) ? QStringLiteral("jsonl")
                                                                          : QStringLiteral("csv"));
    });
    // What was chosen when it was asked for, whatever comes while the name is typed.
    connect(dialog, &QFileDialog::fileSelected, this, [this, events = chosenOrShown()](const QString &path) {
        const QString trouble =
            writeEvents(path, events, [this](const domain::GatewayId &id) { return m_workspace.fleet().nameOf(id); });
        if (!trouble.isEmpty())
            tell(this, tr("Not exported"), tr("%1 was not written: %2").arg(path, trouble));
    });
    dialog->open();
}

/// The rollout that an event names by its version: the latest of that version begun before the event.
QString EventsPage::rolloutOf(const domain::Event &event) const
{
    const QRegularExpressionMatch version = versionIn(event.text);
    for (const auto &rollout : m_workspace.rollouts().rows()) {
        const bool fits =
            rollout->ref.config == version.captured(1) && rollout->ref.version == version.captured(2).toInt();
        if (fits && rollout->createdAt <= event.at)
            return rollout->id;
    }
    return {};
}

void EventsPage::openObject()
{
    if (!m_table->currentIndex().isValid())
        return;
    const domain::Event event = current();
    if (event.gateway)
        return Q_EMIT gatewayRequested(*event.gateway);
    if (const QString rollout = rolloutOf(event);
        event.kind.startsWith(QStringLiteral("rollout")) && !rollout.isEmpty())
        return Q_EMIT rolloutRequested(rollout);
    if (const QRegularExpressionMatch version = versionIn(event.text); version.hasMatch())
        Q_EMIT configRequested(version.captured(1), version.captured(2).toInt());
}

void EventsPage::showMenu(const QPoint &at)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    const domain::Event event = current();
    QAction *open = menu->addAction(tr("Open what it is about"), this, &EventsPage::openObject);
    open->setEnabled(event.gateway || versionIn(event.text).hasMatch());
    if (!open->isEnabled())
        open->setToolTip(tr("This event is about no gateway, rollout or config."));
    menu->addAction(lineIcon(QStringLiteral("copy")), tr("Copy"), this, &EventsPage::copy);
    menu->addAction(tr("Export…"), this, &EventsPage::saveAs);
    menu->popup(m_table->viewport()->mapToGlobal(at));
}

} // namespace flowgate::ui
