// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/language/uses.h"

#include "collector/scalar.h"

#include <algorithm>

namespace flowgate::collector {

namespace {

using Lines = std::map<QString, QStringList>;

Lines linesOf(const domain::ConfigSet &config)
{
    Lines lines;
    for (const auto &[name, file] : config.files)
        lines.emplace(name, QString::fromUtf8(file.body).split(u'\n'));
    return lines;
}

/// What a pipeline or service::extensions names.
struct Named
{
    ComponentKind kind;
    Reference reference;
};

/// An id in a pipeline is a connector where one is defined and nothing of the pipeline's own kind is.
ComponentKind kindIn(const OutlineIndex &index, ComponentKind kind, const QString &id)
{
    return !index.has(kind, id) && index.has(ComponentKind::Connector, id) ? ComponentKind::Connector : kind;
}

/// Scalars under keys that take the id of an extension.
void collectExtensionNames(const ConfigTree &tree, const Node &node, std::vector<Named> &named)
{
    for (const NodeEntry &entry : node.entries) {
        const bool takesId = entry.key == "authenticator" || entry.key == "storage" || entry.key == "encoding";
        if (takesId && entry.value.isScalar() && !entry.value.isNull())
            named.push_back(
                {ComponentKind::Extension,
                 {QString::fromUtf8(entry.value.text), tree.files.value(entry.value.file), entry.value.mark}});
        collectExtensionNames(tree, entry.value, named);
    }
    for (const Node &item : node.items)
        collectExtensionNames(tree, item, named);
}

std::vector<Named> namedIn(const ConfigTree &tree, const Outline &outline)
{
    std::vector<Named> named;
    const OutlineIndex index(outline);
    const auto add = [&](ComponentKind kind, const std::vector<Reference> &references) {
        for (const Reference &reference : references) {
            if (!hasReference(reference.id.toUtf8())) // which component that is only the gateway knows
                named.push_back({kindIn(index, kind, reference.id), reference});
        }
    };
    for (const Pipeline &pipeline : outline.pipelines) {
        add(ComponentKind::Receiver, pipeline.receivers);
        add(ComponentKind::Processor, pipeline.processors);
        add(ComponentKind::Exporter, pipeline.exporters);
    }
    add(ComponentKind::Extension, outline.extensions);
    for (const NodeEntry &section : tree.root.entries) {
        if (section.key != "service")
            collectExtensionNames(tree, section.value, named);
    }
    return named;
}

/// The line, trimmed; of a long one what is around @p column.
QString lineText(const QString &line, int column)
{
    constexpr qsizetype longest = 300;
    if (line.size() <= longest)
        return line.trimmed();
    return line.mid(std::max<qsizetype>(column - 1 - longest / 2, 0), longest).trimmed();
}

/// Where the id itself begins, behind a quote if there is one; nothing where it is written in another way, with escapes
/// or by an alias.
std::optional<IdPlace> placeOf(const Lines &lines, const QString &id, const QString &file, const Mark &mark,
                               bool defines)
{
    const auto found = lines.find(file);
    if (found == lines.end() || mark.line < 1 || mark.line > found->second.size())
        return {};
    const QString &line = found->second[mark.line - 1];
    for (const int column : {mark.column, mark.column + 1}) {
        if (column >= 1 && column <= line.size() && QStringView(line).sliced(column - 1).startsWith(id))
            return IdPlace{file, mark.line, column, defines, lineText(line, column)};
    }
    return {};
}

IdUses usesOf(const ConfigTree &tree, const Outline &outline, const Lines &lines, ComponentKind kind, const QString &id)
{
    IdUses uses{kind, id, {}};
    const auto add = [&](const QString &file, const Mark &mark, bool defines) {
        if (const auto place = placeOf(lines, id, file, mark, defines))
            uses.places.push_back(*place);
    };
    for (const Component &component : outline.components) {
        if (component.kind == kind && component.id == id)
            add(component.file, component.mark, true);
    }
    const size_t definitions = uses.places.size();
    for (const Named &one : namedIn(tree, outline)) {
        if (one.kind == kind && one.reference.id == id)
            add(one.reference.file, one.reference.mark, false);
    }
    std::sort(uses.places.begin() + static_cast<std::ptrdiff_t>(definitions), uses.places.end(),
              [](const IdPlace &a, const IdPlace &b) {
                  return std::tie(a.file, a.line, a.column) < std::tie(b.file, b.line, b.column);
              });
    return uses;
}

bool covers(const IdPlace &place, const QString &id, const QString &file, int line, int column)
{
    return place.file == file && place.line == line && column >= place.column && column <= place.column + id.size();
}

} // namespace

std::optional<IdUses> usesAt(const domain::ConfigSet &config, const QString &file, int line, int column)
{
    const ConfigTree tree = readConfig(config);
    const Outline outline = collector::outline(tree);
    const Lines lines = linesOf(config);
    const auto isHere = [&](const QString &id, const QString &where, const Mark &mark) {
        if (mark.line != line || where != file)
            return false;
        const auto place = placeOf(lines, id, where, mark, false);
        return place && covers(*place, id, file, line, column);
    };
    for (const Component &component : outline.components) {
        if (isHere(component.id, component.file, component.mark))
            return usesOf(tree, outline, lines, component.kind, component.id);
    }
    for (const Named &one : namedIn(tree, outline)) {
        if (isHere(one.reference.id, one.reference.file, one.reference.mark))
            return usesOf(tree, outline, lines, one.kind, one.reference.id);
    }
    return {};
}

QString renameTrouble(const domain::ConfigSet &config, const IdUses &uses, const QString &id)
{
    const QString type = componentType(uses.id);
    if (componentType(id) != type || id.startsWith(u' ') || id.endsWith(u' '))
        return QStringLiteral("the type stays '%1': write %1/NAME").arg(type);
    const QString name = id.mid(type.size() + 1);
    if (id.endsWith(u'/') || name.size() > 1024 || std::ranges::any_of(name, [](QChar c) {
            return !c.isPrint() || QStringView(u"\"'`,:#[]{}&*!|>%@ ").contains(c);
        }))
        return QStringLiteral("behind '/' letters, digits and signs such as - and _ may stand, no blanks");
    const Outline outline = collector::outline(config);
    // A connector stands among receivers and exporters, so an id of either would be taken for it.
    for (const ComponentKind kind : allComponentKinds) {
        const bool isNear =
            kind == uses.kind || kind == ComponentKind::Connector || uses.kind == ComponentKind::Connector;
        if (isNear && id != uses.id && outline.find(kind, id))
            return QStringLiteral("%1 has '%2' already").arg(sectionName(kind), id);
    }
    return {};
}

std::map<QString, std::vector<Fix>> renaming(const IdUses &uses, const QString &id)
{
    std::map<QString, std::vector<Fix>> changes;
    for (const IdPlace &place : uses.places)
        changes[place.file].push_back(replaceOnLine(place.line, place.column, uses.id, id));
    for (auto &[file, fixes] : changes) {
        std::ranges::sort(fixes, [](const Fix &a, const Fix &b) {
            return std::pair(a.line, a.column) > std::pair(b.line, b.column);
        });
        fixes.erase(std::unique(fixes.begin(), fixes.end()), fixes.end());
    }
    return changes;
}

} // namespace flowgate::collector
