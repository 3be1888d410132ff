// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/toneshape.h"

#include "ui/common/statusshape.h"
#include "ui/common/theme.h"

#include <QEvent>

namespace flowgate::ui {

ToneShape::ToneShape(common::Tone tone, QWidget *parent)
    : QLabel(parent)
    , m_tone(tone)
{
    setContentsMargins(0, 3, 0, 0);
    paintShape();
}

void ToneShape::setTone(common::Tone tone)
{
    m_tone = tone;
    paintShape();
}

void ToneShape::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        paintShape();
}

void ToneShape::paintShape()
{
    setPixmap(common::shapePixmap(m_tone, common::themeOf(palette()).colour(m_tone), devicePixelRatioF()));
}

} // namespace flowgate::ui
