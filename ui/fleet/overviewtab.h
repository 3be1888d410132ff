// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/changefeed.h"
#include "ui/fleet/gatewayactions.h"

#include <QScrollArea>

namespace flowgate::ui {

class AdmissionCard;
class GhostCard;
class FactList;
class Workspace;

/// Who a gateway is and how it fares, as a list of facts with the moment each rests on.
class OverviewTab final : public QScrollArea
{
    Q_OBJECT
public:
    explicit OverviewTab(Workspace &workspace, QWidget *parent = nullptr);

    void show(const app::GatewayPtr &gateway);

Q_SIGNALS:
    /// Others with the same value are asked for, by a selector's term.
    void filterRequested(const QString &term);
    void admissionRequested(const flowgate::ui::Gateways &gateways, flowgate::domain::Admission admission);
    /// The gateway is that one, which is gone.
    void linkRequested(const flowgate::app::GatewayPtr &gone, const flowgate::app::GatewayPtr &gateway);

private:
    void refresh();
    [[nodiscard]] app::GatewayPtr ghost() const;

    Workspace &m_workspace;
    app::GatewayPtr m_gateway;
    AdmissionCard *m_admission = nullptr;
    GhostCard *m_ghost = nullptr;
    FactList *m_facts = nullptr;
};

} // namespace flowgate::ui
