// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace flowgate::ui {

/// While it lives the application reads from left to right, and no widget hears of it. For painting code in a window
/// that is read from right to left: Qt 6.4's QPainter takes the direction of a text from the application, whatever
/// its widget says, and Scintilla makes its painters where nobody reaches them. Costs nothing where the window reads
/// from left to right.
/// @thread gui
class LeftToRight final : public QObject
{
public:
    LeftToRight();
    ~LeftToRight() override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool m_turned = false;
};

} // namespace flowgate::ui
