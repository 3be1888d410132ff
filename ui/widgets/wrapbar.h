// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

class QBoxLayout;

namespace flowgate::ui {

/// A field that takes the room there is, with buttons beside it; where it would become too short to type in, such as
/// with large text, the buttons stand in a line of their own below it.
class WrapBar final : public QWidget
{
    Q_OBJECT
public:
    /// @param least  width that the field needs, for text of 10 points
    WrapBar(QWidget *field, const QList<QWidget *> &rest, int least, QWidget *parent);

    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool event(QEvent *event) override;

private:
    void arrange();

    QWidget *m_rest;
    QBoxLayout *m_layout;
    int m_least;
};

} // namespace flowgate::ui
