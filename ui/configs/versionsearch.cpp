// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/configs/versionsearch.h"

#include "ui/common/errortext.h"
#include "ui/common/metrics.h"
#include "ui/common/theme.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/tables.h"
#include "ui/workspace.h"

#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

namespace flowgate::ui {

VersionSearch::VersionSearch(Workspace &workspace, QWidget *parent)
    : QDialog(parent)
    , m_workspace(workspace)
    , m_text(new QLineEdit(this))
    , m_count(new PlainLabel(this, TextKind::Quiet))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Find in all versions"));
    resize(common::scaled(760, font()), common::scaled(440, font()));
    m_text->setPlaceholderText(tr("Text in any version of any config"));
    m_text->setAccessibleName(m_text->placeholderText());
    m_text->setClearButtonEnabled(true);
    m_table = makeTable(&m_hits, tr("Lines found"), workspace, this);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    setWidths(m_table, {130, 190, 300});
    auto *open = new QPushButton(tr("Open"), this);
    open->setDefault(true);
    open->setEnabled(false);
    auto *close = new QPushButton(tr("Close"), this);
    auto *bottom = new QHBoxLayout;
    bottom->addWidget(m_count, 1);
    bottom->addWidget(open);
    bottom->addWidget(close);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(common::space::page, common::space::page, common::space::page, common::space::page);
    layout->setSpacing(common::space::small);
    layout->addWidget(m_text);
    layout->addWidget(m_table, 1);
    layout->addLayout(bottom);

    m_soon.setSingleShot(true);
    m_soon.setInterval(200);
    connect(&m_soon, &QTimer::timeout, this, &VersionSearch::search);
    connect(m_text, &QLineEdit::textChanged, &m_soon, qOverload<>(&QTimer::start));
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, open,
            [open](const QModelIndex &at) { open->setEnabled(at.isValid()); });
    connect(m_table, &QTableView::activated, this, &VersionSearch::choose);
    connect(open, &QPushButton::clicked, this, &VersionSearch::choose);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    m_text->setFocus();
}

void VersionSearch::search()
{
    m_asked = m_text->text().trimmed();
    if (m_asked.isEmpty()) {
        m_hits.show({});
        return m_count->setText({});
    }
    m_count->setText(tr("Searching…"));
    using Hits = std::vector<app::ConfigHit>;
    m_workspace.operations().searchConfigs(this, m_asked, [this, text = m_asked](const app::Outcome<Hits> &hits) {
        if (text != m_asked)
            return;
        m_hits.show(hits.value_or(Hits{}));
        if (!hits)
            return m_count->setText(common::text(hits.error()));
        const int count = static_cast<int>(hits->size());
        m_count->setText(count == 0     ? tr("No version has it.")
                         : count >= 500 ? tr("The first 500 lines, newest versions first")
                                        : tr("%n line(s)", nullptr, count));
        if (count > 0)
            m_table->setCurrentIndex(m_hits.index(0, 0));
    });
}

void VersionSearch::choose()
{
    const QModelIndex at = m_table->currentIndex();
    if (!at.isValid())
        return;
    Q_EMIT chosen(at.data(models::HitModel::ConfigRole).toString(), at.data(models::HitModel::VersionRole).toInt(),
                  at.data(models::HitModel::FileRole).toString(), at.data(models::HitModel::LineRole).toInt());
    accept();
}

} // namespace flowgate::ui
