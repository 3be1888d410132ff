// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowgatectl/request.h"

#include "domain/time.h"
#include "domain/wavetext.h"
#include "flowgatectl/bundlefile.h"
#include "flowgatectl/files.h"
#include "flowgatectl/moments.h"

#include <QJsonArray>

#include <algorithm>

namespace flowgate::ctl {

using namespace std::chrono_literals;

namespace {

constexpr qsizetype largestBundle = 46LL * 1024 * 1024; // what a request of 64 MiB can carry
constexpr auto longestSince = 24h * 3660;               // ten years
constexpr auto longestToken = 24h * 36500;              // a hundred

/// Collects arguments; the first that cannot be read stays as the error.
class Arguments
{
public:
    explicit Arguments(const Invocation &invocation)
        : m_invocation(invocation)
    {
    }

    void text(const QString &option)
    {
        if (m_invocation.has(option))
            m_args.insert(option, m_invocation.options.value(option));
    }

    void needed(const QString &option)
    {
        if (!m_invocation.has(option))
            fail(usageError(QStringLiteral("--%1 is missing; flowgatectl %2 --help explains it")
                                .arg(option, m_invocation.verb->words)));
        text(option);
    }

    void flag(const QString &option) { flag(option, option); }
    void flag(const QString &option, const QString &name) { m_args.insert(name, m_invocation.has(option)); }

    /// A length of time in milliseconds; left out where it was not given: the control plane knows the defaults.
    void length(const QString &option, const QString &name, domain::milliseconds least, domain::milliseconds most)
    {
        if (!m_invocation.has(option))
            return;
        const QString value = m_invocation.options.value(option);
        const auto length = domain::durationFromText(value);
        if (!length)
            return fail(usageError(
                QStringLiteral("--%1 '%2' is no length of time; write it as 30s, 5m, 1h30m or 2d").arg(option, value)));
        if (*length < least)
            return fail(usageError(QStringLiteral("--%1 must be %2 or more").arg(option, lengthText(least))));
        if (*length > most)
            return fail(usageError(QStringLiteral("--%1 can be %2 at most").arg(option, lengthText(most))));
        m_args.insert(name, qint64(length->count()));
    }

    /// A moment as RFC 3339, or how long ago in milliseconds under "<option>_ago_ms"; left out where it was not given.
    void moment(const QString &option)
    {
        if (!m_invocation.has(option))
            return;
        const QString value = m_invocation.options.value(option);
        if (const auto time = domain::fromRfc3339(value))
            return static_cast<void>(m_args.insert(option, domain::rfc3339(*time)));
        const auto ago = domain::durationFromText(value);
        if (!ago || ago->count() < 0)
            return fail(usageError(
                QStringLiteral("--%1 '%2' is no moment; write it as 2026-11-23T09:15:00Z, or how long ago as 30m, 2h")
                    .arg(option, value)));
        m_args.insert(option + QStringLiteral("_ago_ms"), qint64(ago->count()));
    }

    /// A whole number from 0 on; left out where it was not given.
    void count(const QString &option, int most)
    {
        if (!m_invocation.has(option))
            return;
        const QString value = m_invocation.options.value(option);
        bool isNumber = false;
        const int number = value.toInt(&isNumber);
        if (!isNumber || number < 0 || number > most)
            return fail(usageError(
                QStringLiteral("--%1 '%2' must be a whole number from 0 to %3").arg(option, value).arg(most)));
        m_args.insert(option, number);
    }

    void set(const QString &name, const QJsonValue &value) { m_args.insert(name, value); }

    template<typename T>
    void set(const QString &name, const Outcome<T> &value)
    {
        if (!value)
            return fail(domain::unexpected(value.error()));
        if constexpr (std::is_same_v<T, QStringList>)
            m_args.insert(name, QJsonArray::fromStringList(*value));
        else
            m_args.insert(name, *value);
    }

    void fail(const domain::unexpected<Trouble> &trouble)
    {
        if (!m_trouble)
            m_trouble = trouble.value();
    }

