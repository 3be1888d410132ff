// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/failurecard.h"

#include "ui/common/relativetime.h"
#include "ui/common/theme.h"
#include "ui/common/visibletext.h"
#include "ui/common/words.h"
#include "ui/models/logmodel.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/look.h"
#include "ui/widgets/toneshape.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace flowgate::ui {

FailureCard::FailureCard(QWidget *parent)
    : QFrame(parent)
    , m_title(new PlainLabel(this, TextKind::Heading))
    , m_words(new PlainLabel(this, TextKind::Mono))
    , m_note(new PlainLabel(this, TextKind::Quiet))
    , m_nearTitle(new PlainLabel(tr("What it logged around that time:"), TextKind::Quiet, this))
    , m_near(new PlainLabel(this, TextKind::Mono))
    , m_putBack(new QPushButton(this))
    , m_open(new QPushButton(this))
{
    setLook(this, Look::BadCard);
    m_title->setWordWrap(true);
    m_note->setWordWrap(true);
    setLook(m_putBack, Look::Primary);
    auto *top = new QHBoxLayout;
    top->setSpacing(common::space::small);
    top->addWidget(new ToneShape(common::Tone::Bad, this), 0, Qt::AlignTop);
    top->addWidget(m_title, 1);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(common::space::small);
    buttons->addWidget(m_putBack);
    buttons->addWidget(m_open);
    buttons->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(common::space::page, common::space::page, common::space::page, common::space::page);
    layout->setSpacing(common::space::small);
    layout->addLayout(top);
    layout->addWidget(m_words);
    layout->addWidget(m_note);
    layout->addWidget(m_nearTitle);
    layout->addWidget(m_near);
    showNear({});
    layout->addLayout(buttons);
    connect(m_putBack, &QPushButton::clicked, this, [this] {
        if (m_back)
            Q_EMIT putBackRequested(QStringLiteral("%1@%2").arg(m_back->config).arg(m_back->version));
    });
    connect(m_open, &QPushButton::clicked, this, [this] {
        if (m_failed)
            Q_EMIT openConfigRequested(m_failed->config, m_failed->version);
    });
    hide();
}

void FailureCard::show(const domain::Gateway &gateway, domain::WallTime now)
{
    const bool isUnhealthy = gateway.health.state == domain::HealthState::Unhealthy;
    m_back.reset();
    m_failed.reset();
    if (gateway.lastFailed)
        showFailedConfig(gateway, now);
    else if (isUnhealthy)
        showUnhealthy(gateway, now);
    m_putBack->setVisible(m_back.has_value());
    m_open->setVisible(m_failed.has_value());
    setVisible(isUnhealthy || gateway.lastFailed);
}

void FailureCard::showFailedConfig(const domain::Gateway &gateway, domain::WallTime now)
{
    const domain::LastFailed &failed = *gateway.lastFailed;
    m_failed = failed.ref;
    m_title->setText(tr("Config %1 failed here %2")
                         .arg(common::oneLine(common::versionText(failed.ref), 100), common::ago(failed.at, now)));
    m_title->setToolTip(common::toolTip(common::exactTime(failed.at)));
    showWords(failed.error);
    m_open->setText(tr("Open %1").arg(common::oneLine(common::versionText(failed.ref), 60)));

    const bool isWanted = gateway.wanted && gateway.wanted->hash == failed.ref.hash;
    const bool isBack = gateway.lastProven && gateway.wanted && gateway.wanted->hash == gateway.lastProven->hash;
    QStringList notes;
    if (gateway.health.state == domain::HealthState::Unhealthy && gateway.health.why != failed.error)
        notes.append(tr("Now unhealthy: %1").arg(common::oneLine(gateway.health.why, 400)));
    if (isBack && gateway.config.state == domain::ConfigState::InSync)
        notes.append(tr("%1 is back and in sync.").arg(common::versionText(gateway.lastProven)));
    else if (isBack)
        notes.append(tr("%1 is on its way back.").arg(common::versionText(gateway.lastProven)));
    else if (isWanted && gateway.lastProven && gateway.lastProven->hash != failed.ref.hash)
        m_back = gateway.lastProven;
    else if (isWanted)
        notes.append(tr("No version was ever proven here, so there is nothing to put back."));
    m_note->setText(notes.join(u'\n'));
    m_note->setVisible(!notes.isEmpty());
    if (m_back)
        m_putBack->setText(tr("Put %1 back…").arg(common::oneLine(common::versionText(m_back), 60)));
}

void FailureCard::showUnhealthy(const domain::Gateway &gateway, domain::WallTime now)
{
    m_title->setText(tr("Unhealthy for %1").arg(common::age(gateway.health.since, now)));
    m_title->setToolTip(common::toolTip(common::exactTime(gateway.health.since)));
    showWords(gateway.health.why);
    m_note->hide();
}

/// The card must leave room for the tree: what is long is cut, and whole in the tool tip.
void FailureCard::showWords(const QString &words)
{
    constexpr qsizetype most = 900;
    const QString text = words.trimmed();
    m_words->setForeign(text.isEmpty()        ? tr("The gateway gave no reason.")
                        : text.size() <= most ? text
                                              : text.left(most) + QChar(0x2026));
    m_words->setToolTip(text.size() <= most ? QString() : common::toolTip(text));
}

void FailureCard::showNear(const std::vector<telemetry::LogLine> &lines)
{
    constexpr qsizetype longest = 300;
    QStringList texts;
    for (const telemetry::LogLine &line : lines)
        texts.append(models::severityWord(line) + QStringLiteral(": ") + common::oneLine(line.text, longest));
    m_near->setForeign(texts.join(u'\n'));
    m_near->setVisible(!texts.isEmpty());
    m_nearTitle->setVisible(!texts.isEmpty());
}

void FailureCard::goToReason()
{
    m_words->setFocus(Qt::ShortcutFocusReason);
}

} // namespace flowgate::ui
