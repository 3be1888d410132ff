// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/contains.h"

#include "collector/additions.h"
#include "collector/scalar.h"
#include "collector/secrets.h"

#include <algorithm>
#include <iterator>

namespace flowgate::collector {

namespace {

/// {name: n, value: v} and nothing else: how the Collector reports an entry of a headers map.
bool isPair(const Node &node)
{
    return node.isMap() && node.entries.size() == 2 && node.find("name") && node.find("value") &&
           node.find("name")->value.isScalar();
}

/// A list of pairs as the map that was written; nothing if it is another list.
std::optional<Node> mapOfPairs(const Node &list)
{
    if (!list.isList() || list.items.empty() || !std::ranges::all_of(list.items, isPair))
        return {};
    Node map;
    map.kind = Node::Kind::Map;
    map.mark = list.mark;
    map.lastLine = list.lastLine;
    for (const Node &pair : list.items) {
        NodeEntry entry;
        entry.key = pair.find("name")->value.text;
        entry.mark = pair.mark;
        entry.value = pair.find("value")->value;
        map.entries.push_back(std::move(entry));
    }
    return map;
}

/// Walks wanted and looks for each part of it in effective.
class Comparison
{
public:
    Comparison(const ConfigTree &wanted, const ContainOptions &options, ContainmentResult &result)
        : m_wanted(wanted)
        , m_options(options)
        , m_result(result)
        , m_additions(options, result)
    {
    }

    void compare(const Node &wanted, const Node &effective);

private:
    void compareMaps(const Node &wanted, const Node &effective);
    void compareLists(const Node &wanted, const Node &effective);
    void compareScalars(const Node &wanted, const Node &effective);
    void compareAsSet(const Node &wanted, const Node &effective);
    bool compareWithOwnTelemetry(const Node &wanted, const Node &effective);
    void compareMissing(const NodeEntry &wanted, const Node &effective);
    bool isSwitchedOff(const Node &wanted, const Node &effective) const;
    void differ(Difference::Kind kind, const Node &wanted, const Node *effective, int effectiveLine);
    void unverified(Unverified::Why why, const Node &wanted, int effectiveLine);
    void take(ContainmentResult &&part);
    [[nodiscard]] bool isHidingSwitch(const Node &wanted, const Node &effective) const;
    [[nodiscard]] bool mayBeLeftOut(const Node &wanted) const;
    [[nodiscard]] bool insideComponent() const { return m_path.size() >= 3; }

