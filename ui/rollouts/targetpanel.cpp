// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rollouts/targetpanel.h"

#include "ui/common/relativetime.h"
#include "ui/common/theme.h"
#include "ui/common/visibletext.h"
#include "ui/common/words.h"
#include "ui/widgets/labels.h"
#include "ui/workspace.h"

#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>

namespace flowgate::ui {

namespace {

constexpr std::chrono::seconds near{60}; // before and after the step began
constexpr qsizetype mostLines = 12;

} // namespace

TargetPanel::TargetPanel(Workspace &workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_name(new PlainLabel(this, TextKind::Heading))
    , m_step(new StatusLabel(this))
    , m_text(new QPlainTextEdit(this))
    , m_open(new QPushButton(tr("Open gateway"), this))
{
    m_text->setReadOnly(true);
    m_text->setTabChangesFocus(true);
    m_text->setMinimumHeight(70);
    m_text->setMaximumHeight(150);
    m_text->setAccessibleName(tr("What was seen at the chosen target"));
    m_open->setToolTip(tr("Its details on the Fleet page"));
    auto *bar = new QHBoxLayout;
    bar->setSpacing(common::space::small);
    bar->addWidget(m_name);
    bar->addWidget(m_step, 1);
    bar->addWidget(m_open);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(common::space::page, common::space::small, common::space::page, 0);
    layout->setSpacing(common::space::small);
    layout->addLayout(bar);
    layout->addWidget(m_text);
    connect(m_open, &QPushButton::clicked, this, [this] { Q_EMIT gatewayRequested(m_gateway); });
}

void TargetPanel::show(const domain::RolloutTarget &target)
{
    m_gateway = target.gateway;
    m_name->setText(common::oneLine(m_workspace.fleet().nameOf(target.gateway), 80));
    m_step->show(common::stateWord(target.step),
                 tr("since %1").arg(common::clockTime(target.since, m_workspace.now())));
    QStringList lines;
    if (!target.error.isEmpty())
        lines.append(common::manyLines(target.error.trimmed(), 8000));
    const app::GatewayPtr gateway = m_workspace.fleet().find(target.gateway);
    if (gateway && !gateway->health.why.isEmpty() && gateway->health.why != target.error)
        lines.append(tr("Health now: %1").arg(common::oneLine(gateway->health.why, 600)));
    const QStringList events = nearby(target);
    if (!events.isEmpty()) {
        if (!lines.isEmpty())
            lines.append(QString());
        lines.append(tr("Within a minute of it:"));
        lines += events;
    }
    if (lines.isEmpty())
        lines.append(tr("Nothing was seen here yet."));
    const QString text = lines.join(u'\n');
    if (m_text->toPlainText() != text)
        m_text->setPlainText(text); // else the place and what is marked stay
}

QStringList TargetPanel::nearby(const domain::RolloutTarget &target) const
{
    QStringList lines;
    for (const domain::Event &event : m_workspace.events().events()) {
        if (event.gateway != target.gateway || event.at > target.since + near)
            continue;
        if (event.at < target.since - near || lines.size() >= mostLines)
            break; // newest first
        lines.append(QStringLiteral("%1  %2  %3")
                         .arg(common::clockTime(event.at, m_workspace.now()), common::eventKindWord(event.kind),
                              common::oneLine(event.text, 300)));
    }
    return lines;
}

} // namespace flowgate::ui
