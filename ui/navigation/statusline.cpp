// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/navigation/statusline.h"

#include "ui/common/theme.h"
#include "ui/common/visibletext.h"
#include "ui/widgets/labels.h"
#include "ui/workspace.h"

#include <QLocale>

namespace flowgate::ui {

using common::Tone;

namespace {
constexpr int statusEvery = 5; // seconds
}

StatusLine::StatusLine(Workspace &workspace, const QStringList &endpoints, QWidget *parent)
    : QStatusBar(parent)
    , m_workspace(workspace)
    , m_endpoint(new StatusLabel(this))
    , m_connected(new PlainLabel(this, TextKind::Quiet))
    , m_rate(new PlainLabel(this, TextKind::Quiet))
    , m_database(new StatusLabel(this))
{
    setSizeGripEnabled(false);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_endpoint, m_connected, m_rate, m_database}) {
        widget->setContentsMargins(common::space::small, common::space::tiny, common::space::small,
                                   common::space::tiny);
        addWidget(widget);
    }
    const QString addresses = endpoints.join(QStringLiteral(", "));
    m_endpoint->show(endpoints.isEmpty()
                         ? common::StateWord{Tone::Bad, tr("Not listening")}
                         : common::StateWord{Tone::Good, tr("Listening on %1").arg(common::oneLine(addresses, 200))});
    m_endpoint->makeSelectable();
    connect(&workspace, &Workspace::second, this, [this] {
        m_connected->setText(tr("%1 connected").arg(m_workspace.fleet().connectedCount()));
        if (m_seconds++ % statusEvery == 0)
            askStatus();
    });
    m_connected->setText(tr("%1 connected").arg(0));
    showDatabase();
}

void StatusLine::setStoreTrouble(const QString &trouble)
{
    m_trouble = trouble;
    showDatabase();
}

void StatusLine::askStatus()
{
    m_workspace.operations().status(this, [this](const app::Outcome<app::Status> &status) {
        if (status)
            showStatus(*status);
    });
}

void StatusLine::showStatus(const app::Status &status)
{
    const domain::milliseconds now = m_workspace.clock().elapsed();
    if (m_messagesAt.count() > 0 && now > m_messagesAt && status.messages >= m_messages) {
        const double rate = 1000.0 * double(status.messages - m_messages) / double((now - m_messagesAt).count());
        m_rate->setText(tr("%1 messages/s").arg(QLocale().toString(rate, 'f', 1)));
    }
    m_messages = status.messages;
    m_messagesAt = now;
    m_databaseBytes = status.databaseBytes;
    m_trouble = status.databaseTrouble;
    showDatabase();
}

void StatusLine::showDatabase()
{
    if (!m_trouble.isEmpty()) {
        m_database->show({Tone::Bad, tr("The database does not take what happens")}, common::oneLine(m_trouble, 300));
        m_database->setToolTip(common::toolTip(m_trouble));
        return;
    }
    m_database->setToolTip({});
    m_database->show({Tone::Good, m_databaseBytes < 0
                                      ? tr("Database in order")
                                      : tr("Database %1").arg(QLocale().formattedDataSize(m_databaseBytes, 1))});
}

} // namespace flowgate::ui
