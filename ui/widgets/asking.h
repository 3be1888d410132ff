// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/failure.h"

#include <QString>

#include <functional>

class QWidget;

namespace flowgate::ui {

/// A question before something that cannot simply be undone. All texts are shown as plain text.
struct Question
{
    QString title;
    QString text;        ///< names the thing: "Forget lab-1?"
    QString consequence; ///< what happens then
    QString verb;        ///< on the button: "Forget"
    bool destructive = false;
    QString other{}; ///< on a second button, for a choice between two; empty: there is none
};

/// Asks without blocking; @p yes is called where the answer is the verb, @p other where it is the other one. Cancel is
/// the default of a destructive one.
void ask(QWidget *parent, const Question &question, std::function<void()> yes, std::function<void()> other = {});

/// A line of text to be typed.
struct TextQuestion
{
    QString title;
    QString text;
    QString verb;
    QString value;
    QString hint; ///< in the empty field
    /// Why a value cannot be taken; empty: it can. Called as it is typed.
    std::function<QString(const QString &)> wrong = [](const QString &) { return QString(); };
};
void askText(QWidget *parent, const TextQuestion &question, std::function<void(const QString &)> then);

/// Says that something was not done, and why. Does not block.
void tell(QWidget *parent, const QString &title, const app::Failure &failure);
void tell(QWidget *parent, const QString &title, const QString &text);

} // namespace flowgate::ui
