// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/tone.h"
#include "ui/widgets/look.h"

#include <QFrame>

class QPushButton;
class QVBoxLayout;

namespace flowgate::ui {

class PlainLabel;
class ToneShape;

/// What needs a person, in a box of its own: a shape and a title, what there is to say, buttons below. Hidden at first.
class Card : public QFrame
{
    Q_OBJECT
protected:
    Card(common::Tone tone, Look look, QWidget *parent);

    void setTone(common::Tone tone, Look look);
    [[nodiscard]] PlainLabel &title() { return *m_title; }
    /// Below the title, in this order.
    void add(QWidget *widget);
    /// Side by side from the left.
    void addButtons(std::initializer_list<QPushButton *> buttons);

private:
    ToneShape *m_shape = nullptr;
    PlainLabel *m_title = nullptr;
    QVBoxLayout *m_body = nullptr;
};

} // namespace flowgate::ui
