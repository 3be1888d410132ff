// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/clock.h"

#include <QObject>

#include <optional>

namespace flowgate::ui {

/// The stretch of time that is looked at, the same in every view of the past. It ends now and goes on with the clock,
/// or stands where the operator moved it.
/// @thread gui
class TimeWindow final : public QObject
{
    Q_OBJECT
public:
    static constexpr domain::milliseconds shortest = std::chrono::seconds(10);
    static constexpr domain::milliseconds longest = std::chrono::days(366);

    /// @param clock  outlives it
    explicit TimeWindow(const domain::Clock &clock, QObject *parent = nullptr);

    [[nodiscard]] domain::WallTime from() const { return to() - m_length; }
    [[nodiscard]] domain::WallTime to() const { return m_end ? *m_end : m_clock.now(); }
    [[nodiscard]] domain::milliseconds length() const { return m_length; }
    [[nodiscard]] const domain::Clock &clock() const { return m_clock; }
    /// Whether it ends now.
    [[nodiscard]] bool isLive() const { return !m_end; }

    /// So much, up to now.
    void showLast(domain::milliseconds length);
    /// A window that would end after now ends now, and goes on from there.
    void show(domain::WallTime from, domain::WallTime to);
    /// So much of its length later; a negative share is earlier.
    void pan(double share);
    /// So many times as long, around the moment that is at @p anchor of it (0: its beginning, 1: its end). Without one:
    /// around its middle, or what ends now goes on to end now.
    void zoom(double factor, std::optional<double> anchor = {});
    void goLive();

Q_SIGNALS:
    /// It was moved or made longer or shorter; not: time went on.
    void changed();

private:
    const domain::Clock &m_clock;
    domain::milliseconds m_length = std::chrono::hours(1);
    std::optional<domain::WallTime> m_end; ///< nothing: now
};

} // namespace flowgate::ui
