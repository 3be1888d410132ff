// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/grouppanel.h"

#include "ui/common/theme.h"
#include "ui/common/visibletext.h"
#include "ui/models/gatewayfacts.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/look.h"
#include "ui/widgets/tables.h"
#include "ui/workspace.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QPushButton>
#include <QTableView>

namespace flowgate::ui {

GroupPanel::GroupPanel(Workspace &workspace, models::GatewayFilterModel &shown, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_shown(shown)
    , m_title(new PlainLabel(this, TextKind::Section))
    , m_all(new QPushButton(tr("All groups"), this))
    , m_table(makeTable(&m_model, tr("Groups"), workspace, this))
{
    setLook(m_all, Look::Flat);
    m_all->setToolTip(tr("Show the gateways of all groups"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->horizontalHeader()->setStretchLastSection(false);
    m_table->horizontalHeader()->setSectionResizeMode(static_cast<int>(models::GroupColumn::Value),
                                                      QHeaderView::Stretch);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidths(m_table, {70, 74, 122});
    setMinimumWidth(240);
    m_title->setMinimumWidth(20);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(common::space::page, 0, common::space::small, common::space::tiny);
    bar->addWidget(m_title, 1);
    bar->addWidget(m_all);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_table, 1);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &GroupPanel::choose);
    connect(m_all, &QPushButton::clicked, this, &GroupPanel::showAll);
    hide();
}

void GroupPanel::setKey(const QString &key)
{
    if (key == m_key)
        return;
    m_table->clearSelection();
    m_key = key;
    m_title->setText(tr("By %1").arg(common::oneLine(key, 60)));
    m_title->setToolTip(common::toolTip(key));
    setVisible(!key.isEmpty());
    refresh();
    Q_EMIT changed();
}

void GroupPanel::refresh()
{
    if (!m_key.isEmpty())
        m_model.count(m_workspace.fleet(), m_shown, m_key);
    m_all->setEnabled(m_table->selectionModel()->hasSelection());
}

void GroupPanel::showAll()
{
    m_table->clearSelection();
}

void GroupPanel::choose()
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    const models::GroupRow *row = rows.isEmpty() ? nullptr : m_model.rowAt(rows.front());
    m_shown.setGroup(row ? std::optional(models::FleetGroup{m_key, row->value}) : std::nullopt);
    m_all->setEnabled(row);
    Q_EMIT changed();
}

void GroupPanel::fillMenu(QMenu &menu)
{
    constexpr qsizetype most = 60;
    auto *group = new QActionGroup(&menu);
    const auto add = [&](const QString &text, const QString &key) {
        QAction *action = menu.addAction(text, this, [this, key] { setKey(key); });
        action->setCheckable(true);
        action->setChecked(key == m_key);
        group->addAction(action);
    };
    add(tr("No groups"), {});
    menu.addSeparator();
    const QStringList keys = models::factKeys(m_workspace.fleet().rows());
    for (const QString &key : keys.first(std::min(keys.size(), most)))
        add(common::menuText(key), key);
}

} // namespace flowgate::ui
