// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/changefeed.h"
#include "ui/widgets/card.h"

#include <QSet>

namespace flowgate::ui {

/// That a gateway looks like one that is gone, which restarted with a new id: a guess, for a person to judge. Hides
/// itself where there is no such one, and where somebody said that they are two.
class GhostCard final : public Card
{
    Q_OBJECT
public:
    explicit GhostCard(QWidget *parent = nullptr);

    /// @param gone      the one that it may have been; null: there is none
    /// @param goneName  how that one is called
    void show(const app::GatewayPtr &gateway, const app::GatewayPtr &gone, const QString &goneName,
              domain::WallTime now);

Q_SIGNALS:
    /// This gateway is that one.
    void linkRequested(const flowgate::app::GatewayPtr &gone);

private:
    app::GatewayPtr m_gateway;
    app::GatewayPtr m_gone;
    QSet<QByteArray> m_different; ///< ids of both, one after the other
    PlainLabel *m_note = nullptr;
};

} // namespace flowgate::ui