    [[nodiscard]] Outcome<QJsonObject> request() const
    {
        if (m_trouble)
            return domain::unexpected(*m_trouble);
        return QJsonObject{{QStringLiteral("verb"), m_invocation.verb->words.toString()},
                           {QStringLiteral("args"), m_args}};
    }

private:
    const Invocation &m_invocation;
    QJsonObject m_args;
    std::optional<Trouble> m_trouble;
};

Outcome<QStringList> labelChanges(const QStringList &changes)
{
    for (const QString &change : changes) {
        const bool sets = change.indexOf(u'=') > 0;
        const bool removes = !change.contains(u'=') && change.size() > 1 && change.endsWith(u'-');
        if (!sets && !removes)
            return usageError(
                QStringLiteral("'%1' is no change of a label; write key=value to set, key- to remove").arg(change));
    }
    return changes;
}

void diffArguments(Arguments &args, const Invocation &invocation)
{
    const bool hasGateway = invocation.has(QStringLiteral("gateway"));
    if (hasGateway == (invocation.operands.size() == 2))
        return args.fail(usageError(QStringLiteral("say what to compare with: write configs diff NAME@A NAME@B, or "
                                                   "configs diff NAME@A --gateway ID")));
    args.set(QStringLiteral("from"), invocation.operands[0]);
    if (!hasGateway)
        args.set(QStringLiteral("to"), invocation.operands[1]);
    args.text(QStringLiteral("gateway"));
}

void forgetArguments(Arguments &args, const Invocation &invocation)
{
    const bool bySelector = invocation.has(QStringLiteral("selector"));
    if (bySelector == !invocation.operands.isEmpty())
        return args.fail(usageError(QStringLiteral("say what to forget: write gateways forget ID, or gateways forget "
                                                   "--selector S, such as --selector all --state lost")));
    if (!bySelector) {
        if (invocation.has(QStringLiteral("state")) || invocation.has(QStringLiteral("dry-run")))
            return args.fail(usageError(QStringLiteral("--state and --dry-run go with --selector")));
        return args.set(QStringLiteral("id"), invocation.operands.front());
    }
    args.text(QStringLiteral("selector"));
    args.text(QStringLiteral("state"));
    args.flag(QStringLiteral("dry-run"), QStringLiteral("dry_run"));
}

Outcome<QStringList> waveEntries(const QString &text)
{
    const auto waves = domain::wavesFromText(text);
    if (!waves)
        return usageError(QStringLiteral("--waves '%1': %2").arg(text, domain::explanation(waves.error())));
    return domain::wavesText(*waves).split(u',');
}

void startArguments(Arguments &args, const Invocation &invocation)
{
    args.needed(QStringLiteral("config"));
    args.needed(QStringLiteral("selector"));
    if (invocation.has(QStringLiteral("waves")))
        args.set(QStringLiteral("waves"), waveEntries(invocation.options.value(QStringLiteral("waves"))));
    args.length(QStringLiteral("soak"), QStringLiteral("soak_ms"), 0ms, 24h);
    args.length(QStringLiteral("timeout"), QStringLiteral("timeout_ms"), 1s, 24h);
    args.set(QStringLiteral("rollback"), !invocation.has(QStringLiteral("no-rollback")));
    args.flag(QStringLiteral("force"));
    args.flag(QStringLiteral("wait"));
}

/// What a file holds, without the line's end behind it.
Outcome<QString> secretText(const QString &file, Console &console)
{
    constexpr qsizetype longest = 64 * 1024;
    auto bytes = readFile(file, console, longest);
    if (!bytes)
        return domain::unexpected(bytes.error());
    if (bytes->endsWith('\n'))
        bytes->chop(bytes->endsWith("\r\n") ? 2 : 1);
    if (!bytes->isValidUtf8())
        return failure(QStringLiteral("not_utf8"), QStringLiteral("%1 is not UTF-8 text").arg(file));
    return QString::fromUtf8(*bytes);
}

/// Values come from files: what stands on a command line can be read by every user of the computer.
Outcome<QJsonObject> secretValues(const QString &lines, Console &console)
{
    QJsonObject values;
    for (const QString &line : lines.split(u'\n', Qt::SkipEmptyParts)) {
        const qsizetype equals = line.indexOf(u'=');
        if (equals <= 0 || line.size() < equals + 3 || line[equals + 1] != u'@')
            return usageError(
                QStringLiteral("--secret takes a file: PATH=@FILE, or PATH=@- for standard input. A value "
                               "on the command line could be read by other users of this computer"));
        const auto text = secretText(line.mid(equals + 2), console);
        if (!text)
            return domain::unexpected(text.error());
        values.insert(line.left(equals), *text);
    }
    return values;
}

void importArguments(Arguments &args, const Invocation &invocation, Console &console)
{
    const auto bytes = readFile(invocation.operands.front(), console, largestBundle);
    if (!bytes)
        return args.fail(domain::unexpected(bytes.error()));
    args.set(QStringLiteral("bundle"), QString::fromLatin1(bytes->toBase64()));
    args.set(QStringLiteral("dry_run"), invocation.has(QStringLiteral("dry-run")));
    if (invocation.has(QStringLiteral("only")))
        args.set(QStringLiteral("only"),
                 QJsonArray::fromStringList(invocation.options.value(QStringLiteral("only")).split(u',')));
    args.text(QStringLiteral("conflicts"));
}

} // namespace

bool isStream(const Invocation &invocation)
{
    return invocation.verb->verb == Verb::Watch || invocation.has(QStringLiteral("follow"));
}

bool waitsForGateways(const Invocation &invocation)
{
    return invocation.has(QStringLiteral("wait"));
}

Outcome<QJsonObject> makeRequest(const Invocation &invocation, Console &console)
{
    Arguments args(invocation);
    const QString &first = invocation.operands.value(0);
    switch (invocation.verb->verb) {
    case Verb::Status:
    case Verb::ConfigsList:
    case Verb::ConfigsCheck: // asks nobody
    case Verb::ConfigsSync:  // asks several times
    case Verb::RolloutsList:
    case Verb::Watch:
        break;
    case Verb::GatewaysList:
        args.text(QStringLiteral("selector"));
        args.text(QStringLiteral("state"));
        args.moment(QStringLiteral("at"));
        break;
    case Verb::GatewaysEffective:
        args.text(QStringLiteral("file"));
        [[fallthrough]];
    case Verb::GatewaysShow:
    case Verb::GatewaysHealth:
    case Verb::GatewaysComponents:
    case Verb::GatewaysApprove:
    case Verb::GatewaysReject:
    case Verb::RolloutsShow:
    case Verb::RolloutsHalt:
    case Verb::RolloutsResume:
    case Verb::RolloutsRollback:
    case Verb::RolloutsEnd:
        args.set(QStringLiteral("id"), first);
        break;
    case Verb::GatewaysTimeline:
        args.set(QStringLiteral("id"), first);
        args.length(QStringLiteral("since"), QStringLiteral("since_ms"), 1ms, longestSince);
        break;
    case Verb::GatewaysMetrics:
        args.set(QStringLiteral("id"), first);
        args.text(QStringLiteral("name"));
        args.length(QStringLiteral("since"), QStringLiteral("since_ms"), 1ms, longestSince);
        break;
    case Verb::GatewaysLogs:
        args.set(QStringLiteral("id"), first);
        args.count(QStringLiteral("tail"), 10'000);
        args.flag(QStringLiteral("follow"));
        break;
    case Verb::GatewaysLabel:
        args.set(QStringLiteral("id"), first);
        args.set(QStringLiteral("changes"), labelChanges(invocation.operands.mid(1)));
        break;
    case Verb::GatewaysRestart:
        args.set(QStringLiteral("id"), first);
        args.flag(QStringLiteral("wait"));
        break;
    case Verb::GatewaysAdopt:
        args.set(QStringLiteral("id"), first);
        args.set(QStringLiteral("name"), invocation.operands[1]);
        args.set(QStringLiteral("secrets"), secretValues(invocation.options.value(QStringLiteral("secret")), console));
        break;
    case Verb::GatewaysForget:
        forgetArguments(args, invocation);
        break;
    case Verb::GatewaysLink:
        args.set(QStringLiteral("old"), first);
        args.set(QStringLiteral("new"), invocation.operands[1]);
        break;
    case Verb::ConfigsCopy:
        args.set(QStringLiteral("from"), first);
        args.set(QStringLiteral("name"), invocation.operands[1]);
        break;
    case Verb::ConfigsSearch:
        args.set(QStringLiteral("text"), first);
        break;
    case Verb::ConfigsTag:
        args.set(QStringLiteral("tags"), QJsonArray::fromStringList(invocation.operands.mid(1)));
        [[fallthrough]];
    case Verb::ConfigsShow:
    case Verb::ConfigsArchive:
    case Verb::ConfigsUnarchive:
    case Verb::ConfigsDelete:
    case Verb::ConfigsUndelete:
        args.set(QStringLiteral("name"), first);
        break;
    case Verb::ConfigsAdd:
        args.set(QStringLiteral("name"), first);
        args.text(QStringLiteral("message"));
        args.set(QStringLiteral("files"), readConfigFiles(invocation.operands.mid(1), console));
        break;
    case Verb::ConfigsDiff:
        diffArguments(args, invocation);
        break;
    case Verb::RolloutsPreview:
        args.needed(QStringLiteral("config"));
        args.needed(QStringLiteral("selector"));
        break;
    case Verb::RolloutsStart:
        startArguments(args, invocation);
        break;
    case Verb::SettingsGet:
        if (!invocation.operands.isEmpty())
            args.set(QStringLiteral("key"), first);
        break;
    case Verb::SettingsSet:
        args.set(QStringLiteral("key"), first);
        args.set(QStringLiteral("value"), invocation.operands[1]);
        break;
    case Verb::TokensCreate:
        args.set(QStringLiteral("name"), first);
        args.length(QStringLiteral("expires"), QStringLiteral("expires_ms"), 1s, longestToken);
        args.flag(QStringLiteral("per-gateway"), QStringLiteral("per_gateway"));
        args.flag(QStringLiteral("bootstrap"));
        args.flag(QStringLiteral("approve"), QStringLiteral("approves"));
        break;
    case Verb::TokensList:
        break;
    case Verb::TokensRevoke:
        args.set(QStringLiteral("name"), first);
        break;
    case Verb::BundleExport:
        if (invocation.has(QStringLiteral("config")))
            args.set(QStringLiteral("configs"),
                     QJsonArray::fromStringList(invocation.options.value(QStringLiteral("config")).split(u'\n')));
        if (const auto free = mayWriteBundle(invocation); !free)
            args.fail(domain::unexpected(free.error()));
        break;
    case Verb::BundleImport:
        importArguments(args, invocation, console);
        break;
    case Verb::Events:
        args.length(QStringLiteral("since"), QStringLiteral("since_ms"), 1ms, longestSince);
        args.flag(QStringLiteral("follow"));
        break;
    }
    return args.request();
}

} // namespace flowgate::ctl
