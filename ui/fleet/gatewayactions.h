// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/changefeed.h"
#include "ui/fleet/labelchange.h"

#include <QWidget>

class QMenu;

namespace flowgate::ui {

class Workspace;

using Gateways = std::vector<app::GatewayPtr>;

/// What an operator can do with chosen gateways, with the questions before and the failures after.
class GatewayActions final : public QObject
{
    Q_OBJECT
public:
    /// @param window  what dialogs belong to
    GatewayActions(Workspace &workspace, QWidget *window);

    void label(const Gateways &gateways);
    /// The labels of one gateway as they were typed in the table: "env=lab site=ber" is all it has then.
    void editLabels(const app::GatewayPtr &gateway, const QString &text);
    void restart(const Gateways &gateways);
    void forget(const Gateways &gateways);
    void copyIds(const Gateways &gateways);
    void admit(const Gateways &gateways, domain::Admission admission);
    /// @p gateway is @p gone, which came back with a new id.
    void link(const app::GatewayPtr &gone, const app::GatewayPtr &gateway);
    /// Adds all of them to @p menu for these gateways; what cannot be done is off, with the reason.
    void fill(QMenu &menu, const Gateways &gateways);

private:
    void fillAdmission(QMenu &menu, const Gateways &gateways);
    /// With a way back, in the workspace's undo stack.
    void change(const Gateways &gateways, const QStringList &changes);
    void apply(const LabelEdits &edits);
    /// Collects the failures of several answers and tells them once the last is here.
    std::function<void(const QString &name, const QString &failure)> collector(const QString &title, int count);

    Workspace &m_workspace;
    QWidget *m_window;
};

/// Why @p text cannot change labels; empty: it can.
[[nodiscard]] QString labelTrouble(const QString &text);

} // namespace flowgate::ui
