// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/configs/configeditor.h"

#include "ui/common/metrics.h"
#include "ui/common/theme.h"
#include "ui/common/visibletext.h"
#include "ui/editor/languagehelp.h"
#include "ui/editor/naming.h"
#include "ui/graph/pipelineview.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/pagekey.h"
#include "ui/widgets/tables.h"
#include "ui/widgets/yamleditor.h"
#include "ui/workspace.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QSplitter>
#include <QStringDecoder>
#include <QTabBar>
#include <QTableView>
#include <QVBoxLayout>

namespace flowgate::ui {

using models::ProblemModel;

namespace {

constexpr int roomForTwo = 1100; ///< width for text and graph side by side, with text of 10 points

constexpr QByteArrayView byteOrderMark = "\xef\xbb\xbf";

/// The text of a file, without its byte order mark; nothing where it is not UTF-8.
std::optional<QString> textOf(const QByteArray &body)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    QString text = decoder.decode(body);
    if (decoder.hasError() || text.contains(QChar(0)))
        return {};
    return text;
}

/// A file of text with changes made to it; a byte order mark stays.
QByteArray fixedFile(const QByteArray &bytes, const std::vector<collector::Fix> &fixes)
{
    const QByteArray text = collector::fixed(textOf(bytes).value_or(QString()), fixes).toUtf8();
    return bytes.startsWith(byteOrderMark) ? byteOrderMark.toByteArray() + text : text;
}

} // namespace

ConfigEditor::ConfigEditor(Workspace &workspace, QWidget *parent)
    : QWidget(parent)
    , m_tabs(new QTabBar(this))
    , m_editor(new YamlEditor(this))
    , m_help(new LanguageHelp(*m_editor, workspace, this))
    , m_note(new PlainLabel(this, TextKind::Quiet))
    , m_problemTitle(new PlainLabel(this, TextKind::Section))
    , m_problemTable(makeTable(&m_problems, tr("Problems"), workspace, this))
    , m_fix(new QPushButton(tr("Fix"), this))
    , m_graphShown(new QPushButton(tr("Pipelines"), this))
    , m_graph(new PipelineView(this))
{
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->hide();
    m_editor->setAccessibleName(tr("Text of the config"));
    m_note->setContentsMargins(common::space::page, common::space::small, common::space::page, common::space::small);
    m_note->hide();
    auto *split = new QSplitter(Qt::Vertical, this);
    split->setObjectName(QStringLiteral("configEditorSplit"));
    m_beside = new QSplitter(Qt::Horizontal, this);
    m_beside->setObjectName(QStringLiteral("configGraphSplit"));
    m_beside->addWidget(m_editor);
    m_beside->addWidget(m_graph);
    m_beside->setStretchFactor(0, 1);
    m_beside->setChildrenCollapsible(false);
    m_graph->hide();
    m_editor->setMinimumWidth(200);
    m_graph->setMinimumWidth(200);
    split->addWidget(m_beside);
    split->addWidget(makeProblems());
    split->setStretchFactor(0, 1);
    split->setSizes({500, 150});
    split->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_tabs);
    layout->addWidget(m_note);
    layout->addWidget(split, 1);

    m_lookSoon.setSingleShot(true);
    m_lookSoon.setInterval(150);
    connect(&m_lookSoon, &QTimer::timeout, this, &ConfigEditor::look);
    connect(m_editor, &QsciScintilla::textChanged, this, [this] {
        if (m_opening)
            return;
        m_checker.cancel(); // what it would say is of the text before
        m_lookSoon.start();
    });
    connect(m_tabs, &QTabBar::currentChanged, this, &ConfigEditor::showFile);
    connect(&m_checker, &ConfigChecker::checked, this,
            [this](const collector::Problems &problems, const collector::PipelineGraph &graph) {
                m_graph->show(graph);
                showProblems(problems);
            });
    m_graphShown->setCheckable(true);
    m_graphShown->setToolTip(tr("The pipelines as a graph, with the text"));
    connect(m_graphShown, &QPushButton::toggled, this, &ConfigEditor::showGraph);
    connect(m_graph, &PipelineView::lineRequested, this, [this](const QString &file, int line) { goTo(file, line); });
    connect(m_editor, &QsciScintilla::cursorPositionChanged, this, [this](int line) {
        if (m_current >= 0 && m_graph->isVisible() && !m_graph->hasFocus())
            m_graph->follow(m_files[size_t(m_current)].name, line + 1);
    });
    addPageKey(*this, tr("Pipelines with the text"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_G),
               [this] { m_graphShown->toggle(); });
    for (const auto signal : {&QTableView::clicked, &QTableView::activated})
        connect(m_problemTable, signal, this, &ConfigEditor::jumpTo);
    // Tab indents in the editor: F6 leads out of it and back.
    addPageKey(*this, tr("Between text and problems"), QKeySequence(Qt::Key_F6),
               [this] { (m_editor->hasFocus() ? static_cast<QWidget *>(m_problemTable) : m_editor)->setFocus(); });
    addPageKey(*this, tr("Mend the problem of this line"), QKeySequence(Qt::ALT | Qt::Key_Return),
               [this] { fixProblem(); });
    addPageKey(*this, tr("Next problem"), QKeySequence(Qt::Key_F8), [this] { stepProblem(1); });
    addPageKey(*this, tr("Problem before"), QKeySequence(Qt::SHIFT | Qt::Key_F8), [this] { stepProblem(-1); });
    new Naming(*this);
    connect(m_fix, &QPushButton::clicked, this, &ConfigEditor::fixProblem);
    connect(m_problemTable->selectionModel(), &QItemSelectionModel::currentChanged, this, &ConfigEditor::updateFix);
    connect(m_editor, &QsciScintilla::cursorPositionChanged, this, &ConfigEditor::updateFix);
    updateFix();
}

