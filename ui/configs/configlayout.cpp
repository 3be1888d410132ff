// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/configs/configlayout.h"

#include "ui/common/theme.h"
#include "ui/models/configlistmodel.h"
#include "ui/models/versionmodel.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/menubutton.h"
#include "ui/widgets/tables.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QTableView>

#include <algorithm>

namespace flowgate::ui {

namespace {

struct Layout
{
    Q_DECLARE_TR_FUNCTIONS(flowgate::ConfigsPage)
};

} // namespace

LibraryParts makeLibraryPanel(QAbstractItemModel &configs, QAbstractItemModel &versions, Workspace &workspace,
                              std::function<void(QMenu &)> fillMore, QWidget *parent)
{
    LibraryParts parts;
    parts.panel = new QWidget(parent);
    parts.panel->setMinimumWidth(220);
    parts.search = new QLineEdit(parts.panel);
    parts.search->setObjectName(QStringLiteral("configsFilter"));
    parts.search->setPlaceholderText(Layout::tr("Search"));
    parts.search->setAccessibleName(Layout::tr("Search configs"));
    parts.search->setClearButtonEnabled(true);
    parts.makeNew = new QPushButton(Layout::tr("New…"), parts.panel);
    parts.makeNew->setAccessibleName(Layout::tr("New config"));
    parts.more = makeMenuButton(Layout::tr("More"), parts.panel, fillMore);
    parts.more->setAccessibleName(Layout::tr("More for the chosen config"));
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(common::space::page, common::space::page, common::space::page, common::space::page);
    bar->setSpacing(common::space::small);
    bar->addWidget(parts.search, 1);
    bar->addWidget(parts.makeNew);
    bar->addWidget(parts.more);

    parts.configs = makeTable(&configs, Layout::tr("Configs"), workspace, parts.panel);
    parts.configs->horizontalHeader()->setObjectName(QStringLiteral("configsHeader"));
    parts.configs->setSelectionMode(QAbstractItemView::SingleSelection);
    setWidths(parts.configs, {105, 90, 90});
    parts.configs->setColumnHidden(static_cast<int>(models::ConfigColumn::Tags), true); // they stand below the name
    parts.configs->setContextMenuPolicy(Qt::CustomContextMenu);
    QObject::connect(parts.configs, &QWidget::customContextMenuRequested, parts.panel,
                     [table = parts.configs, fillMore](const QPoint &at) {
                         QMenu menu(table);
                         fillMore(menu);
                         menu.exec(table->viewport()->mapToGlobal(at));
                     });

    auto *lower = new QWidget(parts.panel);
    parts.versionTitle = new PlainLabel(lower, TextKind::Section);
    parts.versionTitle->setContentsMargins(common::space::page, common::space::small, 0, common::space::small);
    parts.versions = makeTable(&versions, Layout::tr("Versions"), workspace, lower);
    parts.versions->horizontalHeader()->setObjectName(QStringLiteral("versionsHeader"));
    parts.versions->setSelectionMode(QAbstractItemView::SingleSelection);
    setWidths(parts.versions, {80, 140, 60});
    parts.versions->setColumnHidden(static_cast<int>(models::VersionColumn::Author), true);
    offerColumns(parts.versions);
    auto *lowerLayout = new QVBoxLayout(lower);
    lowerLayout->setContentsMargins(0, 0, 0, 0);
    lowerLayout->setSpacing(0);
    lowerLayout->addWidget(parts.versionTitle);
    lowerLayout->addWidget(parts.versions, 1);

    auto *split = new QSplitter(Qt::Vertical, parts.panel);
    split->setObjectName(QStringLiteral("librarySplit"));
    split->addWidget(parts.configs);
    split->addWidget(lower);
    split->setSizes({260, 320});
    split->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(parts.panel);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(split, 1);
    return parts;
}

QByteArray firstText()
{
    return R"(receivers:
  otlp:
    protocols:
      grpc:
        endpoint: 127.0.0.1:4317

processors:
  batch: {}

exporters:
  debug:
    verbosity: normal

service:
  pipelines:
    logs:
      receivers: [otlp]
      processors: [batch]
      exporters: [debug]
)";
}

} // namespace flowgate::ui
