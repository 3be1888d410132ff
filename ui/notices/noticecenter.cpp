// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notices/noticecenter.h"

#include "ui/common/visibletext.h"
#include "ui/common/words.h"
#include "ui/mainwindow.h"
#include "ui/notices/mutes.h"
#include "ui/workspace.h"

#include <QApplication>
#include <QMessageBox>
#include <QPushButton>
#include <QTime>

#include <algorithm>

namespace flowgate::ui {

using namespace std::chrono_literals;
using domain::HealthState;
using domain::PresenceState;

namespace {

constexpr size_t mostNames = 3;

domain::GatewayId gatewayOf(const Trouble &trouble)
{
    return domain::GatewayId(QByteArray::fromHex(trouble.about.toLatin1()));
}

} // namespace

NoticeCenter::NoticeCenter(Workspace &workspace, MainWindow &window, std::unique_ptr<Tray> tray)
    : m_workspace(workspace)
    , m_window(window)
    , m_tray(std::move(tray))
{
    connect(&m_menu, &QMenu::aboutToShow, this, &NoticeCenter::fillMenu);
    fillMenu();
    m_tray->setMenu(m_menu);
    connect(m_tray.get(), &Tray::activated, this, &NoticeCenter::showWindow);
    connect(m_tray.get(), &Tray::noticeClicked, this, &NoticeCenter::open);
    connect(&workspace, &Workspace::second, this, &NoticeCenter::look);
    connect(&workspace.mutes(), &Mutes::changed, this, &NoticeCenter::look);
    window.setCloseGuard([this] { return keepsServing(); });
}

NoticeCenter::~NoticeCenter()
{
    m_window.setCloseGuard({});
}

std::vector<Trouble> NoticeCenter::troubles() const
{
    std::vector<Trouble> all;
    for (const models::RolloutPtr &rollout : m_workspace.rollouts().rows()) {
        if (rollout->state == domain::RolloutState::Failed || rollout->state == domain::RolloutState::Halted)
            all.push_back({Trouble::Kind::Rollout, rollout->id, rollout->createdAt});
    }
    for (const models::GatewayRow &row : m_workspace.fleet().rows()) {
        const domain::Gateway &gateway = *row.gateway;
        const PresenceState presence = gateway.presence.state;
        const bool isLost = presence == PresenceState::Lost || presence == PresenceState::Silent;
        const bool isUnhealthy = presence == PresenceState::Connected && gateway.health.state == HealthState::Unhealthy;
        if ((!isLost && !isUnhealthy) || m_workspace.mutes().isMuted(gateway.id))
            continue;
        all.push_back({isLost ? Trouble::Kind::Lost : Trouble::Kind::Unhealthy, gateway.id.hex(),
                       isLost ? gateway.presence.since : gateway.health.since});
    }
    return all;
}

void NoticeCenter::look()
{
    NoticeDecision decision = decideNotices(troubles(), m_workspace.preferences().notices(), m_workspace.now(),
                                            QTime::currentTime().hour(), std::move(m_memory));
    m_memory = std::move(decision.memory);
    if (!m_workspace.mutes().isAllMuted()) {
        for (const Notice &notice : decision.notices)
            tell(notice);
    }
    if (decision.badge == m_badge)
        return;
    m_badge = decision.badge;
    m_tray->show(trayIcon(m_badge), m_badge == 0 ? tr("Flowgate: nothing needs attention")
                                                 : tr("Flowgate: %n need(s) attention", "", m_badge));
}

QString NoticeCenter::nameOf(const Trouble &trouble) const
{
    if (trouble.kind == Trouble::Kind::Rollout) {
        const models::RolloutPtr rollout = m_workspace.rollouts().find(trouble.about);
        return rollout ? common::versionText(rollout->ref) : trouble.about;
    }
    return common::oneLine(m_workspace.fleet().nameOf(gatewayOf(trouble)), 80);
}

void NoticeCenter::tell(const Notice &notice)
{
    QStringList names;
    for (size_t i = 0; i < std::min(notice.troubles.size(), mostNames); ++i)
        names.append(nameOf(notice.troubles[i]));
    if (notice.troubles.size() > mostNames)
        names.append(tr("and %n more", "", static_cast<int>(notice.troubles.size() - mostNames)));
    const int count = static_cast<int>(notice.troubles.size());
    QString title;
    switch (notice.kind) {
    case Notice::Kind::Rollout:
        title =
            count == 1 ? tr("A rollout failed or was halted") : tr("%n rollout(s) failed or were halted", "", count);
        break;
    case Notice::Kind::Unhealthy:
        title = tr("%n gateway(s) unhealthy", "", count);
        break;
    case Notice::Kind::Lost:
        title = tr("%n gateway(s) lost", "", count);
        break;
    case Notice::Kind::AfterQuiet:
        title = tr("Since the quiet hours began: %n need(s) attention", "", count);
        break;
    }
    m_last = notice;
    m_tray->tell(title, names.join(QStringLiteral(", ")));
}

/// The one thing that the last notice was about, or the part of the fleet.
void NoticeCenter::open()
{
    showWindow();
    if (m_last.troubles.empty())
        return;
    const Trouble &first = m_last.troubles.front();
    if (first.kind == Trouble::Kind::Rollout)
        m_window.openRollout(first.about);
    else if (m_last.troubles.size() == 1)
        m_window.openGateway(gatewayOf(first));
    else
        m_window.openPart(first.kind == Trouble::Kind::Lost ? models::FleetPart::Away : models::FleetPart::Unhealthy);
}

void NoticeCenter::fillMenu()
{
    m_menu.clear();
    m_menu.addAction(tr("Show Flowgate"), this, &NoticeCenter::showWindow);
    const auto count = [this](Trouble::Kind kind) {
        return static_cast<int>(
            std::ranges::count_if(troubles(), [kind](const Trouble &trouble) { return trouble.kind == kind; }));
    };
    if (const int unhealthy = count(Trouble::Kind::Unhealthy); unhealthy > 0)
        m_menu.addAction(tr("%n gateway(s) unhealthy", "", unhealthy), this, [this] {
            showWindow();
            m_window.openPart(models::FleetPart::Unhealthy);
        });
    if (const int lost = count(Trouble::Kind::Lost); lost > 0)
        m_menu.addAction(tr("%n gateway(s) lost", "", lost), this, [this] {
            showWindow();
            m_window.openPart(models::FleetPart::Away);
        });
    m_menu.addSeparator();
    m_menu.addAction(tr("Tell nothing for an hour"), this, [this] { m_workspace.mutes().muteAll(1h); })
        ->setEnabled(!m_workspace.mutes().isAllMuted());
    m_menu.addSeparator();
    m_menu.addAction(tr("Quit"), &m_window, &MainWindow::quit);
}

void NoticeCenter::showWindow()
{
    QApplication::setQuitOnLastWindowClosed(true);
    m_window.comeToFront();
}

bool NoticeCenter::keepsServing()
{
    if (!m_tray->isThere())
        return false;
    switch (m_workspace.preferences().notices().onClose) {
    case NoticeSettings::OnClose::Quit:
        return false;
    case NoticeSettings::OnClose::KeepServing:
        hideWindow();
        return true;
    case NoticeSettings::OnClose::Ask:
        askWhetherToServe();
        return true;
    }
    return false;
}

void NoticeCenter::hideWindow()
{
    // A gateway's own window that is closed later must not end the program.
    QApplication::setQuitOnLastWindowClosed(false);
    m_window.hide();
}

void NoticeCenter::askWhetherToServe()
{
    if (m_window.findChild<QMessageBox *>(QStringLiteral("whetherToServe")))
        return; // it is being asked already
    auto *box = new QMessageBox(QMessageBox::Question, tr("Close the window"),
                                tr("Keep serving gateways without the window?"), QMessageBox::NoButton, &m_window);
    box->setObjectName(QStringLiteral("whetherToServe"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(
        tr("Flowgate goes on in the tray: gateways stay connected, and what happens is written down "
           "and told. The answer is remembered; Settings changes it."));
    const QPushButton *keep = box->addButton(tr("Keep serving in the tray"), QMessageBox::AcceptRole);
    const QPushButton *quit = box->addButton(tr("Quit"), QMessageBox::DestructiveRole);
    box->setEscapeButton(box->addButton(QMessageBox::Cancel));
    connect(box, &QMessageBox::buttonClicked, this, [this, keep, quit](const QAbstractButton *button) {
        NoticeSettings settings = m_workspace.preferences().notices();
        if (button == keep)
            settings.onClose = NoticeSettings::OnClose::KeepServing;
        else if (button == quit)
            settings.onClose = NoticeSettings::OnClose::Quit;
        else
            return;
        m_workspace.preferences().setNotices(settings);
        if (button == keep)
            hideWindow();
        else
            m_window.quit();
    });
    box->open();
}

} // namespace flowgate::ui
