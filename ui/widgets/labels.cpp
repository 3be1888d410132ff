// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/labels.h"

#include "ui/common/metrics.h"
#include "ui/common/statusshape.h"
#include "ui/common/theme.h"
#include "ui/common/visibletext.h"
#include "ui/widgets/look.h"

#include <QEvent>
#include <QHBoxLayout>

namespace flowgate::ui {

PlainLabel::PlainLabel(QWidget *parent, TextKind kind)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    switch (kind) {
    case TextKind::Normal:
        break;
    case TextKind::Quiet:
        setLook(this, Look::Quiet);
        break;
    case TextKind::Section:
        setLook(this, Look::Section);
        break;
    case TextKind::Heading:
        setLook(this, Look::Heading);
        break;
    case TextKind::Title:
        setProperty("textKind", QStringLiteral("title"));
        break;
    case TextKind::Mono:
        setProperty("textKind", QStringLiteral("mono"));
        break;
    case TextKind::Bad:
        setLook(this, Look::Bad);
        break;
    }
}

PlainLabel::PlainLabel(const QString &text, TextKind kind, QWidget *parent)
    : PlainLabel(parent, kind)
{
    setText(text);
}

void PlainLabel::setForeign(const QString &text)
{
    setWordWrap(true);
    makeSelectable();
    setText(common::manyLines(text, 4000));
}

void PlainLabel::makeSelectable()
{
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
}

/// QFrame takes its margins away with another style while it is smaller than them, as before it is first shown.
void PlainLabel::changeEvent(QEvent *event)
{
    const QMargins margins = contentsMargins();
    QLabel::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        setContentsMargins(margins);
}

StatusLabel::StatusLabel(QWidget *parent)
    : QWidget(parent)
    , m_shape(new QLabel(this))
    , m_word(new PlainLabel(this))
    , m_quiet(new PlainLabel(this, TextKind::Quiet))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(m_shape);
    layout->addWidget(m_word);
    layout->addWidget(m_quiet, 1);
    m_quiet->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
}

void StatusLabel::show(const common::StateWord &state, const QString &quiet)
{
    m_state = state;
    m_word->setText(state.word);
    m_quiet->setText(quiet);
    m_quiet->setToolTip(common::toolTip(quiet));
    paintShape();
}

void StatusLabel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        paintShape();
}

void StatusLabel::paintShape()
{
    m_shape->setPixmap(common::shapePixmap(m_state.tone, common::themeOf(palette()).colour(m_state.tone),
                                           devicePixelRatioF(), common::scaled(common::shapeSize, font())));
}

} // namespace flowgate::ui
