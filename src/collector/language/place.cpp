// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/language/place.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace flowgate::collector {

namespace {

/// "  - key: value", taken apart.
struct Line
{
    int indent = 0; ///< of the key, behind a dash
    bool isItem = false;
    bool isBlank = true;
    QString key;
};

bool isWordCharacter(QChar c)
{
    return c.isLetterOrNumber() || c == u'_' || c == u'-' || c == u'.' || c == u'/';
}

Line parse(const QString &text)
{
    static const QRegularExpression shape(
        QStringLiteral("^( *)((?:- +)*)(?:\"([^\"]*)\"|'([^']*)'|([^\\s#:\\-\"'\\[\\]{}][^:#]*?)) *:(?: |$)"));
    Line line;
    const QString trimmed = text.trimmed();
    line.isBlank = trimmed.isEmpty() || trimmed.startsWith(u'#');
    if (line.isBlank)
        return line;
    line.isItem = trimmed.startsWith(u'-');
    const auto match = shape.match(text);
    if (match.hasMatch()) {
        line.indent = static_cast<int>(match.capturedLength(1) + match.capturedLength(2));
        line.key = match.captured(3) + match.captured(4) + match.captured(5);
    } else {
        line.indent = static_cast<int>(text.size() - QStringView(text).trimmed().size());
        line.indent = 0;
        while (line.indent < text.size() && text[line.indent] == u' ')
            ++line.indent;
    }
    return line;
}

/// The place at the end of @p before, but for its path. @param indent  what the path's keys stand left of
Place placeInLine(const QString &before, int &indent)
{
    Place place;
    static const QRegularExpression comment(QStringLiteral("(?:^|\\s)#"));
    place.inComment = comment.match(before).hasMatch();
    qsizetype begin = before.size();
    while (begin > 0 && isWordCharacter(before[begin - 1]))
        --begin;
    // A dash of a list is no part of a word.
    while (begin < before.size() && before[begin] == u'-' && before.left(begin).trimmed().isEmpty())
        ++begin;
    place.typed = before.mid(begin);

    const Line own = parse(before);
    indent = own.indent;
    if (!own.key.isNull() && !own.key.isEmpty()) {
        place.key = own.key;
        place.inValue = true;
        return place;
    }
    indent = 0;
    while (indent < before.size() && before[indent] == u' ')
        ++indent;
    // "- otlp" below "receivers:", which YAML lets stand at the same depth.
    if (QStringView(before).trimmed().startsWith(u'-')) {
        place.inValue = true;
        ++indent;
    }
    return place;
}

/// A list has no key of its own: it belongs to the innermost one above.
void takeKeyOfList(Place &place)
{
    if (place.inValue && place.key.isEmpty() && !place.path.isEmpty())
        place.key = place.path.takeLast();
}

} // namespace

Place placeAt(const QStringList &lines, int line, int column)
{
    if (line < 0 || line >= lines.size())
        return {};
    int indent = 0;
    Place place = placeInLine(lines[line].left(column), indent);
    for (int above = line - 1; above >= 0 && indent > 0; --above) {
        const Line outer = parse(lines[above]);
        if (outer.isBlank || outer.key.isEmpty() || outer.indent >= indent)
            continue;
        place.path.prepend(outer.key);
        indent = outer.indent;
    }
    takeKeyOfList(place);
    return place;
}

std::vector<Place> placesOfLines(const QStringList &lines, const std::vector<int> &wanted)
{
    std::vector<Place> places;
    std::vector<Line> open; // the keys that the next line may stand below, each further in than the one before
    auto next = wanted.begin();
    for (int line = 0; line < lines.size() && next != wanted.end(); ++line) {
        if (line == *next) {
            int indent = 0;
            Place &place = places.emplace_back(placeInLine(lines[line], indent));
            for (const Line &outer : open) {
                if (outer.indent < indent)
                    place.path.append(outer.key);
            }
            takeKeyOfList(place);
            ++next;
        }
        Line own = parse(lines[line]);
        if (own.isBlank || own.key.isEmpty())
            continue;
        while (!open.empty() && open.back().indent >= own.indent)
            open.pop_back();
        open.push_back(std::move(own));
    }
    return places;
}

int indentAfter(const QString &line)
{
    constexpr int level = 2;
    int indent = 0;
    while (indent < line.size() && line[indent] == u' ')
        ++indent;
    static const QRegularExpression comment(QStringLiteral("(?:^|\\s)#.*$"));
    const QString code = QString(line).remove(comment).trimmed();
    if (code.isEmpty())
        return indent;
    // What belongs to an item of a list stands behind its dash.
    const bool isItem = code.startsWith(QLatin1String("- "));
    const int own = isItem ? static_cast<int>(line.indexOf(u'-')) + level : indent;
    const bool opens =
        code.endsWith(u':') || code.endsWith(QLatin1String(": |")) || code.endsWith(QLatin1String(": >"));
    if (opens)
        return own + level;
    return isItem && code.contains(QLatin1String(": ")) ? own : indent;
}

QStringList definedIds(const QStringList &lines, ComponentKind kind)
{
    QStringList ids;
    QSet<QString> seen;
    const QString section = sectionName(kind);
    int indent = -1;
    bool inside = false;
    for (const QString &text : lines) {
        const Line line = parse(text);
        if (line.isBlank || line.key.isEmpty())
            continue;
        if (line.indent == 0) {
            inside = line.key == section;
            indent = -1;
            continue;
        }
        if (!inside)
            continue;
        if (indent < 0)
            indent = line.indent;
        if (line.indent == indent && !seen.contains(line.key)) {
            seen.insert(line.key);
            ids.append(line.key);
        }
    }
    return ids;
}

const SchemaValue *schemaAt(const Schema &schema, const QStringList &path)
{
    if (path.size() < 2)
        return nullptr;
    const SchemaValue *value = nullptr;
    if (path[0] == QLatin1String("service") && path[1] == QLatin1String("telemetry")) {
        value = &schema.telemetry();
    } else {
        const auto kind =
            std::ranges::find_if(allComponentKinds, [&path](ComponentKind one) { return sectionName(one) == path[0]; });
        const SchemaComponent *component =
            kind == allComponentKinds.end() ? nullptr : schema.find(*kind, componentType(path[1]));
        value = component ? &component->config : nullptr;
    }
    for (qsizetype i = 2; value && i < path.size(); ++i) {
        if (value->type == SchemaValue::Type::List && !value->item.empty())
            value = &value->item.front();
        value = value->find(path[i].toUtf8());
    }
    return value;
}

} // namespace flowgate::collector
