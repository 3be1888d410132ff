// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rollouts/wavecards.h"

#include "ui/common/theme.h"
#include "ui/common/visibletext.h"
#include "ui/common/words.h"
#include "ui/models/rolloutcounts.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/look.h"

#include <QHBoxLayout>
#include <QProgressBar>

#include <algorithm>

namespace flowgate::ui {

using common::Tone;
using domain::Rollout;
using domain::RolloutState;
using models::TargetCounts;

namespace {

QString joined(const QStringList &parts)
{
    return parts.join(QStringLiteral(" \u00b7 "));
}

QString progressText(const TargetCounts &counts)
{
    QStringList parts;
    parts.append(WaveCards::tr("%1 of %2 proven").arg(counts.done - counts.unproven).arg(counts.total));
    const auto add = [&](int count, const QString &words) {
        if (count > 0)
            parts.append(words.arg(count));
    };
    add(counts.unproven, WaveCards::tr("%1 cannot be proven"));
    add(counts.underWay, WaveCards::tr("%1 under way"));
    add(counts.toCome, WaveCards::tr("%1 to come"));
    add(counts.waiting, WaveCards::tr("%1 waiting: offline"));
    add(counts.failed, WaveCards::tr("%1 failed"));
    add(counts.rollingBack, WaveCards::tr("%1 rolling back"));
    add(counts.rolledBack, WaveCards::tr("%1 rolled back"));
    add(counts.skipped, WaveCards::tr("%1 left out"));
    return joined(parts);
}

common::StateWord waveState(const Rollout &rollout, int wave, const TargetCounts &counts)
{
    const QString name = WaveCards::tr("Wave %1").arg(wave);
    if (counts.failed > 0)
        return {Tone::Bad, name};
    if (counts.rolledBack > 0)
        return {Tone::Attention, name};
    if (counts.underWay > 0)
        return {Tone::UnderWay, name};
    if (counts.total > 0 && counts.done == counts.total)
        return {counts.unproven > 0 ? Tone::Attention : Tone::Good, name};
    return {wave < rollout.wave && counts.done > 0 ? Tone::Good : Tone::Unknown, name};
}

QString waveDetail(const Rollout &rollout, int wave, const TargetCounts &counts)
{
    QStringList parts;
    const auto add = [&](int count, const QString &words) {
        if (count > 0)
            parts.append(words.arg(count));
    };
    add(counts.done - counts.unproven, WaveCards::tr("%1 proven"));
    add(counts.unproven, WaveCards::tr("%1 cannot be proven"));
    add(counts.soaking, WaveCards::tr("%1 soaking"));
    add(counts.applying, WaveCards::tr("%1 applying"));
    add(counts.offered, WaveCards::tr("%1 offered"));
    add(wave <= rollout.wave ? counts.toCome : 0, WaveCards::tr("%1 queued"));
    add(counts.failed, WaveCards::tr("%1 failed"));
    add(counts.rolledBack, WaveCards::tr("%1 rolled back"));
    add(counts.waiting, WaveCards::tr("%1 waiting: offline"));
    add(counts.skipped, WaveCards::tr("%1 left out"));
    if (!parts.isEmpty())
        return joined(parts);
    return rollout.state == RolloutState::Running ? WaveCards::tr("starts when wave %1 is proven").arg(wave - 1)
                                                  : WaveCards::tr("not begun");
}

/// Why a rollout stands still: the first target that failed.
QString reasonOf(const Rollout &rollout)
{
    using domain::TargetStep;
    const auto failed = std::ranges::find_if(rollout.targets, [](const domain::RolloutTarget &target) {
        return !target.error.isEmpty() && (target.step == TargetStep::Failed || target.step == TargetStep::Unanswered ||
                                           target.step == TargetStep::RolledBack);
    });
    return failed == rollout.targets.end() ? QString() : failed->error;
}

} // namespace

int waveCount(const Rollout &rollout)
{
    int last = 1;
    for (const domain::RolloutTarget &target : rollout.targets)
        last = std::max(last, target.wave);
    return last;
}

WaveCards::WaveCards(QWidget *parent)
    : QWidget(parent)
    , m_banner(makeCard(Look::InfoCard))
    , m_progress(new QProgressBar(this))
    , m_row(new QWidget(this))
    , m_more(new PlainLabel(m_row, TextKind::Quiet))
{
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Progress of the rollout"));
    m_banner.frame->layout()->addWidget(m_progress);
    auto *row = new QHBoxLayout(m_row);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(common::space::small);
    for (int i = 0; i < mostCards; ++i) {
        m_cards.push_back(makeCard(Look::PlainCard));
        row->addWidget(m_cards.back().frame, 1);
    }
    row->addWidget(m_more);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(common::space::small);
    layout->addWidget(m_banner.frame);
    layout->addWidget(m_row);
}

WaveCards::Card WaveCards::makeCard(Look look)
{
    Card card;
    card.frame = new QFrame(this);
    setLook(card.frame, look);
    card.title = new StatusLabel(card.frame);
    card.detail = new PlainLabel(card.frame);
    card.detail->setMinimumWidth(20);
    card.detail->setWordWrap(true);
    auto *layout = new QVBoxLayout(card.frame);
    layout->setContentsMargins(common::space::page, common::space::small, common::space::page, common::space::small);
    layout->setSpacing(common::space::tiny);
    layout->addWidget(card.title);
    layout->addWidget(card.detail);
    return card;
}

void WaveCards::show(const Rollout &rollout)
{
    const TargetCounts counts = models::countTargets(rollout);
    const int waves = waveCount(rollout);
    const common::StateWord state = common::stateWord(rollout.state);
    const bool isRunning = rollout.state == RolloutState::Running;
    const bool isBad = state.tone == Tone::Bad || rollout.state == RolloutState::Halted;
    const bool isUnderWay = isRunning || rollout.state == RolloutState::RollingBack;
    setLook(m_banner.frame, isBad ? Look::BadCard : isUnderWay ? Look::InfoCard : Look::PlainCard);
    const QString title = isRunning ? tr("Wave %1 of %2").arg(std::min(rollout.wave, waves)).arg(waves) : state.word;
    m_banner.title->show({state.tone, title}, rollout.targets.empty() ? QString() : progressText(counts));
    const QString reason = isUnderWay ? QString() : reasonOf(rollout).trimmed();
    constexpr qsizetype most = 600;
    m_banner.detail->setForeign(reason.size() <= most ? reason : reason.left(most) + QChar(0x2026));
    m_banner.detail->setToolTip(reason.size() <= most ? QString() : common::toolTip(reason));
    m_banner.detail->setVisible(!reason.isEmpty());
    m_progress->setRange(0, std::max(counts.total, 1));
    m_progress->setValue(counts.done);
    m_progress->setVisible(isRunning);
    m_row->setVisible(!rollout.targets.empty());
    showWaves(rollout, waves);
}

void WaveCards::showWaves(const Rollout &rollout, int waves)
{
    for (int i = 0; i < mostCards; ++i) {
        const Card &card = m_cards[size_t(i)];
        card.frame->setVisible(i < waves);
        if (i >= waves)
            continue;
        const TargetCounts counts = models::countTargets(rollout, i + 1);
        card.title->show(waveState(rollout, i + 1, counts), tr("%n gateway(s)", nullptr, counts.total));
        card.detail->setText(waveDetail(rollout, i + 1, counts));
        card.detail->setToolTip(common::toolTip(card.detail->text()));
    }
    m_more->setVisible(waves > mostCards);
    m_more->setText(tr("and %1 more").arg(waves - mostCards));
}

} // namespace flowgate::ui
