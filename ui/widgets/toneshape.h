// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/tone.h"

#include <QLabel>

namespace flowgate::ui {

/// The shape of a tone, in its colour, before a title: in the middle of the title's first line.
class ToneShape final : public QLabel
{
    Q_OBJECT
public:
    explicit ToneShape(common::Tone tone, QWidget *parent = nullptr);

    void setTone(common::Tone tone);

protected:
    void changeEvent(QEvent *event) override;

private:
    void paintShape();

    common::Tone m_tone;
};

} // namespace flowgate::ui
