// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/collectorwords.h"

#include <QRegularExpression>

#include <algorithm>

namespace flowgate::collector {

namespace {

constexpr size_t mostProblems = 50;
constexpr qsizetype mostLines = 500;
constexpr qsizetype longestLine = 1000;

const QLatin1String contextEnd("decoding failed due to the following error(s):");

/// A value of the config with the way to it.
struct Place
{
    const Node *node = nullptr;
    Mark mark{};
    NodePath path{};
};

bool step(Place &place, const QString &name)
{
    const QByteArray key = name.toUtf8();
    if (const NodeEntry *entry = place.node->find(key)) {
        place.path.push(QByteArrayView(entry->key));
        place.mark = entry->mark;
        place.node = &entry->value;
        return true;
    }
    bool isNumber = false;
    const size_t index = name.toULong(&isNumber);
    if (!isNumber || index >= place.node->items.size())
        return false;
    place.path.push(static_cast<qsizetype>(index));
    place.node = &place.node->items[index];
    place.mark = place.node->mark;
    return true;
}

/// Walks "protocols.grpc", "[authorization]", "exporters::otlp/a.b::sending_queue" as far as it goes, and says whether
/// that was to the end. Names may hold the dots and brackets that separate others, so the longest that is there counts.
bool walk(Place &place, const QString &text)
{
    static const QRegularExpression separator(QStringLiteral("::|[.\\[\\]]+"));
    std::vector<std::pair<qsizetype, qsizetype>> gaps; // end of a name, begin of the next
    for (auto all = separator.globalMatch(text); all.hasNext();) {
        const auto gap = all.next();
        gaps.emplace_back(gap.capturedStart(), gap.capturedEnd());
    }
    if (gaps.empty() || gaps.back().second < text.size())
        gaps.emplace_back(text.size(), text.size());
    qsizetype from = !gaps.empty() && gaps.front().first == 0 ? gaps.front().second : 0;
    while (from < text.size()) {
        const auto fits = std::find_if(gaps.rbegin(), gaps.rend(), [&](const auto &gap) {
            return gap.first > from && step(place, text.mid(from, gap.first - from));
        });
        if (fits == gaps.rend())
            return false;
        from = fits->second;
    }
    return true;
}

/// Goes on to what a "quoted" name means below @p place: a key, a component's name behind the /, an item of a list.
bool refine(Place &place, const QString &name)
{
    const QByteArray key = name.toUtf8();
    for (const NodeEntry &entry : place.node->entries) {
        if (entry.key == key || entry.key.endsWith('/' + key))
            return step(place, QString::fromUtf8(entry.key));
    }
    const auto itemIn = [&](const Node &list) {
        return std::ranges::find_if(list.items, [&](const Node &item) { return item.isScalar() && item.text == key; }) -
               list.items.begin();
    };
    if (const auto at = itemIn(*place.node); at < std::ssize(place.node->items))
        return step(place, QString::number(at));
    for (const NodeEntry &entry : place.node->entries) {
        if (const auto at = itemIn(entry.value); at < std::ssize(entry.value.items))
            return step(place, QString::fromUtf8(entry.key)) && step(place, QString::number(at));
    }
    return false;
}

void refineByQuotes(Place &place, const QString &text)
{
    static const QRegularExpression quoted(QStringLiteral("\"([^\"]{1,200})\""));
    for (auto all = quoted.globalMatch(text); all.hasNext();) {
        if (refine(place, all.next().captured(1)))
            return;
    }
}

/// Line numbers of syntax errors. The parser of go.yaml.in/yaml counts from 0, its scanner from 1.
int lineOf(const QString &text)
{
    static const QRegularExpression place(QStringLiteral("\\bline (\\d{1,8}): "));
    static const QRegularExpression byParser(
        QStringLiteral("did not find expected (<document start>|node content|key|'-' indicator|',' or)"));
    const auto found = place.match(text);
    return found.hasMatch() ? found.captured(1).toInt() + (byParser.match(text).hasMatch() ? 1 : 0) : 0;
}

/// Reads the words line by line. A line that ends with "decoding failed …" says where the following ones are; nothing
/// says where that ends, so a name is looked for in the innermost such place first, then further out.
class Words
{
public:
    explicit Words(const ConfigTree &tree)
        : m_tree(tree)
        , m_contexts{Place{&tree.root, {}, {}}}
    {
    }

