// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/yamlparser.h"

#include "collector/yamlbuilder.h"
#include "collector/yamlerrors.h"
#include "collector/yamltext.h"

#include <cctype>
#include <yaml.h>

namespace flowgate::collector {

namespace {

/// Owns libyaml's parser.
class EventSource
{
public:
    explicit EventSource(QByteArrayView text)
    {
        m_usable = yaml_parser_initialize(&m_parser) == 1;
        if (m_usable) {
            yaml_parser_set_encoding(&m_parser, YAML_UTF8_ENCODING);
            yaml_parser_set_input_string(&m_parser, reinterpret_cast<const unsigned char *>(text.data()),
                                         static_cast<size_t>(text.size()));
        }
    }
    ~EventSource()
    {
        if (m_usable)
            yaml_parser_delete(&m_parser);
    }
    Q_DISABLE_COPY_MOVE(EventSource)

    [[nodiscard]] bool next(yaml_event_t &event) { return m_usable && yaml_parser_parse(&m_parser, &event) == 1; }
    [[nodiscard]] const yaml_parser_t &parser() const { return m_parser; }

private:
    yaml_parser_t m_parser{};
    bool m_usable = false;
};

/// Frees an event at the end of its scope.
struct Event
{
    yaml_event_t raw{};
    Event() = default;
    ~Event() { yaml_event_delete(&raw); }
    Q_DISABLE_COPY_MOVE(Event)
};

QByteArray bytes(const yaml_char_t *text)
{
    return QByteArray(reinterpret_cast<const char *>(text));
}

/// Reads one text, part by part: a part ends with the document or at a mistake.
class Reading
{
public:
    Reading(const QByteArray &text, const YamlLimits &limits)
        : m_text(text)
        , m_limits(limits)
        , m_builder(limits)
    {
    }

    YamlDocument run();

private:
    enum class Outcome { Done, Mistake, Stop };

    Outcome readPart();
    Outcome handle(const yaml_event_t &event);
    void noteQuestionMark(const Node &node);
    bool lookPastEnd(EventSource &source);
    static bool isNothing(const yaml_event_t &first, EventSource &source);
    void noteMistake(const yaml_parser_t &parser);
    void locate(const yaml_mark_t &place, SyntaxError &error) const;
    void noteTabs(int afterLine);
    bool skipToNextKey();
    [[nodiscard]] Mark mark(const yaml_mark_t &m) const
    {
        return {static_cast<int>(m.line) + 1 + m_linesBefore, static_cast<int>(m.column) + 1};
    }
    [[nodiscard]] int lastLine(const yaml_event_t &event) const;

