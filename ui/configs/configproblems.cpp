// SPDX-License-Identifier: GPL-3.0-or-later
// The list of problems below the text of the config editor.
#include "ui/common/theme.h"
#include "ui/common/visibletext.h"
#include "ui/configs/configeditor.h"
#include "ui/graph/pipelineview.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/tables.h"
#include "ui/widgets/yamleditor.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

namespace flowgate::ui {

using models::ProblemModel;

QWidget *ConfigEditor::makeProblems()
{
    auto *box = new QWidget(this);
    setWidths(m_problemTable, {100, 480});
    m_problemTable->setSelectionMode(QAbstractItemView::SingleSelection);
    m_problemTable->horizontalHeader()->hide();
    m_problemTitle->setContentsMargins(common::space::page, common::space::small, 0, common::space::small);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(0, 0, common::space::small, 0);
    bar->setSpacing(common::space::small);
    bar->addWidget(m_problemTitle, 1);
    bar->addWidget(m_fix);
    bar->addWidget(m_graphShown);
    layout->addLayout(bar);
    layout->addWidget(m_problemTable, 1);
    box->setMinimumHeight(70);
    return box;
}

void ConfigEditor::showProblems(const collector::Problems &problems)
{
    m_found = problems;
    m_problems.show(problems);
    const int errors = m_problems.errorCount();
    const int warnings = m_problems.rowCount() - errors;
    m_problemTitle->setText(
        m_problems.rowCount() == 0
            ? tr("No problems found")
            : tr("Problems: %1, %2").arg(tr("%n error(s)", nullptr, errors), tr("%n warning(s)", nullptr, warnings)));
    collector::Problems here;
    const QString name = m_current >= 0 ? m_files[size_t(m_current)].name : QString();
    for (const collector::Problem &problem : problems) {
        if (problem.file == name || m_files.size() == 1)
            here.push_back(problem);
    }
    m_editor->mark(here);
    updateFix();
}

/// The chosen problem while the list has the focus, else the first one of the cursor's line.
const collector::Problem *ConfigEditor::fixable() const
{
    if (m_current < 0)
        return nullptr;
    const QString &name = m_files[size_t(m_current)].name;
    int line = 0;
    int column = 0;
    m_editor->getCursorPosition(&line, &column);
    const int chosen = m_editor->hasFocus() ? -1 : m_problemTable->currentIndex().row();
    for (size_t i = 0; i < m_found.size(); ++i) {
        const collector::Problem &problem = m_found[i];
        const bool isHere = problem.file == name || m_files.size() == 1;
        if (problem.fix && isHere && (chosen >= 0 ? chosen == static_cast<int>(i) : problem.line == line + 1))
            return &problem;
    }
    return nullptr;
}

void ConfigEditor::updateFix()
{
    const collector::Problem *problem = m_lookSoon.isActive() ? nullptr : fixable();
    m_fix->setEnabled(problem && !m_editor->isReadOnly());
    m_fix->setText(problem ? tr("Replace with %1").arg(common::oneLine(problem->fix->replacement, 40)) : tr("Fix"));
    m_fix->setToolTip(problem ? tr("Alt+Return does it too. Ctrl+Z takes it back.")
                              : tr("No way to mend the chosen problem is known."));
}

void ConfigEditor::fixProblem()
{
    // What was found in an older text may point elsewhere now.
    if (m_lookSoon.isActive())
        return;
    if (const collector::Problem *problem = fixable()) {
        m_editor->apply(*problem->fix);
        m_editor->setFocus();
    }
}

void ConfigEditor::stepProblem(int by)
{
    const int count = m_problems.rowCount();
    if (count == 0)
        return;
    const QModelIndex now = m_problemTable->currentIndex();
    const int row = now.isValid() ? (now.row() + by + count) % count : by > 0 ? 0 : count - 1;
    m_problemTable->setCurrentIndex(m_problems.index(row, 0));
    jumpTo(m_problems.index(row, 0));
}

void ConfigEditor::jumpTo(const QModelIndex &problem)
{
    goTo(problem.data(ProblemModel::FileRole).toString(), problem.data(ProblemModel::LineRole).toInt(),
         problem.data(ProblemModel::ColumnRole).toInt());
}

} // namespace flowgate::ui
