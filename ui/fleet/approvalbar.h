// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/gatewayfiltermodel.h"

#include <QFrame>

namespace flowgate::ui {

class StatusLabel;

/// A thin bar that says how many gateways wait for approval, and leads to them. Hides itself where none does, and where
/// they are what is looked at.
class ApprovalBar final : public QFrame
{
    Q_OBJECT
public:
    explicit ApprovalBar(QWidget *parent = nullptr);

    void count(const models::GatewayModel &fleet, models::FleetPart shown);

Q_SIGNALS:
    void showRequested();

private:
    StatusLabel *m_text = nullptr;
};

} // namespace flowgate::ui
