// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/problem.h"

#include <Qsci/qsciscintilla.h>

class QsciLexerYAML;

namespace flowgate::ui {

/// A text editor for YAML in the theme's colours, with problems underlined. Tab moves on to the next widget where the
/// text is read-only.
class YamlEditor final : public QsciScintilla
{
    Q_OBJECT
public:
    explicit YamlEditor(QWidget *parent = nullptr);

    void mark(const collector::Problems &problems);
    /// Puts the cursor there and takes the focus; lines and columns count from 1.
    void jumpTo(int line, int column);
    /// Shades lines, counted from 1: what is there by design, and what is not as wanted.
    void shade(const QList<int> &byDesign, const QList<int> &different);
    /// For what gateways report: no caret, no editing.
    void makeView();
    /// Where the cursor is on the screen, below its line.
    [[nodiscard]] QPoint cursorPosition() const;
    /// Applies fixes, in their order, as one step that can be undone; the cursor stays in its line.
    void apply(const std::vector<collector::Fix> &fixes);
    /// Applies a fix as one step that can be undone.
    void apply(const collector::Fix &fix);

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void dress();
    void fitMargin();
    void indentLine();

    QsciLexerYAML *m_lexer = nullptr;
};

} // namespace flowgate::ui
