// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/fleet/gatewayactions.h"

#include <QHash>
#include <QPointer>

namespace flowgate::ui {

/// Windows beside the main one: the details of one gateway, which stay whatever is chosen in the table, and gateways
/// compared.
class GatewayWindows final : public QObject
{
    Q_OBJECT
public:
    GatewayWindows(Workspace &workspace, QWidget *owner);

    void open(const app::GatewayPtr &gateway);
    void compare(const Gateways &gateways);
    /// Adds both to @p menu; what cannot be done is off, with the reason.
    void fill(QMenu &menu, const Gateways &gateways);

Q_SIGNALS:
    void rollOutRequested(const QString &config, const QString &selector);
    void openConfigRequested(const QString &config, int version);
    void filterRequested(const QString &term);
    void labelRequested(const flowgate::app::GatewayPtr &gateway);
    void admissionRequested(const flowgate::ui::Gateways &gateways, flowgate::domain::Admission admission);
    void linkRequested(const flowgate::app::GatewayPtr &gone, const flowgate::app::GatewayPtr &gateway);

private:
    Workspace &m_workspace;
    QWidget *m_owner;
    QHash<domain::GatewayId, QPointer<QWidget>> m_open;
};

} // namespace flowgate::ui
