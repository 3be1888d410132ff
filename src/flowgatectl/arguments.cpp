// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowgatectl/arguments.h"

#include <optional>

namespace flowgate::ctl {

namespace {

void addValue(QHash<QString, QString> &options, const OptionSpec &option, const QString &value)
{
    QString &all = options[option.name.toString()];
    all = all.isEmpty() ? value : all + u'\n' + value;
}

/// The error for a verb that the contract has and this release has not; nothing for any other.
std::optional<Trouble> laterVerb(const QStringList &plain)
{
    for (const QString &words : {plain.value(0), plain.value(0) + u' ' + plain.value(1)}) {
        if (isOfLaterRelease(words))
            return usageError(
                       QStringLiteral("'%1' is not in this release; flowgatectl --help lists what is").arg(words))
                .value();
    }
    return {};
}

struct Words
{
    QStringList plain; ///< verb words and operands
    QHash<QString, QString> options;
};

/// Tells options from the rest. The table of all verbs says which of them take a value.
Outcome<Words> split(const QStringList &arguments)
{
    Words words;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString &argument = arguments[i];
        if (argument == u"--") {
            words.plain += arguments.mid(i + 1);
            break;
        }
        if (!argument.startsWith(u'-') || argument == u"-") {
            words.plain.append(argument);
            continue;
        }
        const qsizetype equals = argument.indexOf(u'=');
        QString name = argument.startsWith(u"--") ? argument.mid(2, equals < 0 ? -1 : equals - 2) : QString();
        if (argument == u"-h")
            name = QStringLiteral("help");
        const OptionSpec *option = findOption(name);
        if (const auto later = option ? std::nullopt : laterVerb(words.plain))
            return domain::unexpected(*later);
        if (!option)
            return usageError(QStringLiteral("there is no option %1; flowgatectl --help lists them")
                                  .arg(equals < 0 ? argument : argument.left(equals)));
        if (words.options.contains(name) && !option->repeats)
            return usageError(QStringLiteral("--%1 is given twice; say it once").arg(name));
        if (!option->takesValue()) {
            if (equals >= 0)
                return usageError(QStringLiteral("--%1 is a switch and takes no value").arg(name));
            words.options.insert(name, QString::fromLatin1(""));
        } else if (equals >= 0) {
            addValue(words.options, *option, argument.mid(equals + 1));
        } else if (i + 1 < arguments.size() && !arguments[i + 1].startsWith(u"--")) {
            addValue(words.options, *option, arguments[++i]);
        } else {
            return usageError(QStringLiteral("--%1 needs a value; write --%1=%2").arg(name, option->value));
        }
    }
    return words;
}

QString listed(const std::vector<const VerbSpec *> &specs, QStringView group)
{
    QStringList names;
    for (const VerbSpec *spec : specs)
        names.append(spec->words.mid(group.size() + 1).toString());
    return names.join(QStringLiteral(", "));
}

QString optionList(const VerbSpec &verb)
{
    if (verb.options.empty())
        return QStringLiteral("no options of its own");
    QStringList names;
    for (const OptionSpec &option : verb.options)
        names.append(QStringLiteral("--%1").arg(option.name));
    return names.join(QStringLiteral(", "));
}

/// Takes the verb's words off the front of @p plain.
Outcome<const VerbSpec *> takeVerb(QStringList &plain)
{
    const QString first = plain.value(0);
    if (const VerbSpec *verb = findVerb(first)) {
        plain.removeFirst();
        return verb;
    }
    const QString both = plain.value(0) + u' ' + plain.value(1);
    if (const VerbSpec *verb = plain.size() > 1 ? findVerb(both) : nullptr) {
        plain.remove(0, 2);
        return verb;
    }
    if (const auto later = laterVerb(plain))
        return domain::unexpected(*later);
    const auto group = verbsOf(first);
    if (group.empty())
        return usageError(QStringLiteral("there is no verb '%1'; flowgatectl --help lists them").arg(first));
    if (plain.size() == 1)
        return usageError(QStringLiteral("say what to do with %1: %2").arg(first, listed(group, first)));
    return usageError(
        QStringLiteral("there is no verb '%1'; with %2 there are: %3").arg(both, first, listed(group, first)));
}

Outcome<void> checkOperands(const VerbSpec &verb, const QStringList &operands)
{
    const QString usage = QStringLiteral("flowgatectl %1 %2").arg(verb.words, verb.operands).trimmed();
    if (operands.size() < verb.least)
        return usageError(QStringLiteral("something is missing; write: %1").arg(usage));
    if (verb.most >= 0 && operands.size() > verb.most)
        return usageError(QStringLiteral("'%1' is one word too many; write: %2").arg(operands[verb.most], usage));
    for (const QString &operand : operands) {
        if (operand.isEmpty())
            return usageError(QStringLiteral("an empty word stands where something is expected; write: %1").arg(usage));
    }
    return {};
}

} // namespace

bool asksForJson(const QStringList &arguments)
{
    for (const QString &argument : arguments) {
        if (argument == u"--")
            return false;
        if (argument == u"--json")
            return true;
    }
    return false;
}

Outcome<Invocation> parseArguments(const QStringList &arguments)
{
    auto words = split(arguments);
    if (!words)
        return domain::unexpected(words.error());
    Invocation invocation;
    invocation.help = words->options.remove(QStringLiteral("help"));
    invocation.version = words->options.remove(QStringLiteral("version"));
    invocation.json = words->options.remove(QStringLiteral("json"));
    if (words->options.contains(QStringLiteral("data"))) {
        invocation.data = words->options.take(QStringLiteral("data"));
        if (invocation.data.isEmpty())
            return usageError(QStringLiteral("--data is empty; name the control plane's folder"));
    }
    if (invocation.version)
        return invocation;
    if (words->plain.isEmpty()) {
        if (invocation.help)
            return invocation;
        return usageError(QStringLiteral("say what to do, such as 'status'; flowgatectl --help lists all verbs"));
    }
    if (invocation.help && words->plain.size() == 1 && !verbsOf(words->plain.front()).empty()) {
        invocation.group = words->plain.front();
        return invocation;
    }
    const auto verb = takeVerb(words->plain);
    if (!verb)
        return domain::unexpected(verb.error());
    invocation.verb = *verb;
    invocation.operands = words->plain;
    invocation.options = words->options;
    if (invocation.help)
        return invocation;
    for (auto option = invocation.options.keyBegin(); option != invocation.options.keyEnd(); ++option) {
        if (!findOption(**verb, *option))
            return usageError(
                QStringLiteral("%1 has no option --%2; it has %3").arg((*verb)->words, *option, optionList(**verb)));
    }
    if (const auto right = checkOperands(**verb, invocation.operands); !right)
        return domain::unexpected(right.error());
    return invocation;
}

} // namespace flowgate::ctl