void ConfigEditor::open(const QString &name, const domain::ConfigSet &base, const domain::ConfigSet &files)
{
    m_opening = true;
    m_help->knowGateways(name);
    m_checker.cancel();
    m_base = base;
    m_files.clear();
    m_current = -1;
    for (const auto &[fileName, file] : files.files) {
        File opened;
        opened.name = fileName;
        opened.contentType = file.contentType;
        opened.bytes = file.body;
        opened.isText = textOf(file.body).has_value();
        opened.hasMark = file.body.startsWith(byteOrderMark);
        m_files.push_back(std::move(opened));
    }
    while (m_tabs->count() > 0)
        m_tabs->removeTab(0);
    for (const File &file : m_files)
        m_tabs->addTab(file.name.isEmpty() ? tr("(no name)")
                                           : common::oneLine(file.name, 60).replace(u'&', QStringLiteral("&&")));
    m_tabs->setVisible(m_files.size() > 1);
    showFile(0);
    m_opening = false;
    look();
}

void ConfigEditor::setBase(const domain::ConfigSet &base)
{
    m_base = base;
    updateChanged();
    Q_EMIT edited();
}

/// One document serves all files: QScintilla never frees one that is shown a second time.
void ConfigEditor::leaveFile()
{
    if (m_current < 0 || !m_files[size_t(m_current)].isText)
        return;
    File &file = m_files[size_t(m_current)];
    file.bytes = shownBytes();
    m_editor->getCursorPosition(&file.line, &file.column);
}

void ConfigEditor::showFile(int index)
{
    if (index < 0 || index >= static_cast<int>(m_files.size()))
        return;
    leaveFile();
    m_current = index;
    const bool was = std::exchange(m_opening, true);
    const File &file = m_files[size_t(index)];
    m_editor->setReadOnly(false);
    m_editor->setText(textOf(file.bytes).value_or(QString()));
    m_editor->setCursorPosition(file.line, file.column);
    m_editor->setReadOnly(!file.isText);
    m_note->setText(tr("This file is not UTF-8 text. It is kept byte for byte and cannot be edited here."));
    m_note->setVisible(!file.isText);
    m_opening = was;
    showProblems(m_found);
}

QByteArray ConfigEditor::shownBytes() const
{
    const QByteArray text = m_editor->text().toUtf8();
    return m_files[size_t(m_current)].hasMark ? byteOrderMark.toByteArray() + text : text;
}

domain::ConfigSet ConfigEditor::files() const
{
    domain::ConfigSet config;
    for (size_t i = 0; i < m_files.size(); ++i) {
        const File &file = m_files[i];
        const bool isShown = static_cast<int>(i) == m_current && file.isText;
        config.files.emplace(file.name, domain::ConfigFile{isShown ? shownBytes() : file.bytes, file.contentType});
    }
    return config;
}

void ConfigEditor::look()
{
    updateChanged();
    Q_EMIT edited();
    if (!m_files.empty())
        m_checker.check(files());
}

void ConfigEditor::updateChanged()
{
    const bool changed = !m_files.empty() && !(files() == m_base);
    if (changed == m_changed)
        return;
    m_changed = changed;
    Q_EMIT changedChanged(changed);
}

ConfigEditor::Cursor ConfigEditor::cursor() const
{
    Cursor cursor;
    m_editor->getCursorPosition(&cursor.line, &cursor.column);
    ++cursor.line;
    ++cursor.column;
    if (m_current >= 0)
        cursor.file = m_files[size_t(m_current)].name;
    return cursor;
}

QPoint ConfigEditor::cursorPosition() const
{
    return m_editor->cursorPosition();
}

bool ConfigEditor::mayEdit() const
{
    return m_current >= 0 && !m_editor->isReadOnly();
}

void ConfigEditor::apply(const std::map<QString, std::vector<collector::Fix>> &changes)
{
    for (size_t i = 0; i < m_files.size(); ++i) {
        const auto found = changes.find(m_files[i].name);
        if (found == changes.end() || !m_files[i].isText)
            continue;
        if (static_cast<int>(i) == m_current)
            m_editor->apply(found->second);
        else
            m_files[i].bytes = fixedFile(m_files[i].bytes, found->second);
    }
    m_lookSoon.start();
}

void ConfigEditor::goTo(const QString &file, int line, int column)
{
    for (size_t i = 0; i < m_files.size(); ++i) {
        if (m_files[i].name == file && m_files.size() > 1)
            m_tabs->setCurrentIndex(static_cast<int>(i));
    }
    m_editor->jumpTo(line, column);
}

/// Pipelines are wide: they stand beside the text only where four boxes of a lane have room there.
void ConfigEditor::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_beside->setOrientation(width() < common::scaled(roomForTwo, font()) ? Qt::Vertical : Qt::Horizontal);
}

/// What it needs at first, at most half of the room; what the operator makes of it stays.
void ConfigEditor::showGraph(bool shown)
{
    const bool first = shown && m_beside->sizes().value(1) == 0;
    m_graph->setVisible(shown);
    if (first) {
        const bool below = m_beside->orientation() == Qt::Vertical;
        const int room = below ? m_beside->height() : m_beside->width();
        const int graph = std::min(room / 2, below ? m_graph->heightAt(m_beside->width()) : room);
        m_beside->setSizes({room - graph, graph});
    }
    if (shown)
        m_graph->setFocus();
    else
        m_editor->setFocus();
}

void ConfigEditor::focusText()
{
    m_editor->setFocus();
}

} // namespace flowgate::ui
