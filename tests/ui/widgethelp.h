// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QApplication>
#include <QDialog>
#include <QLabel>
#include <QTranslator>

namespace flowgate::tests {

/// The visible button whose text begins so; null if none.
inline QAbstractButton *buttonOf(const QWidget &parent, const QString &begin)
{
    for (QAbstractButton *button : parent.findChildren<QAbstractButton *>()) {
        if (button->isVisibleTo(&parent) && button->text().remove(u'&').startsWith(begin))
            return button;
    }
    return nullptr;
}

/// All texts of visible labels, a line each.
inline QString labelsOf(const QWidget &parent)
{
    QStringList texts;
    for (const QLabel *label : parent.findChildren<QLabel *>()) {
        if (label->isVisibleTo(&parent) && !label->text().isEmpty())
            texts.append(label->text());
    }
    return texts.join(u'\n');
}

/// The plural forms of the source language, as a program with windows has them. The test needs flowgate_dress().
inline bool installEnglish(QTranslator &translator)
{
    return translator.load(QStringLiteral(":/i18n/flowgate_en.qm")) && QCoreApplication::installTranslator(&translator);
}

/// The dialog that is open on top of @p parent; null if none.
inline QDialog *dialogOf(const QWidget &parent)
{
    for (QDialog *dialog : parent.findChildren<QDialog *>()) {
        if (dialog->isVisible())
            return dialog;
    }
    return nullptr;
}

} // namespace flowgate::tests
