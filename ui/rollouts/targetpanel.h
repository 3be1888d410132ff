// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/rollout.h"

#include <QWidget>

class QPlainTextEdit;
class QPushButton;

namespace flowgate::ui {

class PlainLabel;
class StatusLabel;
class Workspace;

/// One target of a rollout: the reason of its failure in full, and what was seen at the gateway near that time.
class TargetPanel final : public QWidget
{
    Q_OBJECT
public:
    explicit TargetPanel(Workspace &workspace, QWidget *parent = nullptr);

    using QWidget::show;
    void show(const domain::RolloutTarget &target);

Q_SIGNALS:
    void gatewayRequested(const flowgate::domain::GatewayId &id);

private:
    [[nodiscard]] QStringList nearby(const domain::RolloutTarget &target) const;

    Workspace &m_workspace;
    domain::GatewayId m_gateway;
    PlainLabel *m_name = nullptr;
    StatusLabel *m_step = nullptr;
    QPlainTextEdit *m_text = nullptr;
    QPushButton *m_open = nullptr;
};

} // namespace flowgate::ui
