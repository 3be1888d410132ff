// SPDX-License-Identifier: GPL-3.0-or-later
// What is made of a config's text: checks, outline, graph, what the editor asks about a place, an effective config
// taken up, a Collector's complaints. Behind a line "=====" come the complaints.
#include "collector/adopt.h"
#include "collector/check.h"
#include "collector/collectorwords.h"
#include "collector/flatconfig.h"
#include "collector/language/completion.h"
#include "collector/language/uses.h"
#include "collector/pipelinegraph.h"
#include "collector/portcheck.h"
#include "collector/schemacheck.h"
#include "collector/signalcheck.h"
#include "fuzz.h"

using namespace flowgate;
using fuzz::require;

namespace {

constexpr collector::YamlLimits limits{.bytes = 16 * 1024, .depth = 20, .nodes = 2000, .problems = 20};

void checkProblems(const collector::Problems &problems)
{
    for (const collector::Problem &problem : problems) {
        require(problem.line >= 0 && problem.column >= 0, "a problem has a place, or none");
        require(!problem.text.isEmpty(), "a problem says what it is");
    }
}

void checkGraph(const collector::Outline &outline)
{
    const collector::PipelineGraph graph = collector::pipelineGraph(outline);
    const auto nodes = static_cast<int>(graph.nodes.size());
    for (const collector::GraphNode &node : graph.nodes)
        require(node.pipeline >= 0 && node.pipeline < static_cast<int>(graph.lanes.size()) && node.column >= 0 &&
                    node.row >= 0,
                "a box is in a lane");
    for (const collector::GraphEdge &edge : graph.edges)
        require(edge.from >= 0 && edge.from < nodes && edge.to >= 0 && edge.to < nodes, "an edge joins two boxes");
    require(graph.sentences().size() == static_cast<qsizetype>(graph.lanes.size()), "a sentence a lane");
    (void)graph.nodeAt({}, 1);
}

/// Each place in turn would cost too much: a few, told by the text itself.
void askAboutPlaces(const QByteArray &text)
{
    const collector::Schema &schema = collector::shippedSchema();
    const QStringList lines = QString::fromUtf8(text).split(u'\n');
    const domain::ConfigSet config{{{QString(), {text, {}}}}};
    const auto step = std::max<qsizetype>(1, lines.size() / 4);
    for (qsizetype line = fuzz::pieceSize(text) % step; line < lines.size(); line += step) {
        const auto column = static_cast<int>(lines[line].size() - fuzz::pieceSize(text) % (lines[line].size() + 1));
        const auto completions = collector::complete(schema, lines, static_cast<int>(line), column);
        require(completions.texts.size() <= 300, "no more completions than the limit");
        (void)collector::explain(schema, lines, static_cast<int>(line), column);
        (void)collector::indentAfter(lines[line]);
        const auto uses = collector::usesAt(config, {}, static_cast<int>(line) + 1, column + 1);
        if (!uses)
            continue;
        require(!uses->places.empty(), "what is named somewhere has a place");
        const QString id = collector::componentType(uses->id) + QStringLiteral("/renamed");
        if (!collector::renameTrouble(config, *uses, id).isEmpty())
            continue;
        for (const auto &[file, fixes] : collector::renaming(*uses, id))
            require(collector::fixed(QString::fromUtf8(text), fixes).contains(id), "a renamed component has its name");
    }
}

} // namespace

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QList<QByteArray> texts = fuzz::parts(fuzz::view(data, size));
    const QByteArray &text = texts.front();
    const collector::Schema &schema = collector::shippedSchema();
    const collector::ConfigTree tree = collector::readConfig(text, limits);
    const collector::Outline outline = collector::outline(tree);
    checkProblems(collector::check(tree, limits));
    checkProblems(collector::checkAgainst(schema, tree, limits));
    checkProblems(collector::checkSignals(schema, outline));
    checkProblems(collector::checkPorts(schema, tree, outline));
    checkGraph(outline);
    require(collector::flatConfig(tree).size() <= 3000, "no more values than the limit");
    (void)collector::nodeText(tree.root);
    askAboutPlaces(text);
    const domain::ConfigSet config{{{QString(), {text, {}}}}};
    const collector::AdoptedConfig adopted = collector::adopt(schema, config);
    if (!adopted.text.isEmpty())
        require(collector::readConfig(adopted.text).isReadable(), "a config that is taken up can be read");
    if (texts.size() > 1) {
        const auto problems = collector::problemsFromWords(QString::fromUtf8(texts[1]), tree);
        require(problems.size() <= 50, "no more problems than the limit");
        checkProblems(problems);
    }
    return 0;
}
