// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/configs/yamleditor.h"

#include "ui/common/theme.h"

#include <QFontDatabase>
#include <Qsci/qscilexeryaml.h>

namespace flowgate::ui {

namespace {
constexpr int errorMark = 8;
constexpr int warningMark = 9;
} // namespace

YamlEditor::YamlEditor(QWidget *parent)
    : QsciScintilla(parent)
{
    const common::Theme &theme = common::themeOf(palette());
    const QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    auto *lexer = new QsciLexerYAML(this);
    lexer->setDefaultFont(font);
    lexer->setFont(font);
    lexer->setDefaultPaper(theme.editor);
    lexer->setPaper(theme.editor);
    lexer->setColor(theme.text);
    lexer->setColor(theme.quiet, QsciLexerYAML::Comment);
    lexer->setColor(theme.yamlKey, QsciLexerYAML::Identifier);
    lexer->setColor(theme.yamlWord, QsciLexerYAML::Keyword);
    lexer->setColor(theme.yamlWord, QsciLexerYAML::Number);
    lexer->setColor(theme.bad, QsciLexerYAML::SyntaxErrorMarker);
    lexer->setPaper(theme.editor, QsciLexerYAML::SyntaxErrorMarker);
    setLexer(lexer);
    setUtf8(true);
    setMarginType(0, NumberMargin);
    setMarginWidth(0, QStringLiteral("00000"));
    setMarginsFont(font);
    setMarginsBackgroundColor(theme.panel);
    setMarginsForegroundColor(theme.quiet);
    setFolding(PlainFoldStyle, 2);
    setFoldMarginColors(theme.panel, theme.panel);
    setCaretForegroundColor(theme.text);
    setSelectionBackgroundColor(theme.selection);
    resetSelectionForegroundColor();
    setTabWidth(2);
    setIndentationsUseTabs(false);
    setAutoIndent(true);
    setFrameShape(QFrame::NoFrame);
    indicatorDefine(SquiggleIndicator, errorMark);
    indicatorDefine(SquiggleIndicator, warningMark);
    setIndicatorForegroundColor(theme.bad, errorMark);
    setIndicatorForegroundColor(theme.attention, warningMark);
}

void YamlEditor::mark(const collector::Problems &problems)
{
    for (const int indicator : {errorMark, warningMark})
        clearIndicatorRange(0, 0, lines(), 0, indicator);
    for (const collector::Problem &problem : problems) {
        if (problem.line < 1)
            continue;
        const int line = problem.line - 1;
        fillIndicatorRange(line, std::max(problem.column - 1, 0), line, lineLength(line),
                           problem.severity == collector::Severity::Error ? errorMark : warningMark);
    }
}

void YamlEditor::jumpTo(int line, int column)
{
    setCursorPosition(std::max(line - 1, 0), std::max(column - 1, 0));
    ensureLineVisible(std::max(line - 1, 0));
    setFocus();
}

} // namespace flowgate::ui
