// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bundle/bundles.h"
#include "app/commands/commandserver.h"
#include "app/desk/desk.h"

#include <QJsonArray>

namespace flowgate::app {

namespace {

QJsonObject toJson(const BundleReport &report)
{
    QJsonArray items;
    for (const BundleItem &item : report.plan.items)
        items.append(
            QJsonObject{{QStringLiteral("part"), word(item.part)},
                        {QStringLiteral("name"), item.name},
                        {QStringLiteral("action"), word(item.action)},
                        {QStringLiteral("as"), item.target.isEmpty() ? QJsonValue() : QJsonValue(item.target)},
                        {QStringLiteral("detail"), item.detail.isEmpty() ? QJsonValue() : QJsonValue(item.detail)}});
    return {{QStringLiteral("imported"), report.imported},
            {QStringLiteral("program"), report.program},
            {QStringLiteral("made_at"), domain::rfc3339(report.madeAt)},
            {QStringLiteral("items"), items}};
}

Outcome<BundleWish> wishOf(const QJsonObject &args)
{
    BundleWish wish;
    if (const QJsonArray parts = args[QLatin1String("only")].toArray(); !parts.isEmpty()) {
        wish.parts.clear();
        for (const QJsonValue &text : parts) {
            const auto part = bundlePartFromWord(text.toString());
            if (!part)
                return failed(FailureCode::BadArgument,
                              QStringLiteral("'%1' is no part of a bundle; those are configs, labels, settings and "
                                             "standing")
                                  .arg(text.toString()));
            wish.parts.insert(*part);
        }
    }
    const QString onConflict = args[QLatin1String("conflicts")].toString(QStringLiteral("refuse"));
    if (onConflict == u"skip")
        wish.onConflict = OnConflict::Skip;
    else if (onConflict == u"rename")
        wish.onConflict = OnConflict::Rename;
    else if (onConflict != u"refuse")
        return failed(
            FailureCode::BadArgument,
            QStringLiteral("'%1' is no way to treat conflicts; those are refuse, skip and rename").arg(onConflict));
    return wish;
}

void importBundle(Desk &desk, const QJsonObject &args, const Exchange &exchange)
{
    const auto wish = wishOf(args);
    if (!wish)
        return exchange.fail(wish.error());
    const auto bytes = QByteArray::fromBase64Encoding(args[QLatin1String("bundle")].toString().toLatin1(),
                                                      QByteArray::AbortOnBase64DecodingErrors);
    if (!bytes)
        return exchange.fail({FailureCode::BadArgument, QStringLiteral("'bundle' is not base64")});
    const bool dry = args[QLatin1String("dry_run")].toBool();
    const Done<BundleReport> done = [exchange, dry](const Outcome<BundleReport> &report) {
        if (!report)
            return exchange.fail(report.error());
        if (report->plan.hasConflict())
            return exchange.failWith(toJson(*report), {FailureCode::Conflict, QString()});
        if (dry)
            exchange.note(QStringLiteral("Nothing was changed: this was a dry run."));
        exchange.finish(toJson(*report));
    };
    if (dry)
        desk.parts().bundles.plan(*bytes, *wish, done);
    else
        desk.parts().bundles.import(*bytes, *wish, done);
}

} // namespace

void addBundleVerbs(CommandServer &server, Desk &desk)
{
    server.add(QStringLiteral("bundle export"), [&desk](const QJsonObject &args, const Exchange &exchange) {
        QStringList configs;
        for (const QJsonValue &name : args[QLatin1String("configs")].toArray())
            configs.append(name.toString());
        desk.parts().bundles.write(configs, [exchange](const Outcome<QByteArray> &bytes) {
            if (!bytes)
                return exchange.fail(bytes.error());
            exchange.finish({{QStringLiteral("bundle"), QString::fromLatin1(bytes->toBase64())},
                             {QStringLiteral("bytes"), bytes->size()}});
        });
    });
    server.add(QStringLiteral("bundle import"),
               [&desk](const QJsonObject &args, const Exchange &exchange) { importBundle(desk, args, exchange); });
}

} // namespace flowgate::app