    const ConfigTree &m_wanted;
    const ContainOptions &m_options;
    ContainmentResult &m_result;
    AdditionCollector m_additions;
    NodePath m_path;
    QByteArrayView m_key; // the nearest key above
    int m_differences = 0;
};

void Comparison::differ(Difference::Kind kind, const Node &wanted, const Node *effective, int effectiveLine)
{
    // What the supervisor writes into its extension is its own affair, whatever a config says there.
    if (m_path.size() >= 3 && m_path.startsWith({"extensions", "opamp"})) {
        m_additions.byDesign(m_path, Addition::Kind::Supervisor, effectiveLine, effectiveLine);
        return;
    }
    ++m_differences;
    m_result.contains = false;
    if (static_cast<int>(m_result.differences.size()) >= m_options.maxReports) {
        m_result.truncated = true;
        return;
    }
    const QString path = m_path.text();
    const bool isSecret = isSecretPath(path);
    const auto shown = [&](const Node &node) { return isSecret ? QString::fromLatin1(hiddenValue) : nodeText(node); };
    m_result.differences.push_back({.path = path,
                                    .kind = kind,
                                    .wanted = shown(wanted),
                                    .effective = effective ? shown(*effective) : QString(),
                                    .wantedFile = m_wanted.files.value(wanted.file),
                                    .wantedLine = wanted.mark.line,
                                    .effectiveLine = effectiveLine});
}

void Comparison::unverified(Unverified::Why why, const Node &wanted, int effectiveLine)
{
    using enum Unverified::Why;
    m_result.notCompared += why == Masked || why == Reference || why == NotShown ? 1 : 0;
    if (static_cast<int>(m_result.unverified.size()) >= m_options.maxReports) {
        m_result.truncated = true;
        return;
    }
    m_result.unverified.push_back(
        {.path = m_path.text(), .why = why, .wantedLine = wanted.mark.line, .effectiveLine = effectiveLine});
}

/// Takes over what a comparison aside found.
void Comparison::take(ContainmentResult &&part)
{
    const auto most = static_cast<size_t>(std::max(m_options.maxReports, 0));
    const auto append = [&](auto &list, auto &more) {
        const size_t room = most - std::min(most, list.size());
        m_result.truncated = m_result.truncated || more.size() > room;
        std::move(more.begin(), more.begin() + static_cast<std::ptrdiff_t>(std::min(room, more.size())),
                  std::back_inserter(list));
    };
    m_result.notCompared += part.notCompared;
    append(m_result.unverified, part.unverified);
    append(m_result.byDesign, part.byDesign);
    append(m_result.others, part.others);
}

/// Zero values of fields inside a component: the Collector does not write them ("omitempty"). An "enabled" is never
/// taken for granted. The word basic is the zero of its verbosity levels (seen with the debug exporter of v0.149.0).
bool Comparison::mayBeLeftOut(const Node &wanted) const
{
    if (!insideComponent() || m_key == "enabled")
        return false;
    if (wanted.isList())
        return wanted.items.empty();
    if (wanted.isMap() || wanted.isNull())
        return false;
    const Scalar scalar = resolveScalar(wanted);
    return isZero(scalar) ||
           (m_key == "verbosity" && scalar.text.compare(QByteArrayView("basic"), Qt::CaseInsensitive) == 0);
}

/// {enabled: false, …} reads back as null: the section is off and the rest of it without effect.
bool Comparison::isSwitchedOff(const Node &wanted, const Node &effective) const
{
    const NodeEntry *enabled = wanted.isMap() && insideComponent() ? wanted.find("enabled") : nullptr;
    if (!enabled || !enabled->value.isScalar() || !effective.isNull())
        return false;
    const Scalar scalar = resolveScalar(enabled->value);
    return scalar.type == Scalar::Type::Bool && !scalar.boolean;
}

/// {enabled: ${…}, …} and null: only the reference says whether the section is off.
bool Comparison::isHidingSwitch(const Node &wanted, const Node &effective) const
{
    const NodeEntry *enabled = wanted.isMap() && insideComponent() ? wanted.find("enabled") : nullptr;
    return enabled && isReference(enabled->value) && effective.isNull();
}

void Comparison::compareMissing(const NodeEntry &wanted, const Node &effective)
{
    const Node &value = wanted.value;
    const Scalar scalar = value.isScalar() ? resolveScalar(value) : Scalar{};
    const bool isSwitch = insideComponent() && m_key == "enabled" && !effective.entries.empty();
    if (isSwitch && scalar.type == Scalar::Type::Bool && scalar.boolean)
        unverified(Unverified::Why::Switch, value, effective.mark.line);
    else if (isSwitch && isReference(value))
        unverified(Unverified::Why::Reference, value, effective.mark.line);
    else if (mayBeLeftOut(value))
        unverified(Unverified::Why::LeftOut, value, effective.mark.line);
    else
        differ(Difference::Kind::Missing, value, nullptr, effective.mark.line);
}

void Comparison::compareMaps(const Node &wanted, const Node &effective)
{
    const MapIndex have(effective);
    const QByteArrayView keyAbove = m_key;
    for (const NodeEntry &entry : wanted.entries) {
        m_path.push(entry.key);
        m_key = entry.key;
        if (const NodeEntry *found = have.find(entry.key))
            compare(entry.value, found->value);
        else
            compareMissing(entry, effective);
        m_path.pop();
    }
    m_key = keyAbove;
    m_additions.note(wanted, effective, m_path);
}

void Comparison::compareScalars(const Node &wanted, const Node &effective)
{
    switch (matchScalar(wanted, effective, m_key)) {
    case ScalarMatch::Same:
        break;
    case ScalarMatch::Masked:
        unverified(Unverified::Why::Masked, wanted, effective.mark.line);
        break;
    case ScalarMatch::Reference:
        unverified(Unverified::Why::Reference, wanted, effective.mark.line);
        break;
    case ScalarMatch::Different:
        differ(Difference::Kind::Different, wanted, &effective, effective.mark.line);
        break;
    }
}

/// service::extensions: the supervisor adds its own and those of the gateway's files, in an order of its making.
void Comparison::compareAsSet(const Node &wanted, const Node &effective)
{
    QHash<QByteArray, bool> have;
    for (const Node &item : effective.items) {
        if (item.isScalar())
            have.insert(item.text, true);
    }
    QHash<QByteArray, bool> asked;
    for (const Node &item : wanted.items)
        asked.insert(item.text, true);
    // A reference is one of those that nobody asked for by name; where there is none left it is not there at all.
    auto unnamed = std::ranges::count_if(
        effective.items, [&](const Node &item) { return !asked.contains(item.text) && item.text != "opamp"; });
    for (size_t i = 0; i < wanted.items.size(); ++i) {
        const Node &item = wanted.items[i];
        if (have.contains(item.text))
            continue;
        m_path.push(static_cast<qsizetype>(i));
        if (hasReference(item.text) && unnamed-- > 0)
            unverified(Unverified::Why::Reference, item, effective.mark.line);
        else
            differ(Difference::Kind::Missing, item, nullptr, effective.mark.line);
        m_path.pop();
    }
    m_additions.noteExtensions(asked, effective, m_path);
}

/// Readers and processors that we offered stand in the same list with wanted ones: those must be there in order.
bool Comparison::compareWithOwnTelemetry(const Node &wanted, const Node &effective)
{
    constexpr size_t mostItems = 100;
    if (!m_options.ownTelemetryOffered || !AdditionCollector::isOwnTelemetryList(m_path) ||
        effective.items.size() <= wanted.items.size() || effective.items.size() > mostItems)
        return false;
    std::vector<const Node *> extra;
    std::vector<ContainmentResult> found;
    size_t next = 0;
    for (const Node &item : effective.items) {
        if (next < wanted.items.size()) {
            ContainmentResult aside;
            aside.contains = true;
            Comparison one(m_wanted, m_options, aside);
            one.m_path = m_path;
            one.compare(wanted.items[next], item);
            if (aside.contains) {
                ++next;
                found.push_back(std::move(aside));
                continue;
            }
        }
        extra.push_back(&item);
    }
    if (next < wanted.items.size())
        return false;
    for (ContainmentResult &part : found)
        take(std::move(part));
    for (const Node *item : extra)
        m_additions.byDesign(m_path, Addition::Kind::OwnTelemetry, item->mark.line, item->lastLine);
    return true;
}

void Comparison::compareLists(const Node &wanted, const Node &effective)
{
    if (m_path.is({"service", "extensions"}) && std::ranges::all_of(wanted.items, &Node::isScalar)) {
        compareAsSet(wanted, effective);
        return;
    }
    if (compareWithOwnTelemetry(wanted, effective))
        return;
    if (wanted.items.size() != effective.items.size()) {
        differ(Difference::Kind::Different, wanted, &effective, effective.mark.line);
        return;
    }
    for (size_t i = 0; i < wanted.items.size(); ++i) {
        m_path.push(static_cast<qsizetype>(i));
        compare(wanted.items[i], effective.items[i]);
        m_path.pop();
    }
}

void Comparison::compare(const Node &wanted, const Node &effective)
{
    // Nothing asked for: the Collector takes its default, whatever that is.
    if (wanted.isNull()) {
        m_additions.note(wanted, effective, m_path);
        return;
    }
    if (wanted.isEmpty() && effective.isEmpty())
        return;
    // What stands behind a reference may be anything: a section, a list, a value.
    const bool isSame = effective.isScalar() && effective.text == wanted.text;
    if ((isReference(wanted) && !isSame) || isHidingSwitch(wanted, effective)) {
        unverified(Unverified::Why::Reference, wanted, effective.mark.line);
        return;
    }
    if (isSwitchedOff(wanted, effective)) {
        unverified(Unverified::Why::Switch, wanted, effective.mark.line);
        return;
    }
    // Some settings are written as a word and come back as {} (sizer: items): the Collector cannot show them.
    if (wanted.isScalar() && effective.isMap() && effective.isEmpty() && insideComponent()) {
        unverified(Unverified::Why::NotShown, wanted, effective.mark.line);
        return;
    }
    if (wanted.isMap() && effective.isList()) {
        if (const auto map = mapOfPairs(effective)) {
            compareMaps(wanted, *map);
            return;
        }
    }
    if (wanted.kind != effective.kind) {
        differ(Difference::Kind::Different, wanted, &effective, effective.mark.line);
        return;
    }
    switch (wanted.kind) {
    case Node::Kind::Map:
        compareMaps(wanted, effective);
        break;
    case Node::Kind::List:
        compareLists(wanted, effective);
        break;
    case Node::Kind::Scalar:
        compareScalars(wanted, effective);
        break;
    }
}

/// Why a side cannot be compared; nothing if it can.
std::optional<std::pair<ContainmentResult::Obstacle, QString>> obstacleIn(const ConfigTree &tree, const QString &side)
{
    using Obstacle = ContainmentResult::Obstacle;
    if (!tree.beyond.isEmpty())
        return std::pair{Obstacle::TooLarge, QStringLiteral("too large to compare: %1 has %2").arg(side, tree.beyond)};
    const auto error = std::ranges::find(tree.problems, Severity::Error, &Problem::severity);
    if (error != tree.problems.end()) {
        QString place = error->file.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(error->file);
        if (error->line > 0)
            place += QStringLiteral(", line %1").arg(error->line);
        QString text = error->text;
        if (text.endsWith(u'.'))
            text.chop(1);
        return std::pair{Obstacle::Unreadable, QStringLiteral("cannot be compared: %1%2: %3").arg(side, place, text)};
    }
    if (!tree.moreFollows.isEmpty())
        return std::pair{Obstacle::Unreadable,
                         QStringLiteral("cannot be compared: %1 has more than one YAML document, of which a Collector "
                                        "reads the first")
                             .arg(side)};
    return {};
}

} // namespace

ContainmentResult contains(const ConfigTree &wanted, const ConfigTree &effective, const ContainOptions &options)
{
    ContainmentResult result;
    result.wantedProblems = wanted.problems;
    result.effectiveProblems = effective.problems;
    auto obstacle = obstacleIn(wanted, QStringLiteral("the desired config"));
    if (!obstacle)
        obstacle = obstacleIn(effective, QStringLiteral("the effective config"));
    if (obstacle) {
        result.obstacle = obstacle->first;
        result.why = std::move(obstacle->second);
        return result;
    }
    result.contains = true;
    if (wanted.root.isEmpty())
        return result;
    Node none; // an empty effective config is a map with nothing in it
    none.kind = Node::Kind::Map;
    Comparison(wanted, options, result).compare(wanted.root, effective.root.isMap() ? effective.root : none);
    std::ranges::stable_sort(result.byDesign, {}, &Addition::line);
    std::ranges::stable_sort(result.others, {}, &Addition::line);
    return result;
}

ContainmentResult contains(const domain::ConfigSet &wanted, const domain::ConfigSet &effective,
                           const ContainOptions &options)
{
    return contains(readConfig(wanted, options.limits), readEffective(effective, options.limits).tree, options);
}

} // namespace flowgate::collector
