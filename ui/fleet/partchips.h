// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/gatewayfiltermodel.h"

#include <QWidget>

#include <array>

class QPushButton;

namespace flowgate::ui {

/// The fleet by state, in numbers: a button each narrows the table to that part. Parts without gateways hide.
class PartChips final : public QWidget
{
    Q_OBJECT
public:
    explicit PartChips(QWidget *parent = nullptr);

    void count(const models::GatewayModel &fleet);
    void choose(models::FleetPart part);

Q_SIGNALS:
    void chosen(flowgate::models::FleetPart part);

protected:
    void changeEvent(QEvent *event) override;

private:
    void dress();

    static constexpr auto partCount = static_cast<size_t>(models::FleetPart::Count);
    std::array<QPushButton *, partCount> m_chips{};
};

} // namespace flowgate::ui
