// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/tone.h"

#include <QLabel>
#include <QWidget>

namespace flowgate::ui {

enum class TextKind { Normal, Quiet, Section, Heading, Title, Mono, Bad };

/// A label that never reads its text as markup.
class PlainLabel : public QLabel
{
    Q_OBJECT
public:
    explicit PlainLabel(QWidget *parent = nullptr, TextKind kind = TextKind::Normal);
    PlainLabel(const QString &text, TextKind kind, QWidget *parent = nullptr);

    /// Text of a gateway: it wraps, can be selected, and its control characters are seen.
    void setForeign(const QString &text);
    void makeSelectable();

protected:
    void changeEvent(QEvent *event) override;
};

/// Shape, word and colour of a state, with quiet text behind it.
class StatusLabel final : public QWidget
{
    Q_OBJECT
public:
    explicit StatusLabel(QWidget *parent = nullptr);

    void show(const common::StateWord &state, const QString &quiet = {});
    [[nodiscard]] QString text() const { return m_word->text(); }
    void makeSelectable() { m_word->makeSelectable(); }

protected:
    void changeEvent(QEvent *event) override;

private:
    void paintShape();

    common::StateWord m_state;
    QLabel *m_shape = nullptr;
    PlainLabel *m_word = nullptr;
    PlainLabel *m_quiet = nullptr;
};

} // namespace flowgate::ui
