// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bundles/importdialog.h"

#include "ui/common/errortext.h"
#include "ui/common/metrics.h"
#include "ui/common/relativetime.h"
#include "ui/common/theme.h"
#include "ui/common/visibletext.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/look.h"
#include "ui/widgets/tables.h"
#include "ui/workspace.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

namespace flowgate::ui {

ImportDialog::ImportDialog(Workspace &workspace, const QString &path, QWidget *parent)
    : QDialog(parent)
    , m_workspace(workspace)
    , m_path(path)
    , m_conflicts(new QComboBox(this))
    , m_head(new PlainLabel(this, TextKind::Heading))
    , m_note(new PlainLabel(this, TextKind::Quiet))
    , m_import(new QPushButton(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Import %1").arg(QFileInfo(path).fileName()));
    resize(common::scaled(760, font()), common::scaled(480, font()));
    m_head->setText(tr("Reading %1…").arg(QFileInfo(path).fileName()));
    auto *table = makeTable(&m_model, tr("What is in the bundle"), workspace, this);
    setWidths(table, {130, 130, 200, 200});
    m_note->setWordWrap(true);
    auto *parts = new QHBoxLayout;
    parts->setSpacing(common::space::page);
    const std::tuple<app::BundlePart, QString, bool> known[] = {
        {app::BundlePart::Configs, tr("Configs"), true},
        {app::BundlePart::Labels, tr("Labels"), true},
        {app::BundlePart::Settings, tr("Settings"), true},
        {app::BundlePart::Standing, tr("Standing selectors"), false}};
    for (const auto &[part, name, taken] : known) {
        auto *box = new QCheckBox(name, this);
        box->setChecked(taken);
        connect(box, &QCheckBox::toggled, this, &ImportDialog::plan);
        parts->addWidget(box);
        m_parts.emplace_back(part, box);
    }
    m_parts.back().second->setToolTip(
        tr("They begin to reach gateways: those that match get the version. Configs alone are sent nowhere."));
    parts->addStretch(1);
    m_conflicts->addItem(tr("Conflicts: import nothing"), static_cast<int>(app::OnConflict::Refuse));
    m_conflicts->addItem(tr("Conflicts: leave them out"), static_cast<int>(app::OnConflict::Skip));
    m_conflicts->addItem(tr("Conflicts: give them another name"), static_cast<int>(app::OnConflict::Rename));
    m_conflicts->setAccessibleName(tr("What to do with conflicts"));
    parts->addWidget(m_conflicts);
    setLook(m_import, Look::Primary);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_note, 1);
    buttons->addWidget(m_import);
    buttons->addWidget(cancel);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(common::space::page, common::space::page, common::space::page, common::space::page);
    layout->setSpacing(common::space::small);
    layout->addWidget(m_head);
    layout->addLayout(parts);
    layout->addWidget(table, 1);
    layout->addLayout(buttons);

    connect(m_conflicts, &QComboBox::currentIndexChanged, this, &ImportDialog::plan);
    connect(m_import, &QPushButton::clicked, this, &ImportDialog::import);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    plan();
}

app::BundleWish ImportDialog::wish() const
{
    app::BundleWish wish;
    wish.parts.clear();
    for (const auto &[part, box] : m_parts) {
        if (box->isChecked())
            wish.parts.insert(part);
    }
    wish.onConflict = static_cast<app::OnConflict>(m_conflicts->currentData().toInt());
    return wish;
}

void ImportDialog::plan()
{
    m_import->setEnabled(false);
    m_import->setText(tr("Import"));
    m_workspace.operations().planBundle(this, m_path, wish(),
                                        [this, asked = ++m_asked](const app::Outcome<app::BundleReport> &report) {
                                            if (asked == m_asked)
                                                show(report);
                                        });
}

void ImportDialog::show(const app::Outcome<app::BundleReport> &report)
{
    if (!report) {
        m_model.show({});
        m_head->setText(tr("Nothing was imported"));
        m_note->setText(common::text(report.error()));
        ui::setLook(m_note, Look::Bad);
        return;
    }
    m_model.show(report->plan.items);
    m_head->setText(
        tr("Made by %1, %2")
            .arg(common::oneLine(report->program, 100), common::clockTime(report->madeAt, m_workspace.now())));
    const int changes = m_model.changeCount();
    const bool conflict = report->plan.hasConflict();
    ui::setLook(m_note, conflict ? Look::Bad : Look::Quiet);
    m_note->setText(conflict ? tr("A version that has another content here is a conflict: choose what to do with it.")
                    : changes == 0 ? tr("All of it is here already, or left out.")
                                   : tr("All of it or nothing is imported."));
    m_import->setEnabled(!conflict && changes > 0);
    m_import->setText(changes > 0 ? tr("Import %n change(s)", nullptr, changes) : tr("Import"));
}

void ImportDialog::import()
{
    m_import->setEnabled(false);
    ++m_asked; // what is still planned is late
    m_workspace.operations().importBundle(this, m_path, wish(), [this](const app::Outcome<app::BundleReport> &report) {
        if (report && report->imported)
            return accept();
        show(report);
    });
}

} // namespace flowgate::ui
