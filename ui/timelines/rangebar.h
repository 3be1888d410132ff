// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QComboBox;
class QPushButton;

namespace flowgate::ui {

class PlainLabel;
class TimeWindow;

/// Chooses the stretch of time that is looked at: so much up to now, or earlier, later, shorter and longer by hand.
class RangeBar final : public QWidget
{
    Q_OBJECT
public:
    /// @param window  outlives the bar
    explicit RangeBar(TimeWindow &window, QWidget *parent = nullptr);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] QPushButton *addStep(const QString &icon, const QString &name);
    void follow();
    void choose();

    TimeWindow &m_window;
    QComboBox *m_range = nullptr;
    QPushButton *m_now = nullptr;
    PlainLabel *m_text = nullptr;
};

} // namespace flowgate::ui
