// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/comparewindow.h"

#include "collector/effectiveconfig.h"
#include "collector/flatconfig.h"
#include "ui/common/relativetime.h"
#include "ui/common/theme.h"
#include "ui/models/rowtext.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/pagekey.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/tables.h"
#include "ui/workspace.h"

#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QTableView>

namespace flowgate::ui {

namespace {

constexpr size_t fitting = 4;               // so many columns share the width; more are scrolled
constexpr qsizetype mostBytes = 256 * 1024; // read at once, on the gui thread

} // namespace

CompareWindow::CompareWindow(Workspace &workspace, const std::vector<app::GatewayPtr> &gateways, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_filter(new QLineEdit(this))
    , m_only(new QCheckBox(tr("Only what differs"), this))
    , m_count(new PlainLabel(this, TextKind::Quiet))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("%1 gateways compared, as seen at %2")
                       .arg(QLocale().toString(static_cast<int>(gateways.size())),
                            common::clockTime(workspace.now(), workspace.now())));
    resize(1000, 640);
    m_model.show(gateways);
    m_shown.setSourceModel(&m_model);
    m_shown.setOnlyDiffering(true);
    m_table = makeTable(&m_shown, tr("What is known of the gateways"), workspace, this);
    m_table->horizontalHeader()->setStretchLastSection(false);
    QList<int> widths{300};
    widths.insert(widths.size(), static_cast<qsizetype>(gateways.size()), 170);
    setWidths(m_table, widths);
    for (int column = 1; gateways.size() <= fitting && column <= static_cast<int>(gateways.size()); ++column)
        m_table->horizontalHeader()->setSectionResizeMode(column, QHeaderView::Stretch);
    makeSearch(*m_filter, tr("Search facts and values"));
    m_only->setChecked(true);
    auto *copy = new QPushButton(tr("Copy as CSV"), this);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(common::space::page, common::space::page, common::space::page, common::space::page);
    bar->setSpacing(common::space::small);
    bar->addWidget(m_filter, 1);
    bar->addWidget(m_only);
    bar->addWidget(m_count);
    bar->addWidget(copy);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_table, 1);

    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_shown.setFilterText(text.trimmed());
        updateCount();
    });
    connect(m_only, &QCheckBox::toggled, this, [this](bool only) {
        m_shown.setOnlyDiffering(only);
        updateCount();
    });
    connect(copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(models::csvText(allCells(*m_table))); });
    addPageKey(*this, tr("Close this window"), QKeySequence(QKeySequence::Close), [this] { close(); });
    addPageKey(*this, tr("Close this window"), QKeySequence(Qt::Key_Escape), [this] { close(); });
    addPageKey(*this, tr("Search facts and values"), QKeySequence(QKeySequence::Find),
               [this] { m_filter->setFocus(); });
    updateCount();
    m_filter->setFocus();
    for (size_t i = 0; i < gateways.size(); ++i) {
        if (!gateways[i]->effective)
            continue;
        workspace.operations().effective(
            this, gateways[i]->id, [this, number = static_cast<int>(i)](const app::Outcome<domain::ConfigSet> &config) {
                if (config)
                    addConfig(number, *config);
            });
    }
}

void CompareWindow::addConfig(int number, const domain::ConfigSet &config)
{
    qsizetype bytes = 0;
    for (const auto &[name, file] : config.files)
        bytes += file.body.size();
    models::CompareModel::Facts facts;
    if (bytes > mostBytes) {
        facts.insert(QStringLiteral("effective"), tr("too long to be compared"));
    } else {
        const auto values = collector::flatConfig(collector::readEffective(config).tree);
        for (auto it = values.cbegin(); it != values.cend(); ++it)
            facts.insert(QStringLiteral("effective/%1").arg(it.key()), it.value());
    }
    m_model.addFacts(number, facts);
    updateCount();
}

void CompareWindow::updateCount()
{
    const QLocale locale;
    m_count->setText(
        tr("%1 of %2 facts").arg(locale.toString(m_shown.rowCount()), locale.toString(m_model.rowCount())));
}

} // namespace flowgate::ui
