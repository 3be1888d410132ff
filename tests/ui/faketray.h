// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/notices/tray.h"

#include <QMenu>

#include <vector>

namespace flowgate::tests {

/// A tray that writes down what it was given.
class FakeTray final : public ui::Tray
{
public:
    [[nodiscard]] bool isAvailable() const override { return available; }
    void setBadge(const ui::TrayBadge &now) override { badge = now; }
    void setToolTip(const QString &text) override { toolTip = text; }
    void setMenu(QMenu &given) override { menu = &given; }
    void tell(const ui::TrayNotice &notice) override { told.push_back(notice); }

    /// The entry of the menu whose text begins so; null if there is none.
    [[nodiscard]] QAction *entry(const QString &begin) const
    {
        for (QAction *action : menu->actions()) {
            if (action->text().startsWith(begin))
                return action;
        }
        return nullptr;
    }
    /// The titles of what was told since the last call.
    [[nodiscard]] QStringList take()
    {
        QStringList titles;
        for (const ui::TrayNotice &notice : std::exchange(told, {}))
            titles.append(notice.title);
        return titles;
    }
    void setAvailable(bool now)
    {
        available = now;
        Q_EMIT availableChanged(now);
    }

    bool available = true;
    ui::TrayBadge badge;
    QString toolTip;
    QMenu *menu = nullptr;
    std::vector<ui::TrayNotice> told;
};

} // namespace flowgate::tests
