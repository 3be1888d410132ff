// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/navigation/statusline.h"

#include "ui/common/relativetime.h"
#include "ui/common/theme.h"
#include "ui/common/visibletext.h"
#include "ui/navigation/refusaltext.h"
#include "ui/navigation/statuspart.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/look.h"
#include "ui/workspace.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeySequence>
#include <QLocale>
#include <QPushButton>

namespace flowgate::ui {

using common::Tone;

namespace {

constexpr int statusEvery = 5; // seconds
constexpr domain::milliseconds patience{10'000};

QPushButton *flatButton(const QString &text, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    setLook(button, Look::Flat);
    return button;
}

/// What a gateway has to be given to trust us, in a sentence; empty: TLS is spoken nowhere.
QString certificateText(const std::optional<app::TlsFacts> &tls)
{
    if (!tls)
        return {};
    const QString facts = StatusLine::tr("Certificate of %1, until %2\nSHA-256 %3")
                              .arg(common::oneLine(tls->certificate.subject, 100),
                                   common::exactTime(tls->certificate.until), app::fingerprintText(*tls));
    return tls->isOwn
               ? facts + u'\n' +
                     StatusLine::tr("It was made here: gateways trust it once they are given tls-cert.pem of the "
                                    "data folder.")
               : facts;
}

} // namespace

StatusLine::StatusLine(Workspace &workspace, const QStringList &endpoints, QWidget *parent)
    : QStatusBar(parent)
    , m_workspace(workspace)
    , m_endpoints(endpoints)
    , m_endpoint(new StatusPart(this))
    , m_copy(flatButton({}, this))
    , m_fleet(new StatusPart(this))
    , m_hidden(flatButton({}, this))
    , m_rate(new StatusPart(this))
    , m_database(new StatusPart(this))
    , m_find(flatButton({}, this))
{
    setSizeGripEnabled(false);
    m_copy->setIcon(lineIcon(QStringLiteral("copy")));
    m_copy->setAccessibleName(tr("Copy the endpoint's address"));
    m_copy->setToolTip(tr("Copy the address that gateways connect to"));
    m_hidden->setToolTip(tr("The filter of the fleet hides them. Click to show all."));
    m_hidden->hide();
    m_find->setToolTip(tr("Any action, page, config or gateway"));
    for (QWidget *widget : std::initializer_list<QWidget *>{m_endpoint, m_copy, m_fleet, m_hidden, m_rate, m_database})
        addWidget(widget);
    addPermanentWidget(m_find);

    connect(m_copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_endpoints.join(u'\n')); });
    connect(m_hidden, &QPushButton::clicked, this, &StatusLine::showAllRequested);
    connect(m_find, &QPushButton::clicked, this, &StatusLine::findRequested);
    connect(&workspace, &Workspace::second, this, &StatusLine::tick);
    m_find->setAccessibleName(tr("Find anything"));
    m_fleet->setKeepsRoom(true);
    showEndpoint();
    showFleet();
    showDatabase();
    fit();
}

void StatusLine::resizeEvent(QResizeEvent *event)
{
    QStatusBar::resizeEvent(event);
    fit();
}

/// Where there is no room for all, what matters least goes first; the rest is cut with an ellipsis.
void StatusLine::fit()
{
    const QString key = QKeySequence(Qt::CTRL | Qt::Key_K).toString(QKeySequence::NativeText);
    const QString longText = tr("Find anything (%1)").arg(key);
    int needed = fontMetrics().horizontalAdvance(longText) + 4 * common::space::large;
    for (const StatusPart *part : {m_endpoint, m_fleet, m_database})
        needed += part->sizeHint().width() + common::space::small;
    for (const QPushButton *button : {m_copy, m_hidden})
        needed += button->isHidden() ? 0 : button->sizeHint().width() + common::space::small;
    const int rate = m_rateText.isEmpty() ? 0 : fontMetrics().horizontalAdvance(m_rateText) + 2 * common::space::large;
    m_rate->show(needed + rate <= width() ? m_rateText : QString());
    if (const QString text = needed <= width() ? longText : key; m_find->text() != text)
        m_find->setText(text);
}

