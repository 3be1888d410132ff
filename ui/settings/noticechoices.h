// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/quiethours.h"

class QSettings;

namespace flowgate::ui {

/// What this window tells on the desktop, and what becomes of the program when it is closed.
struct NoticeChoices
{
    enum class Closing { Ask, KeepServing, Quit };
    static constexpr int fewestSeconds = 5;
    static constexpr int mostSeconds = 24 * 60 * 60;

    bool rollouts = true;
    bool away = true;
    bool unhealthy = true;
    int unhealthySeconds = 60;
    std::optional<domain::QuietHours> quiet;
    Closing closing = Closing::Ask; ///< where there is a tray; without one it quits

    friend bool operator==(const NoticeChoices &, const NoticeChoices &) = default;
};

/// What is kept; as it comes where nothing, or nonsense, is.
[[nodiscard]] NoticeChoices readNotices(const QSettings &settings);
void writeNotices(QSettings &settings, const NoticeChoices &choices);

} // namespace flowgate::ui
