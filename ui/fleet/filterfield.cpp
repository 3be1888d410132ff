// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/filterfield.h"

#include "ui/common/metrics.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QStringListModel>
#include <QTimer>

namespace flowgate::ui {

FilterField::FilterField(const models::GatewayModel &fleet, QWidget *parent)
    : QLineEdit(parent)
    , m_fleet(fleet)
    , m_texts(new QStringListModel(this))
    , m_completer(new QCompleter(m_texts, this))
{
    // Not setCompleter(): that would replace the whole text.
    m_completer->setWidget(this);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->popup()->setObjectName(QStringLiteral("completions"));
    m_completer->popup()->setAccessibleName(tr("Keys and values that fit"));
    connect(this, &QLineEdit::textEdited, this, &FilterField::offer);
    connect(m_completer, qOverload<const QString &>(&QCompleter::activated), this, &FilterField::take);
}

void FilterField::keyPressEvent(QKeyEvent *event)
{
    const bool confirms =
        event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Tab;
    QAbstractItemView *popup = m_completer->popup();
    if (confirms && popup->isVisible()) {
        if (popup->currentIndex().isValid())
            return event->ignore(); // the completer's
        popup->hide();
    }
    QLineEdit::keyPressEvent(event);
}

void FilterField::offer()
{
    m_offered = models::completeSelector(text(), cursorPosition(), m_fleet.rows());
    m_texts->setStringList(m_offered.texts);
    if (m_offered.texts.isEmpty())
        return m_completer->popup()->hide();
    QRect place = cursorRect();
    place.setWidth(common::scaled(260, font()));
    m_completer->complete(place);
}

void FilterField::take(const QString &text)
{
    // A Return that was on its way to the list when it went away still comes to it.
    if (!m_offered.texts.contains(text))
        return;
    const QString old = this->text();
    setText(old.left(m_offered.from) + text + old.mid(m_offered.from + m_offered.length));
    setCursorPosition(static_cast<int>(m_offered.from + text.size()));
    if (text.endsWith(u'='))
        QTimer::singleShot(0, this, &FilterField::offer); // behind a key come its values
}

} // namespace flowgate::ui
