// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/clock.h"

#include <QFrame>

class QComboBox;
class QDateTimeEdit;
class QPushButton;
class QSlider;

namespace flowgate::ui {

class PlainLabel;

/// Chooses a minute of the past: with a slider, by typing it, in steps, or from change to change.
class MomentBar final : public QFrame
{
    Q_OBJECT
public:
    /// @param clock  outlives the bar
    explicit MomentBar(const domain::Clock &clock, QWidget *parent = nullptr);

    /// Begins at the last minute.
    void start();
    [[nodiscard]] domain::WallTime moment() const { return m_moment; }
    void setMoment(domain::WallTime moment);
    /// Where the buttons for the changes around lead; nothing: there is none.
    void setChanges(std::optional<domain::WallTime> before, std::optional<domain::WallTime> after);
    /// A sentence about what is shown.
    void setNote(const QString &note);

Q_SIGNALS:
    void momentChanged();
    void backRequested();

private:
    [[nodiscard]] QPushButton *addStep(class QLayout &layout, const QString &icon, const QString &name,
                                       std::function<void()> run);
    void follow();
    void spanSlider();
    [[nodiscard]] domain::WallTime lastMinute() const;

    const domain::Clock &m_clock;
    domain::WallTime m_moment{};
    domain::WallTime m_sliderFrom{};
    std::optional<domain::WallTime> m_before;
    std::optional<domain::WallTime> m_after;
    PlainLabel *m_title = nullptr;
    PlainLabel *m_note = nullptr;
    QComboBox *m_span = nullptr;
    QSlider *m_slider = nullptr;
    QDateTimeEdit *m_time = nullptr;
    QPushButton *m_previous = nullptr;
    QPushButton *m_next = nullptr;
};

} // namespace flowgate::ui
