// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/yamleditor.h"

#include "collector/language/place.h"
#include "ui/common/metrics.h"
#include "ui/common/theme.h"
#include "ui/widgets/lefttoright.h"

#include <QApplication>
#include <QEvent>
#include <Qsci/qscilexeryaml.h>

namespace flowgate::ui {

namespace {

constexpr int designMarker = 8;
constexpr int differentMarker = 9;

constexpr int errorMark = 8;
constexpr int warningMark = 9;
constexpr int numberMargin = 0;
constexpr int foldMargin = 2;

/// Where the word that begins at @p from ends; at least one character on.
int wordEnd(const QString &line, int from)
{
    int end = from;
    while (end < line.size() && !line.at(end).isSpace() && !QStringView(u",]}").contains(line.at(end)))
        ++end;
    return std::max(end, from + 1);
}

} // namespace

YamlEditor::YamlEditor(QWidget *parent)
    : QsciScintilla(parent)
    , m_lexer(new QsciLexerYAML(this))
{
    setLayoutDirection(Qt::LeftToRight); // code is, whatever people read
    setLexer(m_lexer);
    setUtf8(true);
    setEolMode(EolUnix);
    setMarginType(numberMargin, NumberMargin);
    setMarginWidth(1, 0);
    setFolding(PlainFoldStyle, foldMargin);
    setTabWidth(2);
    setIndentationsUseTabs(false);
    connect(this, &QsciScintillaBase::SCN_CHARADDED, this, [this](int character) {
        if (character == '\n')
            indentLine();
    });
    setBackspaceUnindents(true);
    setExtraAscent(2);
    setExtraDescent(2);
    setFrameShape(QFrame::NoFrame);
    indicatorDefine(SquiggleIndicator, errorMark);
    indicatorDefine(SquiggleIndicator, warningMark);
    setScrollWidth(1);
    setScrollWidthTracking(true);
    connect(this, &QsciScintilla::linesChanged, this, &YamlEditor::fitMargin);
    dress();
    fitMargin();
}

void YamlEditor::paintEvent(QPaintEvent *event)
{
    const LeftToRight direction;
    QsciScintilla::paintEvent(event);
}

void YamlEditor::dress()
{
    const common::Theme &theme = common::themeOf(palette());
    for (const auto &[marker, colour] :
         {std::pair(designMarker, theme.infoPanel), std::pair(differentMarker, theme.removedLine)}) {
        markerDefine(QsciScintilla::Background, marker);
        setMarkerBackgroundColor(colour, marker);
    }
    const QFont code = common::codeFont(QApplication::font());
    m_lexer->setDefaultFont(code);
    m_lexer->setFont(code); // every style
    m_lexer->setDefaultPaper(theme.editor);
    m_lexer->setDefaultColor(theme.text);
    m_lexer->setPaper(theme.editor);
    m_lexer->setColor(theme.yamlValue);
    m_lexer->setColor(theme.quiet, QsciLexerYAML::Comment);
    m_lexer->setColor(theme.yamlKey, QsciLexerYAML::Identifier);
    for (const int style : {QsciLexerYAML::Keyword, QsciLexerYAML::Number, QsciLexerYAML::Reference})
        m_lexer->setColor(theme.yamlWord, style);
    m_lexer->setColor(theme.bad, QsciLexerYAML::SyntaxErrorMarker);
    m_lexer->setPaper(theme.editor, QsciLexerYAML::SyntaxErrorMarker);
    setPaper(theme.editor);
    setMarginsFont(m_lexer->font(QsciLexerYAML::Default));
    setMarginsBackgroundColor(theme.editor);
    setMarginsForegroundColor(theme.quiet);
    setFoldMarginColors(theme.editor, theme.editor);
    // QsciScintilla keeps its hands off the fold markers; in its default they are black on white.
    for (unsigned long marker = SC_MARKNUM_FOLDEREND; marker <= SC_MARKNUM_FOLDEROPEN; ++marker) {
        SendScintilla(SCI_MARKERSETFORE, marker, theme.editor);
        SendScintilla(SCI_MARKERSETBACK, marker, theme.quiet);
    }
    setCaretForegroundColor(theme.text);
    setSelectionBackgroundColor(theme.selection);
    resetSelectionForegroundColor();
    setIndicatorForegroundColor(theme.bad, errorMark);
    setIndicatorForegroundColor(theme.attention, warningMark);
}

/// The line that Return began.
void YamlEditor::indentLine()
{
    int line = 0;
    int column = 0;
    getCursorPosition(&line, &column);
    if (line == 0 || isReadOnly())
        return;
    QString above = text(line - 1);
    above.remove(u'\n');
    const int indent = collector::indentAfter(above);
    setIndentation(line, indent);
    setCursorPosition(line, indent);
}

void YamlEditor::fitMargin()
{
    setMarginWidth(numberMargin, QString::number(std::max(lines(), 100)) + u'0');
}

void YamlEditor::changeEvent(QEvent *event)
{
    QsciScintilla::changeEvent(event);
    if (!m_lexer)
        return; // still being made
    switch (event->type()) {
    case QEvent::PaletteChange:
    case QEvent::StyleChange: // text of another size comes with another style sheet
        dress();
        fitMargin();
        break;
    default:
        break;
    }
}

void YamlEditor::shade(const QList<int> &byDesign, const QList<int> &different)
{
    const std::pair<int, const QList<int> &> shades[] = {{designMarker, byDesign}, {differentMarker, different}};
    for (const auto &[marker, lines] : shades) {
        markerDeleteAll(marker);
        for (const int line : lines)
            markerAdd(line - 1, marker);
    }
}

void YamlEditor::makeView()
{
    setReadOnly(true);
    setCaretWidth(0);
}

QPoint YamlEditor::cursorPosition() const
{
    const long position = SendScintilla(SCI_GETCURRENTPOS);
    const auto x = static_cast<int>(SendScintilla(SCI_POINTXFROMPOSITION, 0UL, position));
    const auto y = static_cast<int>(SendScintilla(SCI_POINTYFROMPOSITION, 0UL, position));
    return viewport()->mapToGlobal(QPoint(x, y + fontMetrics().height()));
}

void YamlEditor::apply(const std::vector<collector::Fix> &fixes)
{
    int line = 0;
    int column = 0;
    getCursorPosition(&line, &column);
    beginUndoAction();
    for (const collector::Fix &fix : fixes)
        apply(fix);
    endUndoAction();
    setCursorPosition(line, std::min(column, lineLength(line)));
}

void YamlEditor::apply(const collector::Fix &fix)
{
    if (isReadOnly() || fix.line < 1 || fix.endLine > lines())
        return;
    beginUndoAction();
    setSelection(fix.line - 1, fix.column - 1, fix.endLine - 1, fix.endColumn - 1);
    replaceSelectedText(fix.replacement);
    endUndoAction();
}

void YamlEditor::mark(const collector::Problems &problems)
{
    const int last = lines() - 1;
    for (const int indicator : {errorMark, warningMark})
        clearIndicatorRange(0, 0, last, lineLength(last), indicator);
    for (const collector::Problem &problem : problems) {
        const int line = problem.line - 1;
        if (line < 0 || line > last)
            continue;
        const QString shown = text(line);
        const int from = std::clamp(problem.column - 1, 0, std::max(static_cast<int>(shown.size()) - 1, 0));
        fillIndicatorRange(line, from, line, std::min(wordEnd(shown, from), lineLength(line)),
                           problem.severity == collector::Severity::Error ? errorMark : warningMark);
    }
}

void YamlEditor::jumpTo(int line, int column)
{
    if (line < 1)
        return;
    setCursorPosition(line - 1, std::max(column - 1, 0));
    ensureLineVisible(line - 1);
    ensureCursorVisible();
    setFocus();
}

} // namespace flowgate::ui
