// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commandserver.h"
#include "app/configs/containment.h"
#include "app/desk/desk.h"
#include "collector/flatconfig.h"
#include "collector/textdiff.h"

#include <QJsonArray>

#include <algorithm>

namespace flowgate::app {

namespace {

using Whole = ConfigLibrary::Whole;

QJsonObject textsOf(const domain::ConfigSet &config)
{
    QJsonObject files;
    for (const auto &[name, file] : config.files)
        files.insert(name, QString::fromUtf8(file.body));
    return files;
}

QString nameOf(const domain::ConfigVersion &version)
{
    return QStringLiteral("%1@%2").arg(version.ref.config).arg(version.ref.version);
}

/// All files of a config as one text, each behind its name where there are several.
QByteArray oneText(const domain::ConfigSet &config)
{
    if (config.files.size() == 1)
        return config.files.begin()->second.body;
    QByteArray text;
    for (const auto &[name, file] : config.files)
        text += "# --- " + name.toUtf8() + '\n' + file.body + (file.body.endsWith('\n') ? "" : "\n");
    return text;
}

void show(Desk &desk, const QJsonObject &args, const Exchange &exchange)
{
    desk.parts().library.load(args.value(QStringLiteral("name")).toString(), [exchange](const Outcome<Whole> &whole) {
        if (!whole)
            return exchange.fail(whole.error());
        const domain::ConfigVersion &version = whole->version;
        exchange.finish({{QStringLiteral("name"), version.ref.config},
                         {QStringLiteral("version"), version.ref.version},
                         {QStringLiteral("hash"), version.ref.hash.hex()},
                         {QStringLiteral("message"), version.message},
                         {QStringLiteral("author"), version.author},
                         {QStringLiteral("created_at"), domain::rfc3339(version.createdAt)},
                         {QStringLiteral("files"), textsOf(whole->files)}});
    });
}

void finishSaved(const Exchange &exchange, const Outcome<ConfigLibrary::Added> &added)
{
    if (!added)
        return exchange.fail(added.error());
    exchange.finish({{QStringLiteral("config"), added->ref.config},
                     {QStringLiteral("version"), added->ref.version},
                     {QStringLiteral("hash"), added->ref.hash.hex()},
                     {QStringLiteral("created"), added->created}});
}

void add(Desk &desk, const QJsonObject &args, const Exchange &exchange)
{
    domain::ConfigSet files;
    const QJsonObject texts = args.value(QStringLiteral("files")).toObject();
    for (auto file = texts.begin(); file != texts.end(); ++file)
        files.files.emplace(file.key(), domain::ConfigFile{file.value().toString().toUtf8(), {}});
    desk.parts().library.add(args.value(QStringLiteral("name")).toString(), files,
                             args.value(QStringLiteral("message")).toString(), QStringLiteral("operator"),
                             [exchange](const Outcome<ConfigLibrary::Added> &added) { finishSaved(exchange, added); });
}

void copy(Desk &desk, const QJsonObject &args, const Exchange &exchange)
{
    desk.parts().library.copy(args.value(QStringLiteral("from")).toString(),
                              args.value(QStringLiteral("name")).toString(), QStringLiteral("operator"),
                              [exchange](const Outcome<ConfigLibrary::Added> &added) { finishSaved(exchange, added); });
}

void search(Desk &desk, const QJsonObject &args, const Exchange &exchange)
{
    desk.searchConfigs(args.value(QStringLiteral("text")).toString(), exchange.guard(),
                       [exchange](const Outcome<std::vector<ConfigHit>> &hits) {
                           if (!hits)
                               return exchange.fail(hits.error());
                           QJsonArray items;
                           for (const ConfigHit &hit : *hits)
                               items.append(QJsonObject{{QStringLiteral("config"), hit.config},
                                                        {QStringLiteral("version"), hit.version},
                                                        {QStringLiteral("file"), hit.file},
                                                        {QStringLiteral("line"), hit.line},
                                                        {QStringLiteral("text"), hit.text}});
                           exchange.finish({{QStringLiteral("items"), items}});
                       });
}

QJsonObject jsonOf(const ConfigSummary &config)
{
    return {{QStringLiteral("name"), config.name},
            {QStringLiteral("latest"), config.latest},
            {QStringLiteral("gateways"), config.gateways},
            {QStringLiteral("tags"), QJsonArray::fromStringList(config.tags)},
            {QStringLiteral("archived"), config.isArchived}};
}

void act(Desk &desk, ConfigAct::Kind kind, const QJsonObject &args, const Exchange &exchange)
{
    ConfigAct act{kind, args.value(QStringLiteral("name")).toString(), {}};
    for (const QJsonValue tag : args.value(QStringLiteral("tags")).toArray())
        act.tags.append(tag.toString());
    desk.act(act, [exchange](const Outcome<ConfigSummary> &config) {
        if (!config)
            return exchange.fail(config.error());
        exchange.finish(jsonOf(*config));
    });
}

/// One of two configs that are compared.
struct Side
{
    QString name;
    domain::ConfigSet files;
};

QJsonValue wordOf(collector::InvisibleDifference difference)
{
    switch (difference) {
    case collector::InvisibleDifference::None:
        break;
    case collector::InvisibleDifference::LineEnds:
        return QStringLiteral("line_ends");
    case collector::InvisibleDifference::ByteOrderMark:
        return QStringLiteral("byte_order_mark");
    case collector::InvisibleDifference::Both:
        return QStringLiteral("line_ends_and_byte_order_mark");
    }
    return QJsonValue::Null;
}

QJsonObject textDiff(const Side &from, const Side &to)
{
    const QByteArray before = oneText(from.files);
    const QByteArray after = oneText(to.files);
    return {{QStringLiteral("from"), from.name},
            {QStringLiteral("to"), to.name},
            {QStringLiteral("equal"), before == after},
            {QStringLiteral("only_difference"), wordOf(collector::invisibleDifference(before, after))},
            {QStringLiteral("diff"), QString::fromUtf8(collector::unifiedDiff(before, after, from.name, to.name))}};
}

/// Why a config has no structure that could be compared; null: it has one.
QJsonValue unreadable(const Side &side, const collector::ConfigTree &tree)
{
    const auto error = std::ranges::find(tree.problems, collector::Severity::Error, &collector::Problem::severity);
    return error == tree.problems.end() ? QJsonValue(QJsonValue::Null)
                                        : QJsonValue(QStringLiteral("cannot be compared: %1, line %2: %3")
                                                         .arg(side.name)
                                                         .arg(error->line)
                                                         .arg(error->text));
}

/// Where two configs differ in meaning: order and spelling do not count. Secrets are hidden.
QJsonObject diffOfVersions(const Side &from, const Side &to)
{
    QJsonObject diff = textDiff(from, to);
    const collector::ConfigTree fromTree = collector::readConfig(from.files);
    const collector::ConfigTree toTree = collector::readConfig(to.files);
    const QJsonValue trouble = fromTree.isReadable() ? unreadable(to, toTree) : unreadable(from, fromTree);
    diff.insert(QStringLiteral("not_comparable"), trouble);
    QJsonArray differences;
    const QMap<QString, QString> before = collector::flatConfig(fromTree);
    const QMap<QString, QString> after = collector::flatConfig(toTree);
    QMap<QString, QString> paths = before;
    paths.insert(after);
    const auto valueIn = [](const QMap<QString, QString> &values, const QString &path) {
        const auto found = values.constFind(path);
        return found == values.cend() ? QJsonValue(QJsonValue::Null) : QJsonValue(*found);
    };
    for (auto it = paths.cbegin(); it != paths.cend() && trouble.isNull(); ++it) {
        const QJsonValue was = valueIn(before, it.key());
        const QJsonValue is = valueIn(after, it.key());
        if (was != is)
            differences.append(QJsonObject{{QStringLiteral("path"), it.key()},
                                           {QStringLiteral("wanted"), was},
                                           {QStringLiteral("effective"), is}});
    }
    diff.insert(QStringLiteral("differences"), differences);
    return diff;
}

/// What of a version a gateway does not run.
QJsonObject diffWithEffective(const Side &from, const Side &effective, bool telemetryOffered)
{
    QJsonObject diff = textDiff(from, effective);
    const domain::Containment containment = compare({}, from.files, {}, effective.files, telemetryOffered);
    QJsonArray differences;
    for (const domain::ConfigDifference &difference : containment.differences)
        differences.append(QJsonObject{{QStringLiteral("path"), difference.path},
                                       {QStringLiteral("wanted"), difference.wanted},
                                       {QStringLiteral("effective"), difference.effective}});
    diff.insert(QStringLiteral("differences"), differences);
    diff.insert(QStringLiteral("not_compared"), containment.notCompared);
    diff.insert(QStringLiteral("not_comparable"),
                containment.isCompared() ? QJsonValue(QJsonValue::Null) : QJsonValue(containment.why));
    return diff;
}

/// Large texts take their time, so each diff is made in the pool.
void finishDiff(Desk &desk, const Exchange &exchange, std::function<QJsonObject()> make)
{
    desk.parts().configPool.run<QJsonObject>([make = std::move(make)](collector::Work &) { return make(); },
                                             [exchange](const Outcome<QJsonObject> &diff) {
                                                 if (!diff)
                                                     return exchange.fail(diff.error());
                                                 exchange.finish(*diff);
                                             });
}

void diffWithGateway(Desk &desk, const Whole &from, const QString &gatewayText, const Exchange &exchange)
{
    const auto gateway = desk.gateway(gatewayText);
    if (!gateway)
        return exchange.fail(gateway.error());
    const QString name = domain::displayName(**gateway);
    const bool telemetryOffered = !(*gateway)->offeredConnection.isEmpty();
    desk.effective((*gateway)->id,
                   [&desk, exchange, from, name, telemetryOffered](const Outcome<domain::ConfigSet> &effective) {
                       if (!effective)
                           return exchange.fail(effective.error());
                       finishDiff(desk, exchange,
                                  [from = Side{nameOf(from.version), from.files}, to = Side{name, *effective},
                                   telemetryOffered] { return diffWithEffective(from, to, telemetryOffered); });
                   });
}

void diff(Desk &desk, const QJsonObject &args, const Exchange &exchange)
{
    desk.parts().library.load(
        args.value(QStringLiteral("from")).toString(), [&desk, args, exchange](const Outcome<Whole> &from) {
            if (!from)
                return exchange.fail(from.error());
            if (const QJsonValue gateway = args.value(QStringLiteral("gateway")); gateway.isString())
                return diffWithGateway(desk, *from, gateway.toString(), exchange);
            desk.parts().library.load(
                args.value(QStringLiteral("to")).toString(), [&desk, exchange, from = *from](const Outcome<Whole> &to) {
                    if (!to)
                        return exchange.fail(to.error());
                    finishDiff(desk, exchange,
                               [from = Side{nameOf(from.version), from.files},
                                to = Side{nameOf(to->version), to->files}] { return diffOfVersions(from, to); });
                });
        });
}

} // namespace

void addConfigVerbs(CommandServer &server, Desk &desk)
{
    server.add(QStringLiteral("configs list"), [&desk](const QJsonObject &, const Exchange &exchange) {
        QJsonArray items;
        for (const ConfigSummary &config : desk.configs())
            items.append(jsonOf(config));
        exchange.finish({{QStringLiteral("items"), items}});
    });
    const auto addVerb = [&](const QString &name, void (*verb)(Desk &, const QJsonObject &, const Exchange &)) {
        server.add(name,
                   [&desk, verb](const QJsonObject &args, const Exchange &exchange) { verb(desk, args, exchange); });
    };
    addVerb(QStringLiteral("configs show"), show);
    addVerb(QStringLiteral("configs add"), add);
    addVerb(QStringLiteral("configs copy"), copy);
    addVerb(QStringLiteral("configs search"), search);
    addVerb(QStringLiteral("configs diff"), diff);
    using Kind = ConfigAct::Kind;
    for (const auto &[name, kind] : {std::pair(QStringLiteral("configs tag"), Kind::Tag),
                                     {QStringLiteral("configs archive"), Kind::Archive},
                                     {QStringLiteral("configs unarchive"), Kind::Unarchive},
                                     {QStringLiteral("configs delete"), Kind::Delete},
                                     {QStringLiteral("configs undelete"), Kind::Undelete}}) {
        server.add(name, [&desk, kind = kind](const QJsonObject &args, const Exchange &exchange) {
            act(desk, kind, args, exchange);
        });
    }
}

} // namespace flowgate::app
