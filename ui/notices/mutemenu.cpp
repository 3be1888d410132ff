// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notices/mutemenu.h"

#include "ui/common/relativetime.h"
#include "ui/workspace.h"

#include <QCoreApplication>
#include <QMenu>

#include <algorithm>

namespace flowgate::ui {

namespace {

struct MuteMenu
{
    Q_DECLARE_TR_FUNCTIONS(flowgate::MuteMenu)
};

} // namespace

void fillMuteMenu(QMenu &menu, Workspace &workspace, const std::vector<domain::GatewayId> &gateways)
{
    const auto add = [&](const QString &text, std::optional<std::chrono::hours> length) {
        menu.addAction(text, &workspace, [&workspace, gateways, length] {
            workspace.mutes().mute(gateways, length ? workspace.now() + *length : Mutes::always);
        });
    };
    add(MuteMenu::tr("Mute for an hour"), std::chrono::hours(1));
    add(MuteMenu::tr("Mute for 8 hours"), std::chrono::hours(8));
    add(MuteMenu::tr("Mute until unmuted"), std::nullopt);
    menu.addSeparator();
    QAction *unmute = menu.addAction(MuteMenu::tr("Unmute"), &workspace,
                                     [&workspace, gateways] { workspace.mutes().unmute(gateways); });
    unmute->setEnabled(std::ranges::any_of(gateways, [&workspace](const domain::GatewayId &gateway) {
        return workspace.mutes().mutedUntil(gateway, workspace.now()).has_value();
    }));
}

QString muteText(const Workspace &workspace, const domain::GatewayId &gateway)
{
    const auto until = workspace.mutes().mutedUntil(gateway, workspace.now());
    if (!until)
        return {};
    return *until == Mutes::always ? MuteMenu::tr("muted until unmuted")
                                   : MuteMenu::tr("muted until %1").arg(common::clockTime(*until, workspace.now()));
}

} // namespace flowgate::ui
