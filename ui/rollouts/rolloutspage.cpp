// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rollouts/rolloutspage.h"

#include "ui/common/errortext.h"
#include "ui/common/theme.h"
#include "ui/common/words.h"
#include "ui/widgets/tables.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QSplitter>
#include <QTableView>

namespace flowgate::ui {

using Act = app::Desk::RolloutAct;

RolloutsPage::RolloutsPage(app::ControlPlane &plane, models::TargetModel::NameOf nameOf, QWidget *parent)
    : QWidget(parent)
    , m_plane(plane)
    , m_targets(std::move(nameOf))
    , m_list(makeTable(&m_rollouts, tr("Rollouts"), this))
    , m_title(new QLabel(this))
    , m_halt(new QPushButton(tr("Halt"), this))
    , m_resume(new QPushButton(tr("Resume"), this))
    , m_back(new QPushButton(tr("Roll back…"), this))
{
    m_list->setSortingEnabled(false);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    for (const int column : {0, 1, 2, 3})
        m_list->setColumnWidth(column, 160);
    m_title->setTextFormat(Qt::PlainText);
    auto *targets = makeTable(&m_targets, tr("Targets"), this);
    targets->setSortingEnabled(false);
    targets->setColumnWidth(0, 200);
    targets->setColumnWidth(2, 150);

    auto *bar = new QHBoxLayout;
    bar->addWidget(m_title, 1);
    for (QPushButton *button : {m_halt, m_resume, m_back})
        bar->addWidget(button);
    auto *lower = new QWidget(this);
    auto *lowerLayout = new QVBoxLayout(lower);
    lowerLayout->setContentsMargins(0, common::space::small, 0, 0);
    lowerLayout->addLayout(bar);
    lowerLayout->addWidget(targets, 1);
    auto *split = new QSplitter(Qt::Vertical, this);
    split->addWidget(m_list);
    split->addWidget(lower);
    split->setSizes({240, 420});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(common::space::page, common::space::page, common::space::page, 0);
    layout->addWidget(split);

    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &at) {
        if (const app::RolloutPtr *rollout = m_rollouts.rowAt(at))
            m_chosen = *rollout;
        showChosen();
    });
    connect(m_halt, &QPushButton::clicked, this, [this] { act(Act::Halt, {}); });
    connect(m_resume, &QPushButton::clicked, this, [this] { act(Act::Resume, {}); });
    connect(m_back, &QPushButton::clicked, this, [this] {
        act(Act::RollBack, tr("Put the version that was proven before back on every gateway that got %1?")
                               .arg(common::versionText(m_chosen->ref.config, m_chosen->ref.version)));
    });
    m_second.setInterval(1000);
    connect(&m_second, &QTimer::timeout, this, [this] { m_targets.tick(m_plane.clock().now()); });
    m_second.start();
    showChosen();
}

void RolloutsPage::apply(const app::RolloutPtr &rollout)
{
    m_rollouts.apply(rollout);
    const bool isChosen = m_chosen && m_chosen->id == rollout->id;
    if (isChosen || !m_chosen) {
        m_chosen = rollout;
        m_list->setCurrentIndex(m_rollouts.indexOf(rollout->id));
        showChosen();
    }
}

void RolloutsPage::showChosen()
{
    m_targets.show(m_chosen, m_plane.clock().now());
    m_title->setText(m_chosen ? tr("%1 to %2: %3")
                                    .arg(common::versionText(m_chosen->ref.config, m_chosen->ref.version),
                                         m_chosen->selector, common::stateWord(m_chosen->state).word)
                              : tr("Nothing was rolled out yet. Save a config, then choose Roll out."));
    const auto state = m_chosen ? m_chosen->state : domain::RolloutState::Cancelled;
    m_halt->setEnabled(m_chosen && state == domain::RolloutState::Running);
    m_resume->setEnabled(m_chosen && (state == domain::RolloutState::Halted || state == domain::RolloutState::Failed));
    m_back->setEnabled(m_chosen && state != domain::RolloutState::RolledBack);
}

void RolloutsPage::act(Act what, const QString &question)
{
    if (!question.isEmpty() && QMessageBox::question(this, tr("Roll back"), question) != QMessageBox::Yes)
        return;
    m_plane.ask<app::Nothing>(
        this,
        [what, id = m_chosen->id](app::Desk &desk, app::Done<app::Nothing> done) {
            desk.act(what, id, QStringLiteral("operator"), std::move(done));
        },
        [this](const app::Outcome<app::Nothing> &outcome) {
            if (!outcome)
                QMessageBox::warning(this, tr("Not done"), common::text(outcome.error()));
        });
}

} // namespace flowgate::ui
