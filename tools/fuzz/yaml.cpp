// SPDX-License-Identifier: GPL-3.0-or-later
// Configs as trees: reading with limits, merging, containment, writing. Two texts with a line "=====" between them are
// two files. And hiding: of a text whose secrets all hold a certain word, nothing may show that word.
#include "collector/contains.h"
#include "collector/masking.h"
#include "collector/merge.h"
#include "collector/scalar.h"
#include "collector/textdiff.h"
#include "collector/yamlwriter.h"
#include "fuzz.h"
#include "secretwords.h"

#include <cmath>

using namespace flowgate;
using fuzz::require;

namespace {

constexpr collector::YamlLimits limits{.bytes = 16 * 1024, .depth = 20, .nodes = 2000, .problems = 20};

void checkDocument(const collector::YamlDocument &document)
{
    require(static_cast<int>(document.problems.size()) <= limits.problems, "no more problems than the limit");
    if (collector::hasErrors(document.problems))
        return;
    require(document.nodesUsed <= limits.nodes, "no more values than the limit");
    require(collector::nodeCount(document.root) <= limits.nodes, "no more values than the limit, aliases unfolded");
    require(collector::nodeHeight(document.root) <= limits.depth + 1, "no deeper than the limit");
}

void checkPlaces(const collector::Node &node, int lines)
{
    require(node.mark.line <= lines + 1 && node.mark.line <= std::max(node.lastLine, node.mark.line),
            "a value stands in its text");
    for (const collector::Node &item : node.items)
        checkPlaces(item, lines);
    for (size_t i = 0; i < node.entries.size(); ++i)
        checkPlaces(node.entries[i].value, lines);
}

bool sameScalar(const collector::Node &a, const collector::Node &b)
{
    const collector::Scalar x = collector::resolveScalar(a);
    const collector::Scalar y = collector::resolveScalar(b);
    const bool sameNumber = x.number == y.number || (std::isnan(x.number) && std::isnan(y.number));
    return x.type == y.type && x.boolean == y.boolean && x.negative == y.negative && x.magnitude == y.magnitude &&
           sameNumber && x.seconds == y.seconds && x.nanoseconds == y.nanoseconds && x.text == y.text;
}

bool sameTree(const collector::Node &a, const collector::Node &b)
{
    if (a.isNull() && b.isNull())
        return true;
    if (a.kind != b.kind || a.items.size() != b.items.size() || a.entries.size() != b.entries.size())
        return false;
    if (a.isScalar())
        return sameScalar(a, b);
    for (size_t i = 0; i < a.items.size(); ++i) {
        if (!sameTree(a.items[i], b.items[i]))
            return false;
    }
    for (size_t i = 0; i < a.entries.size(); ++i) {
        if (a.entries[i].key != b.entries[i].key || !sameTree(a.entries[i].value, b.entries[i].value))
            return false;
    }
    return true;
}

/// A tag of somebody's own is no value of a config that a Collector reads back.
bool hasTags(const collector::Node &node)
{
    return !node.tag.isEmpty() || std::ranges::any_of(node.items, hasTags) ||
           std::ranges::any_of(node.entries, [](const collector::NodeEntry &entry) { return hasTags(entry.value); });
}

void checkWriting(const collector::Node &root)
{
    const QByteArray text = collector::writeYaml(root);
    const collector::ConfigTree again = collector::readConfig(text);
    require(again.isReadable(), "a config that is written can be read");
    if (!hasTags(root))
        require(sameTree(root, again.root), "a config that is written reads the same");
}

/// That list is joined by its ids, so what is none, or there twice, comes again.
bool listsIdsOnce(const collector::Node *list)
{
    QSet<QByteArray> seen;
    for (const collector::Node &item : list ? list->items : std::vector<collector::Node>()) {
        if (!item.isScalar() || seen.contains(item.text))
            return false;
        seen.insert(item.text);
    }
    return true;
}

void checkMerging(const collector::ConfigTree &base, const collector::ConfigTree &over)
{
    collector::Node merged = base.root;
    collector::mergeConfig(merged, over.root);
    if (over.root.isMap() && over.isWhole()) {
        const collector::ConfigTree tree{.root = merged, .problems = {}, .files = {}};
        require(collector::contains(over, tree).contains, "a merged config has all of the stronger one");
    }
    if (!listsIdsOnce(over.root.at({"service", "extensions"})))
        return;
    collector::Node twice = merged;
    collector::mergeConfig(twice, over.root);
    require(sameTree(merged, twice), "merging a config once more changes nothing");
}

QByteArray joined(const collector::TextDiff &diff, collector::DiffLine::Kind without)
{
    QByteArrayList lines;
    for (const collector::DiffLine &line : diff.lines) {
        if (line.kind != without)
            lines.append(line.text);
    }
    return lines.join('\n');
}

void checkDiff(const QByteArray &from, const QByteArray &to)
{
    const collector::TextDiff diff = collector::diffLines(from, to, 100);
    const auto body = [](const QByteArray &text) { return text.endsWith('\n') ? text.chopped(1) : text; };
    require(joined(diff, collector::DiffLine::Kind::Added) == body(from), "a diff holds the old text");
    require(joined(diff, collector::DiffLine::Kind::Removed) == body(to), "a diff holds the new text");
    require(from != to || diff.isEmpty(), "equal texts do not differ");
}

void checkHiding(const QByteArray &text)
{
    const QByteArray shown = collector::withoutSecrets(text);
    const bool utf16 = text.startsWith("\xff\xfe") || text.startsWith("\xfe\xff");
    require(utf16 || shown.count('\n') == text.count('\n'), "lines stay where they are");
    if (fuzz::allWordsAreSecret(text))
        require(!shown.contains(fuzz::secretWord), "a secret does not show");
    checkDiff(text, shown);
}

} // namespace

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QList<QByteArray> texts = fuzz::parts(fuzz::view(data, size));
    std::vector<collector::ConfigTree> trees;
    for (const QByteArray &text : texts.first(std::min<qsizetype>(texts.size(), 2))) {
        const collector::YamlDocument document = collector::parseYaml(text, limits);
        checkDocument(document);
        checkHiding(text);
        collector::ConfigTree tree = collector::readConfig(text, limits);
        if (!tree.isReadable())
            continue;
        if (!text.startsWith("\xff\xfe") && !text.startsWith("\xfe\xff"))
            checkPlaces(tree.root, static_cast<int>(QString::fromUtf8(text).count(
                                       QRegularExpression(QStringLiteral("\r\n|[\r\n\u0085\u2028\u2029]")))) +
                                       1);
        const collector::ContainmentResult same = collector::contains(tree, tree);
        require(same.contains == tree.isWhole(), "a config contains itself, if all of it was read");
        require(same.contains == same.why.isEmpty(), "there is an answer, or a reason why there is none");
        checkWriting(tree.root);
        trees.push_back(std::move(tree));
    }
    if (trees.size() == 2)
        checkMerging(trees[0], trees[1]);
    return 0;
}