    const QByteArray &m_text;
    YamlLimits m_limits;
    YamlBuilder m_builder;
    qsizetype m_from = 0;  // where the part begins
    int m_linesBefore = 0; // lines before it
    int m_mistakeLine = 0;
    int m_flow = 0; // open [ and {, each with all inside
    bool m_tabsNoted = false;
    bool m_moreFollows = false;
};

int Reading::lastLine(const yaml_event_t &event) const
{
    // A block's end mark is at the beginning of what follows.
    const int end = static_cast<int>(event.end_mark.line) + 1 + m_linesBefore;
    const bool beyond = event.end_mark.column == 0 && event.end_mark.line > event.start_mark.line;
    return beyond ? end - 1 : end;
}

/// libyaml lets [http://x/?a=b] pass; yaml.v3, which the Collector reads with, ends a plain value at the ?.
void Reading::noteQuestionMark(const Node &node)
{
    if (m_flow > 0 && node.plain && node.text.contains('?'))
        m_builder.report(
            Severity::Error, node.mark,
            QStringLiteral("Between [ ] or { } a value with a ? in it needs quotes; the Collector does not "
                           "read it otherwise."));
}

Reading::Outcome Reading::handle(const yaml_event_t &event)
{
    const Mark start = mark(event.start_mark);
    bool goOn = true;
    switch (event.type) {
    case YAML_STREAM_END_EVENT:
    case YAML_DOCUMENT_END_EVENT:
        m_builder.finishPart();
        return event.type == YAML_STREAM_END_EVENT ? Outcome::Done : Outcome::Stop;
    case YAML_DOCUMENT_START_EVENT:
        break;
    case YAML_SCALAR_EVENT: {
        Node node;
        node.plain = event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
        node.mark = start;
        node.lastLine = std::max(start.line, lastLine(event));
        node.tag = bytes(event.data.scalar.tag);
        node.text = QByteArray(reinterpret_cast<const char *>(event.data.scalar.value),
                               static_cast<qsizetype>(event.data.scalar.length));
        noteQuestionMark(node);
        goOn = m_builder.scalar(std::move(node), bytes(event.data.scalar.anchor));
        break;
    }
    case YAML_SEQUENCE_START_EVENT:
        m_flow += m_flow > 0 || event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE ? 1 : 0;
        goOn = m_builder.beginCollection(Node::Kind::List, start, bytes(event.data.sequence_start.anchor),
                                         bytes(event.data.sequence_start.tag));
        break;
    case YAML_MAPPING_START_EVENT:
        m_flow += m_flow > 0 || event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE ? 1 : 0;
        goOn = m_builder.beginCollection(Node::Kind::Map, start, bytes(event.data.mapping_start.anchor),
                                         bytes(event.data.mapping_start.tag));
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        m_flow -= m_flow > 0 ? 1 : 0;
        goOn = m_builder.endCollection();
        break;
    case YAML_ALIAS_EVENT:
        goOn = m_builder.alias(bytes(event.data.alias.anchor), start, start.line);
        break;
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
        break;
    }
    return goOn ? Outcome::Done : Outcome::Stop;
}

Reading::Outcome Reading::readPart()
{
    EventSource source(QByteArrayView(m_text).sliced(m_from));
    m_flow = 0;
    for (;;) {
        Event event;
        if (!source.next(event.raw)) {
            noteMistake(source.parser());
            return Outcome::Mistake;
        }
        const Outcome outcome = handle(event.raw);
        if (event.raw.type == YAML_DOCUMENT_END_EVENT)
            return lookPastEnd(source) ? Outcome::Done : Outcome::Mistake;
        if (event.raw.type == YAML_STREAM_END_EVENT || outcome == Outcome::Stop)
            return outcome;
    }
}

/// Nothing but "---", blanks and comments is left, of which @p first is what the parser makes.
bool Reading::isNothing(const yaml_event_t &first, EventSource &source)
{
    if (first.type != YAML_SCALAR_EVENT || first.data.scalar.length > 0 || first.data.scalar.anchor ||
        first.data.scalar.tag || first.data.scalar.style != YAML_PLAIN_SCALAR_STYLE)
        return false;
    Event end;
    Event next;
    return source.next(end.raw) && end.raw.type == YAML_DOCUMENT_END_EVENT && source.next(next.raw) &&
           next.raw.type == YAML_STREAM_END_EVENT;
}

/// yaml.v3 ignores what follows the first document, unless its first word already is none. False if so.
bool Reading::lookPastEnd(EventSource &source)
{
    const auto warn = [&](const yaml_mark_t &place) {
        m_moreFollows = true;
        m_builder.report(Severity::Warning, mark(place),
                         QStringLiteral("The first YAML document ends before this line. The Collector reads only that "
                                        "one; everything from here on is ignored. A rollout of it cannot be proven."));
    };
    Event start;
    if (source.next(start.raw) && start.raw.type != YAML_DOCUMENT_START_EVENT)
        return true;
    if (source.parser().error == YAML_NO_ERROR) {
        Event first;
        const bool isRead = source.next(first.raw);
        if (isRead && isNothing(first.raw, source))
            return true;
        warn(start.raw.start_mark);
        if (isRead)
            return true;
    }
    if (source.parser().error == YAML_SCANNER_ERROR) {
        noteMistake(source.parser());
        return false;
    }
    if (start.raw.type != YAML_DOCUMENT_START_EVENT)
        warn(source.parser().problem_mark);
    return true;
}

/// Finds the character at @p place. Beyond the end the place becomes the end of the last line.
void Reading::locate(const yaml_mark_t &place, SyntaxError &error) const
{
    qsizetype lineStart = m_from;
    for (size_t line = 0; line < place.line; ++line) {
        const qsizetype end = m_text.indexOf('\n', lineStart);
        if (end < 0 || end + 1 >= m_text.size()) {
            error.atEnd = true;
            const QByteArrayView last =
                QByteArrayView(m_text).sliced(lineStart, (end < 0 ? m_text.size() : end) - lineStart);
            const qsizetype shown = QString::fromUtf8(last.first(std::min<qsizetype>(last.size(), 4096))).size();
            error.at = {static_cast<int>(line) + 1 + m_linesBefore, static_cast<int>(shown) + 1};
            return;
        }
        lineStart = end + 1;
    }
    const auto column = static_cast<qsizetype>(place.column);
    const QString line = QString::fromUtf8(m_text.mid(lineStart, std::min<qsizetype>(column * 4 + 4, 4096)));
    if (column < line.size() && line[column].unicode() < 0x80)
        error.character = line[column].toLatin1();
}

void Reading::noteMistake(const yaml_parser_t &parser)
{
    SyntaxError error;
    error.problem = QByteArray(parser.problem ? parser.problem : "out of memory");
    error.context = QByteArray(parser.context);
    error.at = mark(parser.problem_mark);
    if (parser.context)
        error.started = mark(parser.context_mark);
    locate(parser.problem_mark, error);
    if (error.started.line > error.at.line)
        error.started = {}; // beyond the end of the text too

    const ExplainedError explained = explain(error);
    if (!explained.isTab || !m_tabsNoted)
        m_builder.report(Severity::Error, explained.at, explained.text);
    m_mistakeLine = explained.goOnAfter;
    if (explained.isTab)
        noteTabs(explained.at.line);
    m_builder.finishPart();
}

void Reading::noteTabs(int afterLine)
{
    if (std::exchange(m_tabsNoted, true))
        return;
    for (const int line : tabIndentedLines(m_text, afterLine + 1, 20))
        m_builder.report(Severity::Error, {line, 1},
                         QStringLiteral("A tab stands in the indentation; YAML takes spaces only. Replace each tab by "
                                        "two spaces."));
}

bool Reading::skipToNextKey()
{
    int line = 1;
    for (qsizetype at = 0; at < m_text.size(); ++line) {
        qsizetype end = m_text.indexOf('\n', at);
        if (end < 0)
            end = m_text.size();
        const char first = at < end ? m_text[at] : '\0';
        const bool key = (std::isalpha(static_cast<unsigned char>(first)) != 0 || first == '_') &&
                         QByteArrayView(m_text).sliced(at, end - at).contains(':');
        if (line > m_mistakeLine && key) {
            m_from = at;
            m_linesBefore = line - 1;
            return true;
        }
        at = end + 1;
    }
    return false;
}

YamlDocument Reading::run()
{
    constexpr int mostParts = 10;
    for (int part = 0; part < mostParts; ++part) {
        if (readPart() != Outcome::Mistake || !m_builder.canGoOn() || !skipToNextKey())
            break;
    }
    m_builder.finishPart();
    YamlDocument document = m_builder.take();
    document.moreFollows = m_moreFollows;
    sortByPlace(document.problems);
    return document;
}

} // namespace

YamlDocument parseYaml(const QByteArray &text, const YamlLimits &limits)
{
    YamlDocument refused;
    if (text.size() > limits.bytes) {
        refused.problems.push_back(
            {.text =
                 QStringLiteral("The config has %1 bytes; at most %2 are read.").arg(text.size()).arg(limits.bytes)});
        refused.beyond = QStringLiteral("more than %1 bytes").arg(grouped(limits.bytes));
        return refused;
    }
    YamlText checked = checkYamlBytes(text, limits.problems);
    refused.wasUtf16 = checked.wasUtf16;
    if (!checked.problems.empty()) {
        refused.problems = std::move(checked.problems);
        return refused;
    }
    if (checked.utf8.isEmpty()) // libyaml asserts on a null pointer
        return refused;
    YamlDocument document = Reading(checked.utf8, limits).run();
    document.wasUtf16 = checked.wasUtf16;
    return document;
}

} // namespace flowgate::collector