    void read(const QString &line);
    [[nodiscard]] Problems take() { return std::move(m_problems); }

private:
    void open(const QString &head);
    [[nodiscard]] std::optional<Place> find(const QString &path, size_t *depth = nullptr) const;
    void invalidKeys(const QString &line, const QString &keys, qsizetype start);
    void add(const QString &text, const std::optional<Place> &place, int line = 0);

    const ConfigTree &m_tree;
    std::vector<Place> m_contexts;
    Problems m_problems;
};

std::optional<Place> Words::find(const QString &path, size_t *depth) const
{
    for (size_t i = m_contexts.size(); i-- > 0;) {
        Place place = m_contexts[i];
        if (!walk(place, path))
            continue;
        if (depth)
            *depth = i + 1;
        return place;
    }
    return {};
}

void Words::open(const QString &head)
{
    static const QRegularExpression inQuotes(QStringLiteral("^'([^']+)' "));
    const auto found = inQuotes.match(head);
    if (!found.hasMatch()) {
        m_contexts.resize(1);
        return;
    }
    size_t depth = 1;
    auto place = find(found.captured(1), &depth);
    if (!place)
        return;
    refineByQuotes(*place, head);
    m_contexts.resize(depth);
    m_contexts.push_back(std::move(*place));
}

void Words::invalidKeys(const QString &line, const QString &keys, qsizetype start)
{
    for (const QString &key : keys.split(QStringLiteral(", ")))
        add(line.left(start) + key, find(key));
}

void Words::add(const QString &text, const std::optional<Place> &place, int line)
{
    if (m_problems.size() >= mostProblems)
        return;
    Problem problem{.text = text.left(longestLine)};
    if (place && place->mark.line > 0) {
        problem.line = place->mark.line;
        problem.column = place->mark.column;
        problem.path = place->path.text();
        problem.file = m_tree.files.value(place->node->file);
    } else if (line > 0 && m_tree.files.size() <= 1) { // of several files nobody says which
        problem.line = line;
        problem.column = 1;
    }
    m_problems.push_back(std::move(problem));
}

void Words::read(const QString &line)
{
    static const QRegularExpression path(QStringLiteral("^([a-z_]+(?:::[^:]+)+): "));
    static const QRegularExpression inQuotes(QStringLiteral("^'([^']+)' "));
    static const QRegularExpression keys(QStringLiteral(" has invalid keys: (.+)$"));
    if (line.endsWith(contextEnd))
        return open(line.chopped(contextEnd.size()));
    if (const auto found = keys.match(line); found.hasMatch())
        return invalidKeys(line, found.captured(1), found.capturedStart(1));
    if (const int at = lineOf(line); at > 0)
        return add(line, {}, at);
    if (const auto found = path.match(line); found.hasMatch()) {
        Place place{&m_tree.root, {}, {}};
        if (walk(place, found.captured(1)))
            refineByQuotes(place, line.mid(found.capturedEnd()));
        return add(line, place);
    }
    if (const auto found = inQuotes.match(line); found.hasMatch()) {
        auto place = find(found.captured(1));
        if (!place && m_contexts.size() > 1)
            place = m_contexts.back(); // a Go type's name: it is about the place that was named before
        if (place)
            refineByQuotes(*place, line.mid(found.capturedEnd()));
        return add(line, place);
    }
    add(line, m_contexts.size() > 1 ? std::optional(m_contexts.back()) : std::nullopt);
}

} // namespace

Problems problemsFromWords(const QString &words, const ConfigTree &tree)
{
    const QLatin1String marker("Error: ");
    QStringList lines = words.split(u'\n');
    // What stands before it is log.
    const auto begin = std::ranges::find_if(lines, [&](const QString &line) { return line.startsWith(marker); });
    if (begin != lines.end()) {
        lines.erase(lines.begin(), begin);
        lines.front() = lines.front().mid(marker.size());
    }
    Words reader(tree);
    for (QString &line : lines.first(std::min(lines.size(), mostLines))) {
        line = line.left(longestLine).trimmed();
        if (!line.isEmpty() && !line.endsWith(QLatin1String("unmarshal errors:")))
            reader.read(line);
    }
    return reader.take();
}

} // namespace flowgate::collector
