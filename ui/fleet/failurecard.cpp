// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/failurecard.h"

#include "ui/common/relativetime.h"
#include "ui/common/visibletext.h"
#include "ui/common/words.h"
#include "ui/models/logmodel.h"
#include "ui/widgets/labels.h"

#include <QPushButton>

namespace flowgate::ui {

FailureCard::FailureCard(QWidget *parent)
    : Card(common::Tone::Bad, Look::BadCard, parent)
    , m_words(new PlainLabel(this, TextKind::Mono))
    , m_note(new PlainLabel(this, TextKind::Quiet))
    , m_nearTitle(new PlainLabel(tr("What it logged around that time:"), TextKind::Quiet, this))
    , m_near(new PlainLabel(this, TextKind::Mono))
    , m_putBack(new QPushButton(this))
    , m_open(new QPushButton(this))
{
    m_note->setWordWrap(true);
    setLook(m_putBack, Look::Primary);
    for (PlainLabel *label : {m_words, m_note, m_nearTitle, m_near})
        add(label);
    showNear({});
    addButtons({m_putBack, m_open});
    connect(m_putBack, &QPushButton::clicked, this, [this] {
        if (m_back)
            Q_EMIT putBackRequested(QStringLiteral("%1@%2").arg(m_back->config).arg(m_back->version));
    });
    connect(m_open, &QPushButton::clicked, this, [this] {
        if (m_failed)
            Q_EMIT openConfigRequested(m_failed->config, m_failed->version);
    });
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
    title().setText(tr("Config %1 failed here %2")
                        .arg(common::oneLine(common::versionText(failed.ref), 100), common::ago(failed.at, now)));
    title().setToolTip(common::toolTip(common::exactTime(failed.at)));
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
    title().setText(tr("Unhealthy for %1").arg(common::age(gateway.health.since, now)));
    title().setToolTip(common::toolTip(common::exactTime(gateway.health.since)));
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
