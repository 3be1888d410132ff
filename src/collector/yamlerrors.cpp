// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/yamlerrors.h"

namespace flowgate::collector {

namespace {

QString tabText()
{
    return QStringLiteral("A tab stands in the indentation; YAML takes spaces only. Replace each tab by two spaces.");
}

/// Errors that are best shown where the thing began.
bool isUnclosed(const SyntaxError &error)
{
    return error.problem.startsWith("found unexpected end of stream") ||
           error.problem.startsWith("found unexpected document indicator") ||
           error.problem.startsWith("could not find expected ':'");
}

QString wordsFor(const SyntaxError &error)
{
    const auto is = [&](const char *begin) { return error.problem.startsWith(begin); };
    const QString since = QString::number(error.started.line);
    if (is("found character that cannot start any token"))
        return QStringLiteral("A value cannot begin with %1. Put the value in quotes.")
            .arg(QLatin1Char(error.character));
    if (is("mapping values are not allowed in this context"))
        return QStringLiteral("A ':' is not expected here. Either this line is indented differently from its "
                              "neighbours, or the line before lacks its own ':', or the value has ': ' in it and "
                              "needs quotes.");
    if (is("could not find expected ':'"))
        return QStringLiteral("This line has no ':' after its key. Write 'key: value', or indent it to belong to the "
                              "value above.");
    if (is("did not find expected key"))
        return QStringLiteral("The indentation does not fit: the map that began on line %1 has its keys in another "
                              "column. Also look for a quote too many just before.")
            .arg(since);
    if (is("did not find expected '-' indicator"))
        return QStringLiteral("The list that began on line %1 goes on here without '- ', or the indentation does not "
                              "fit.")
            .arg(since);
    if (is("block sequence entries are not allowed in this context"))
        return QStringLiteral("A '- ' is not expected here: a list begins on a line of its own under its key.");
    if (is("block mapping") || is("mapping keys are not allowed in this context"))
        return QStringLiteral("A key is not expected here; look at the indentation and at the line before.");
    if (is("did not find expected ',' or ']'"))
        return QStringLiteral(
                   "The list that began with [ on line %1 is not closed with ], or a value in it has a { or a : in "
                   "it and needs quotes.")
            .arg(since);
    if (is("did not find expected ',' or '}'"))
        return QStringLiteral(
                   "The map that began with { on line %1 is not closed with }, or a value in it has a { or a : in "
                   "it and needs quotes.")
            .arg(since);
    if (is("found unexpected end of stream") || is("found unexpected document indicator"))
        return QStringLiteral("The quote that begins here is never closed.");
    if (is("found unknown escape character"))
        return QStringLiteral("An unknown escape: in double quotes a \\ starts one. Write \\\\ or use single quotes.");
    if (is("did not find expected hexdecimal number"))
        return QStringLiteral("Hexadecimal digits must follow \\x, \\u or \\U in double quotes.");
    if (is("did not find expected alphabetic or numeric character"))
        return QStringLiteral("A name must follow & or *. A value that begins with one of them needs quotes.");
    if (is("did not find expected <document start>"))
        return QStringLiteral("Something stands here after the end of the config. Look at the indentation of the first "
                              "lines.");
    if (is("found undefined tag handle") || error.context.endsWith("a tag"))
        return QStringLiteral("A value that begins with ! needs quotes.");
    if (is("found unexpected ':'"))
        return QStringLiteral("A ':' stands right before a , or a closing bracket. Take it away or put the value in "
                              "quotes.");
    if (is("did not find expected node content"))
        return error.atEnd ? QStringLiteral("The text ends where a value is expected; a [ or { before is not closed.")
                           : QStringLiteral("A value is missing here.");
    if (is("found invalid Unicode character") || is("control characters are not allowed"))
        return QStringLiteral("A character stands here that is not allowed in YAML.");
    // Rare ones in libyaml's own words.
    const QString problem = QString::fromUtf8(error.problem);
    return error.context.isEmpty()
               ? QStringLiteral("Not valid YAML: %1.").arg(problem)
               : QStringLiteral("Not valid YAML: %1, %2.").arg(QString::fromUtf8(error.context), problem);
}

} // namespace

ExplainedError explain(const SyntaxError &error)
{
    if (error.character == '\t' && error.problem.startsWith("found character that cannot start any token"))
        return {error.at, tabText(), true, error.at.line};
    if (error.problem.startsWith("found a tab character"))
        return {error.at, tabText(), true, error.at.line};
    const bool atStart = (isUnclosed(error) || error.atEnd) && error.started.line > 0;
    const Mark at = atStart ? error.started : error.at;
    // An open bracket takes in the keys that follow: go back to before them.
    const bool openBracket = error.problem.startsWith("did not find expected ','") && error.started.line > 0;
    return {at, wordsFor(error), false, openBracket ? error.started.line : at.line};
}

} // namespace flowgate::collector