void StatusLine::setStoreTrouble(const QString &trouble)
{
    m_trouble = trouble;
    showDatabase();
}

void StatusLine::setHidden(int hidden)
{
    m_hidden->setText(tr("%n hidden", nullptr, hidden));
    m_hidden->setVisible(hidden > 0);
}

void StatusLine::tick()
{
    showFleet();
    fit();
    if (m_seconds++ % statusEvery == 0)
        askStatus();
    showEndpoint();
}

/// One question at a time: as long as it is open, its age is what there is to say.
void StatusLine::askStatus()
{
    if (m_askedAt.count() > 0)
        return;
    m_askedAt = std::max(m_workspace.clock().elapsed(), domain::milliseconds(1));
    m_workspace.operations().status(this, [this](const app::Outcome<app::Status> &status) {
        m_askedAt = {};
        if (status)
            takeStatus(*status);
    });
}

void StatusLine::takeStatus(const app::Status &status)
{
    const domain::milliseconds now = m_workspace.clock().elapsed();
    if (m_messagesAt.count() > 0 && now > m_messagesAt && status.messages >= m_messages) {
        const double rate = 1000.0 * double(status.messages - m_messages) / double((now - m_messagesAt).count());
        m_rateText = tr("%1 messages/s").arg(QLocale().toString(rate, 'f', 1));
    }
    m_messages = status.messages;
    m_messagesAt = now;
    m_databaseBytes = status.databaseBytes;
    m_trouble = status.databaseTrouble;
    m_endpoints = status.endpoints;
    m_certificate = certificateText(status.tls);
    m_refusals = refusalText(status.refusals);
    m_networkGoneSince = status.networkGoneSince;
    Q_EMIT endpointsTold(status.publicEndpoint.isEmpty() ? status.endpoints : QStringList{status.publicEndpoint});
    showEndpoint();
    showDatabase();
    fit();
}

void StatusLine::showEndpoint()
{
    const domain::milliseconds silent =
        m_askedAt.count() > 0 ? m_workspace.clock().elapsed() - m_askedAt : domain::milliseconds{};
    m_copy->setVisible(!m_endpoints.isEmpty());
    if (silent >= patience)
        return m_endpoint->show(tr("No answer from the control plane for %1").arg(common::duration(silent)),
                                Tone::Attention,
                                tr("What is shown is what was known before. It may be busy, or stuck."));
    if (m_endpoints.isEmpty())
        return m_endpoint->show(tr("Not listening"), Tone::Bad, tr("No gateway can connect."));
    if (m_networkGoneSince)
        return m_endpoint->show(
            tr("No network since %1").arg(common::clockTime(*m_networkGoneSince, m_workspace.now())), Tone::Bad,
            tr("This machine has no network. Gateways on other machines count as not observed until it is back."));
    QStringList more{m_certificate, m_refusals};
    more.removeAll(QString());
    m_endpoint->show(tr("Listening on %1").arg(common::oneLine(m_endpoints.join(QStringLiteral(", ")), 500)),
                     Tone::Good, more.join(u'\n'));
}

/// The whole fleet, whatever a filter shows of it.
void StatusLine::showFleet()
{
    const int all = m_workspace.fleet().rowCount();
    if (all == 0)
        return m_fleet->show(tr("No gateway yet"));
    const QLocale locale;
    m_fleet->show(
        tr("%1 of %2 connected").arg(locale.toString(m_workspace.fleet().connectedCount()), locale.toString(all)));
}

void StatusLine::showDatabase()
{
    if (!m_trouble.isEmpty())
        return m_database->show(tr("The database does not take what happens: %1").arg(common::oneLine(m_trouble, 300)),
                                Tone::Bad);
    m_database->show(m_databaseBytes < 0 ? tr("Database in order")
                                         : tr("Database %1").arg(QLocale().formattedDataSize(m_databaseBytes, 1)),
                     Tone::Good);
}

} // namespace flowgate::ui
