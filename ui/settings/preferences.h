// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/metrics.h"
#include "ui/settings/noticechoices.h"

#include <QObject>

class QSettings;

namespace flowgate::ui {

/// How this window shows things. Nothing in here changes what the control plane does.
struct WindowLook
{
    enum class Theme { System, Light, Dark };
    static constexpr int smallestText = 100;
    static constexpr int largestText = 200;

    Theme theme = Theme::System;
    int textPercent = smallestText;
    common::Density density = common::Density::Comfortable;
    bool exactTimes = false; ///< the time of day instead of "2 min"

    friend bool operator==(const WindowLook &, const WindowLook &) = default;
};

/// What the operator chose for this window. Takes effect at once, wherever it is looked at.
class Preferences final : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /// Takes what @p settings hold, and keeps every change there from now on. They outlive this.
    void keepIn(QSettings &settings);

    [[nodiscard]] const WindowLook &look() const { return m_look; }
    /// A text size outside of the range is taken as the nearest one inside.
    void setLook(WindowLook look);
    [[nodiscard]] const NoticeChoices &notices() const { return m_notices; }
    void setNotices(const NoticeChoices &notices);
    /// Whether the desktop has a tray now: told by who looks after the tray, and not kept.
    [[nodiscard]] bool hasTray() const { return m_hasTray; }
    void setHasTray(bool hasTray);

Q_SIGNALS:
    void changed();
    void trayChanged();

private:
    WindowLook m_look;
    NoticeChoices m_notices;
    bool m_hasTray = false;
    QSettings *m_settings = nullptr;
};

} // namespace flowgate::ui
