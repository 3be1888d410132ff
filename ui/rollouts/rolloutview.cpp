// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rollouts/rolloutview.h"

#include "ui/common/relativetime.h"
#include "ui/common/theme.h"
#include "ui/common/visibletext.h"
#include "ui/common/words.h"
#include "ui/models/rolloutcounts.h"
#include "ui/rollouts/targetpanel.h"
#include "ui/rollouts/wavecards.h"
#include "ui/widgets/asking.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/look.h"
#include "ui/widgets/tables.h"
#include "ui/workspace.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QTableView>

namespace flowgate::ui {

using Act = Operations::Act;
using domain::RolloutState;

namespace {

/// How many gateways rolling back would send something to.
int backCount(const domain::Rollout &rollout)
{
    return static_cast<int>(std::ranges::count_if(rollout.targets, [](const domain::RolloutTarget &target) {
        return (target.sentAt || domain::isUnderWay(target)) && target.back &&
               target.backStep != domain::BackStep::Done && !domain::isGoingBack(target);
    }));
}

} // namespace

RolloutView::RolloutView(Workspace &workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_targets([&workspace](const domain::GatewayId &id) { return workspace.fleet().nameOf(id); })
    , m_proof(new PlainLabel(this, TextKind::Quiet))
    , m_waves(new WaveCards(this))
{
    m_sorted.setSourceModel(&m_targets);
    m_table = makeTable(&m_sorted, tr("Targets"), workspace, this);
    QTableView *table = m_table;
    m_target = new TargetPanel(workspace, this);
    m_target->hide();
    table->horizontalHeader()->setObjectName(QStringLiteral("targetsHeader"));
    table->setSortingEnabled(true);
    table->sortByColumn(static_cast<int>(models::TargetColumn::Wave), Qt::AscendingOrder);
    setWidths(table, {118, 64, 108, 62});
    m_proof->setWordWrap(true);
    m_proof->setContentsMargins(common::space::page, common::space::small, common::space::page, common::space::page);

    auto *top = new QWidget(this);
    auto *topLayout = new QVBoxLayout(top);
    topLayout->setContentsMargins(common::space::page, common::space::page, common::space::page, common::space::page);
    topLayout->setSpacing(common::space::small);
    topLayout->addWidget(makeBar());
    topLayout->addWidget(m_waves);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(top);
    layout->addWidget(table, 1);
    layout->addWidget(m_target);
    layout->addWidget(m_proof);

    connect(table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &RolloutView::showTarget);
    connect(m_target, &TargetPanel::gatewayRequested, this, &RolloutView::gatewayRequested);
    connect(&workspace, &Workspace::second, this, &RolloutView::tick);
    m_namesSoon.setSingleShot(true);
    m_namesSoon.setInterval(1000);
    connect(&m_namesSoon, &QTimer::timeout, &m_targets, &models::TargetModel::refreshNames);
    connect(&workspace, &Workspace::fleetApplied, this, [this] {
        if (!m_namesSoon.isActive())
            m_namesSoon.start();
    });
}

QWidget *RolloutView::makeBar()
{
    auto *bar = new QWidget(this);
    m_title = new PlainLabel(bar, TextKind::Title);
    m_title->setMinimumWidth(20);
    m_title->makeSelectable();
    m_subtitle = new PlainLabel(bar, TextKind::Quiet);
    m_subtitle->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_halt = new QPushButton(tr("Halt"), bar);
    m_resume = new QPushButton(tr("Resume…"), bar);
    m_end = new QPushButton(tr("End…"), bar);
    m_back = new QPushButton(bar);
    setLook(m_back, Look::Danger);
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(common::space::small);
    layout->addWidget(m_title);
    layout->addWidget(m_subtitle, 1);
    for (QPushButton *button : {m_halt, m_resume, m_end, m_back})
        layout->addWidget(button);
    // Halting is safe and must be quick: no question.
    connect(m_halt, &QPushButton::clicked, this, [this] { act(Act::Halt); });
    connect(m_resume, &QPushButton::clicked, this, &RolloutView::askResume);
    connect(m_end, &QPushButton::clicked, this, &RolloutView::askEnd);
    connect(m_back, &QPushButton::clicked, this, &RolloutView::askRollBack);
    return bar;
}

void RolloutView::show(const models::RolloutPtr &rollout)
{
    m_rollout = rollout;
    m_targets.show(rollout, m_workspace.now());
    m_waves->show(*rollout);
    updateHeader();
    showTarget();
}

/// The current target; where none is, the first that failed, since that is what one comes to see.
void RolloutView::showTarget()
{
    if (!m_rollout)
        return;
    const QByteArray chosen = m_table->currentIndex().data(models::IdRole).toByteArray();
    const auto &targets = m_rollout->targets;
    auto found = std::ranges::find_if(
        targets, [&](const domain::RolloutTarget &target) { return target.gateway.bytes() == chosen; });
    if (found == targets.end())
        found =
            std::ranges::find_if(targets, [](const domain::RolloutTarget &target) { return !target.error.isEmpty(); });
    m_target->setVisible(found != targets.end());
    if (found != targets.end())
        m_target->show(*found);
}

void RolloutView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    tick(); // it stood still while hidden
}

void RolloutView::tick()
{
    if (!m_rollout || !isVisible())
        return;
    m_targets.tick(m_workspace.now());
    updateHeader();
}

void RolloutView::updateHeader()
{
    const domain::Rollout &rollout = *m_rollout;
    const domain::WallTime now = m_workspace.now();
    m_title->setText(
        tr("%1 \u2192 %2")
            .arg(common::versionText(rollout.ref.config, rollout.ref.version), common::oneLine(rollout.selector, 60)));
    m_title->setToolTip(common::toolTip(rollout.selector));
    QString subtitle = tr("started %1 by %2").arg(common::ago(rollout.createdAt, now), common::authorWord(rollout.by));
    if (rollout.inForce)
        subtitle += tr(", in force for gateways that appear later");
    m_subtitle->setText(subtitle);
    m_subtitle->setToolTip(common::exactTime(rollout.createdAt));
    m_proof->setText(
        tr("Proven means: the gateway reports this version as applied, its effective config contains everything in it, "
           "and it stays healthy for %1. The first failure halts the rollout%2.")
            .arg(common::duration(rollout.options.soak),
                 rollout.options.putBack ? tr(" and puts the last proven version back") : QString()));

    const bool isGoingBack = rollout.state == RolloutState::RollingBack;
    const bool isOpen = rollout.state == RolloutState::Running || rollout.state == RolloutState::Halted || isGoingBack;
    m_halt->setVisible(rollout.state == RolloutState::Running);
    m_resume->setVisible((rollout.state == RolloutState::Halted || rollout.state == RolloutState::Failed) &&
                         !rollout.isGivenUp);
    m_end->setVisible(isOpen || rollout.inForce);
    const int back = backCount(rollout);
    m_back->setText(tr("Roll back %1…").arg(back));
    m_back->setVisible(rollout.state != RolloutState::RolledBack && !isGoingBack && back > 0);
}

void RolloutView::askResume()
{
    const models::TargetCounts counts = models::countTargets(*m_rollout);
    const int again = counts.failed + counts.rolledBack;
    ask(this,
        {tr("Resume"), tr("Resume the rollout of %1?").arg(m_title->text()),
         again > 0 ? tr("%n gateway(s) where it failed get it once more, then it goes on.", nullptr, again)
                   : tr("It goes on with the next targets."),
         tr("Resume"), false},
        [this, id = m_rollout->id] {
            if (m_rollout->id == id)
                act(Act::Resume);
        });
}

void RolloutView::askRollBack()
{
    ask(this,
        {tr("Roll back"), tr("Roll back %1?").arg(m_title->text()),
         tr("%n gateway(s) get the version that was proven there before, offline ones when they return. Gateways that "
            "were not reached yet are left out. The rollout is rolled back once each was seen to run that version.",
            nullptr, backCount(*m_rollout)),
         tr("Roll back"), true},
        [this, id = m_rollout->id] {
            if (m_rollout->id == id)
                act(Act::RollBack);
        });
}

void RolloutView::askEnd()
{
    const bool isOpen = !m_rollout->inForce;
    ask(this,
        {tr("End"), tr("End the rollout of %1?").arg(m_title->text()),
         isOpen
             ? m_rollout->state == RolloutState::RollingBack
                   ? tr("Gateways that were not seen to be back stay as they are, and the rollback counts as failed.")
                   : tr("No further gateway gets it. What was sent stays where it is.")
             : tr("Gateways that appear later do not get it any more. Nothing changes where it is."),
         tr("End"), isOpen},
        [this, id = m_rollout->id] {
            if (m_rollout->id == id)
                act(Act::End);
        });
}

void RolloutView::act(Act what)
{
    m_workspace.operations().act(this, what, m_rollout->id, [this](const app::Outcome<app::Nothing> &outcome) {
        if (!outcome)
            tell(this, tr("Not done"), outcome.error());
    });
}

} // namespace flowgate::ui
