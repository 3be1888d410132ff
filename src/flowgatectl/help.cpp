// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowgatectl/help.h"

#include "flowgatectl/table.h"

#include <QJsonArray>

namespace flowgate::ctl {

namespace {

std::vector<const VerbSpec *> chosen(const Invocation &invocation)
{
    if (invocation.verb)
        return {invocation.verb};
    if (!invocation.group.isEmpty())
        return verbsOf(invocation.group);
    std::vector<const VerbSpec *> all;
    for (const VerbSpec &verb : verbs())
        all.push_back(&verb);
    return all;
}

QString optionTable(const std::vector<OptionSpec> &options)
{
    Table table;
    for (const OptionSpec &option : options) {
        const QString name = QStringLiteral("  --%1").arg(option.name);
        table.addRow(
            {option.takesValue() ? QStringLiteral("%1 %2").arg(name, option.value) : name, option.help.toString()});
    }
    return table.text();
}

QString verbHelp(const VerbSpec &verb)
{
    QString text = QStringLiteral("Usage: flowgatectl [--data DIR] [--json] %1 %2").arg(verb.words, verb.operands);
    text = text.trimmed() + (verb.options.empty() ? QStringLiteral("\n") : QStringLiteral(" [OPTIONS]\n"));
    text += QStringLiteral("\n%1.\n").arg(verb.summary);
    if (!verb.details.isEmpty())
        text += QStringLiteral("%1\n").arg(verb.details);
    if (!verb.options.empty())
        text += QStringLiteral("\nOptions:\n") + optionTable(verb.options);
    return text + QStringLiteral("\nWith every verb:\n") + optionTable(commonOptions());
}

} // namespace

QString helpText(const Invocation &invocation)
{
    if (invocation.verb)
        return verbHelp(*invocation.verb);
    QString text = QStringLiteral("Usage: flowgatectl [--data DIR] [--json] VERB …\n\n"
                                  "Talks to the control plane (flowgate or flowgated) that runs on a data folder.\n\n"
                                  "Verbs:\n");
    Table table;
    for (const VerbSpec *verb : chosen(invocation))
        table.addRow({QStringLiteral("  %1 %2").arg(verb->words, verb->operands), verb->summary.toString()});
    text += table.text() + QStringLiteral("\nOptions:\n") + optionTable(commonOptions());
    return text + QStringLiteral("\n'flowgatectl VERB --help' explains a verb.\n"
                                 "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 no control plane there.\n");
}

QJsonObject helpJson(const Invocation &invocation)
{
    QJsonArray items;
    for (const VerbSpec *verb : chosen(invocation)) {
        QJsonArray options;
        for (const OptionSpec &option : verb->options) {
            options.append(
                QJsonObject{{QStringLiteral("name"), option.name.toString()},
                            {QStringLiteral("value"),
                             option.takesValue() ? QJsonValue(option.value.toString()) : QJsonValue(QJsonValue::Null)},
                            {QStringLiteral("help"), option.help.toString()}});
        }
        items.append(QJsonObject{{QStringLiteral("verb"), verb->words.toString()},
                                 {QStringLiteral("operands"), verb->operands.toString()},
                                 {QStringLiteral("summary"), verb->summary.toString()},
                                 {QStringLiteral("options"), options}});
    }
    return {{QStringLiteral("verbs"), items}};
}

} // namespace flowgate::ctl
