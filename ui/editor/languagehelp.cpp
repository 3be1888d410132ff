// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/languagehelp.h"

#include "collector/language/completion.h"
#include "ui/common/visibletext.h"
#include "ui/widgets/pagekey.h"
#include "ui/widgets/yamleditor.h"
#include "ui/workspace.h"

#include <QToolTip>

namespace flowgate::ui {

namespace {

constexpr int longestText = 256 * 1024;
constexpr int hoverAfter = 500; // ms
constexpr QStringView keyEnd = u": ";

QString typeWord(const collector::SchemaValue &value)
{
    using Type = collector::SchemaValue::Type;
    switch (value.type) {
    case Type::Map:
        return LanguageHelp::tr("a map");
    case Type::List:
        return LanguageHelp::tr("a list");
    case Type::String:
        return LanguageHelp::tr("a text");
    case Type::Bool:
        return LanguageHelp::tr("true or false");
    case Type::Int:
    case Type::UInt:
        return LanguageHelp::tr("a whole number");
    case Type::Float:
        return LanguageHelp::tr("a number");
    case Type::Duration:
        return LanguageHelp::tr("a length of time, such as 5s");
    case Type::Secret:
        return LanguageHelp::tr("a text that is kept secret");
    case Type::Component:
        return LanguageHelp::tr("the name of an extension");
    case Type::Any:
        break;
    }
    return LanguageHelp::tr("anything");
}

QString kindWord(collector::ComponentKind kind)
{
    switch (kind) {
    case collector::ComponentKind::Receiver:
        return LanguageHelp::tr("receiver");
    case collector::ComponentKind::Processor:
        return LanguageHelp::tr("processor");
    case collector::ComponentKind::Exporter:
        return LanguageHelp::tr("exporter");
    case collector::ComponentKind::Connector:
        return LanguageHelp::tr("connector");
    case collector::ComponentKind::Extension:
        break;
    }
    return LanguageHelp::tr("extension");
}

} // namespace

LanguageHelp::LanguageHelp(YamlEditor &editor, Workspace &workspace, QObject *parent)
    : QObject(parent)
    , m_editor(editor)
    , m_workspace(workspace)
{
    editor.SendScintilla(QsciScintilla::SCI_AUTOCSETSEPARATOR, static_cast<unsigned long>('\n'));
    editor.SendScintilla(QsciScintilla::SCI_AUTOCSETIGNORECASE, 1UL);
    editor.SendScintilla(QsciScintilla::SCI_AUTOCSETORDER, 2UL); // as given: the best first
    editor.SendScintilla(QsciScintilla::SCI_AUTOCSETMAXHEIGHT, 12UL);
    editor.SendScintilla(QsciScintilla::SCI_SETMOUSEDWELLTIME, static_cast<unsigned long>(hoverAfter));
    connect(&editor, &QsciScintillaBase::SCN_CHARADDED, this, [this](int character) {
        const QChar typed(static_cast<char16_t>(character));
        if (typed.isLetterOrNumber() || typed == u'_' || typed == u'[')
            complete(false);
    });
    connect(&editor, &QsciScintillaBase::SCN_AUTOCCOMPLETED, this, [this] {
        int line = 0;
        int column = 0;
        m_editor.getCursorPosition(&line, &column);
        if (!m_offersKeys || m_editor.text(line).mid(column).startsWith(u':'))
            return;
        m_editor.insert(keyEnd.toString());
        m_editor.setCursorPosition(line, column + static_cast<int>(keyEnd.size()));
    });
    connect(&editor, &QsciScintillaBase::SCN_DWELLSTART, this, [this](int position, int x, int y) {
        if (position < 0)
            return;
        int line = 0;
        int column = 0;
        m_editor.lineIndexFromPosition(position, &line, &column);
        if (const QString text = explanation(line, column); !text.isEmpty())
            QToolTip::showText(m_editor.viewport()->mapToGlobal(QPoint(x, y)), common::toolTip(text), &m_editor);
    });
    addPageKey(
        editor, tr("Offer what may stand here"), QKeySequence(Qt::CTRL | Qt::Key_Space), [this] { complete(true); },
        Qt::WidgetShortcut);
    addPageKey(
        editor, tr("Say what this is"), QKeySequence(Qt::CTRL | Qt::Key_I), [this] { explainHere(); },
        Qt::WidgetShortcut);
}

void LanguageHelp::knowGateways(const QString &config)
{
    m_config = config;
    m_workspace.operations().commonTypes(this, config,
                                         [this, config](const app::Outcome<QHash<QString, QStringList>> &types) {
                                             if (config == m_config && types)
                                                 m_reported = *types;
                                         });
}

QStringList LanguageHelp::lines() const
{
    return m_editor.length() > longestText ? QStringList() : m_editor.text().split(u'\n');
}

void LanguageHelp::complete(bool asked)
{
    if (m_editor.isReadOnly())
        return;
    int line = 0;
    int column = 0;
    m_editor.getCursorPosition(&line, &column);
    const collector::Completions found =
        collector::complete(collector::shippedSchema(), lines(), line, column, m_reported);
    if (found.texts.isEmpty() || (!asked && found.typed.isEmpty() && m_editor.text(line).left(column).right(1) != u"["))
        return;
    // A key is offered without its colon, so that whoever types it all is not held up by the list.
    m_offersKeys = found.texts.front().endsWith(keyEnd);
    QStringList names = found.texts;
    if (m_offersKeys)
        for (QString &name : names)
            name.chop(keyEnd.size());
    const QByteArray list = names.join(u'\n').toUtf8();
    m_editor.SendScintilla(QsciScintilla::SCI_AUTOCSHOW, static_cast<unsigned long>(found.typed.toUtf8().size()),
                           list.constData());
}

void LanguageHelp::explainHere()
{
    int line = 0;
    int column = 0;
    m_editor.getCursorPosition(&line, &column);
    const QString text = explanation(line, column);
    const long position = m_editor.positionFromLineIndex(line, column);
    const QPoint place(static_cast<int>(m_editor.SendScintilla(QsciScintilla::SCI_POINTXFROMPOSITION, 0UL, position)),
                       static_cast<int>(m_editor.SendScintilla(QsciScintilla::SCI_POINTYFROMPOSITION, 0UL, position)) +
                           m_editor.textHeight(line));
    QToolTip::showText(m_editor.viewport()->mapToGlobal(place),
                       text.isEmpty() ? tr("Nothing is known of this word.") : common::toolTip(text), &m_editor);
}

QString LanguageHelp::explanation(int line, int column) const
{
    const collector::Schema &schema = collector::shippedSchema();
    const auto said = collector::explain(schema, lines(), line, column);
    if (!said)
        return {};
    QStringList text;
    if (said->component) {
        const collector::SchemaComponent &component = *said->component;
        text.append(tr("%1: %2 of type %3").arg(said->name, kindWord(component.kind), component.type));
        if (!component.aliasOf.isEmpty())
            text.append(tr("The newer name of this type is %1.").arg(component.aliasOf));
        if (!component.signalTypes.isEmpty())
            text.append(tr("Takes %1.").arg(component.signalTypes.join(QStringLiteral(", "))));
        if (!component.stability.isEmpty())
            text.append(tr("Stability: %1.").arg(component.stability));
        text.append(said->pipelines.isEmpty() ? tr("No pipeline uses it.")
                                              : tr("Used by %1.").arg(said->pipelines.join(QStringLiteral(", "))));
    } else {
        text.append(tr("%1: %2").arg(said->name, typeWord(*said->value)));
        if (!said->value->words.isEmpty())
            text.append(tr("One of %1.").arg(said->value->words.join(QStringLiteral(", "))));
        if (!said->value->byDefault.isEmpty())
            text.append(tr("Where it is not written: %1.").arg(said->value->byDefault));
    }
    text.append(tr("As Collector %1 has it.").arg(schema.collectorVersion()));
    return text.join(u'\n');
}

} // namespace flowgate::ui
