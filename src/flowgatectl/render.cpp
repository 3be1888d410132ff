// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowgatectl/render.h"

#include "flowgatectl/moments.h"
#include "flowgatectl/printable.h"
#include "flowgatectl/table.h"
#include "flowgatectl/values.h"

namespace flowgate::ctl {

namespace {

QString restarted(const QJsonValue &result)
{
    const QString id = shown(result[QStringLiteral("id")]);
    if (result[QStringLiteral("restarted")].toBool())
        return QStringLiteral("%1 restarted: another start time was reported.\n").arg(id);
    return QStringLiteral("The restart command was sent to %1. Whether it restarted shows in its start time.\n")
        .arg(id);
}

QString labelled(const QJsonValue &gateway)
{
    const QString labels = pairs(gateway[QStringLiteral("labels")].toObject());
    return QStringLiteral("%1 has %2.\n")
        .arg(shown(gateway[QStringLiteral("name")]),
             labels.isEmpty() ? QStringLiteral("no labels now") : QStringLiteral("the labels: ") + labels);
}

/// "12 requests from 10.0.0.3, last with service.instance.id edge-gw-7 (unknown)".
QString unmatchedRow(const QJsonValue &source)
{
    const QString id = said(source[QStringLiteral("instance_id")]);
    return QStringLiteral("%1 requests from %2, last %3 (%4)")
        .arg(source[QStringLiteral("requests")].toDouble(), 0, 'f', 0)
        .arg(shown(source[QStringLiteral("address")]),
             id.isEmpty() ? QStringLiteral("without a service.instance.id")
                          : QStringLiteral("with service.instance.id %1").arg(id),
             shown(source[QStringLiteral("reason")]));
}

} // namespace

QString renderStatus(const QJsonValue &status)
{
    const auto uptime = domain::milliseconds(qint64(status[QStringLiteral("uptime_s")].toDouble() * 1000));
    QString out = QStringLiteral("Control plane %1, up for %2.\n")
                      .arg(shown(status[QStringLiteral("version")]), lengthText(uptime));
    Table table;
    QString head = QStringLiteral("Endpoints");
    for (const QJsonValue &endpoint : status[QStringLiteral("endpoints")].toArray())
        table.addRow({std::exchange(head, QString()), shown(endpoint)});
    if (const QString address = said(status[QStringLiteral("public_endpoint")]); !address.isEmpty())
        table.addRow({QStringLiteral("Public"), address});
    if (const QString gone = said(status[QStringLiteral("network_gone_since")]); !gone.isEmpty())
        table.addRow({QStringLiteral("Network"),
                      QStringLiteral("gone since %1: gateways on other machines are not observed").arg(gone)});
    const QJsonObject gateways = status[QStringLiteral("gateways")].toObject();
    table.addRow({QStringLiteral("Gateways"), shown(gateways.value(QStringLiteral("total")))});
    Tally flat;
    bool hasColumns = false;
    for (auto entry = gateways.begin(); entry != gateways.end(); ++entry) {
        if (entry.value().isObject()) {
            hasColumns = true;
            Tally column;
            const QJsonObject states = entry.value().toObject();
            for (auto state = states.begin(); state != states.end(); ++state)
                column.add(printable(state.key()), state.value().toInt());
            table.addRow({QStringLiteral("  ") + printable(entry.key()), shown(column.text())});
        } else if (entry.key() != u"total" && entry.value().toInt() != 0) {
            flat.add(printable(entry.key()), entry.value().toInt());
        }
    }
    // The same words flat beside the columns would count twice.
    if (!hasColumns && !flat.text().isEmpty())
        table.addRow({QString(), flat.text()});
    if (const QJsonValue tls = status[QStringLiteral("tls")]; tls.isObject()) {
        table.addRow({QStringLiteral("TLS"),
                      QStringLiteral("SHA-256 %1").arg(shown(tls[QStringLiteral("fingerprint_sha256")]))});
        table.addRow({QString(), QStringLiteral("%1, until %2")
                                     .arg(tls[QStringLiteral("own")].toBool() ? QStringLiteral("made here")
                                                                              : QStringLiteral("from its files"),
                                          shown(tls[QStringLiteral("until")]))});
    }
    const QJsonValue database = status[QStringLiteral("database")];
    table.addRow({QStringLiteral("Database"), bytesText(database[QStringLiteral("bytes")].toDouble())});
    if (const QString trouble = said(database[QStringLiteral("trouble")]); !trouble.isEmpty())
        table.addRow({QString(), trouble});
    const QJsonObject refusals = status[QStringLiteral("refused")].toObject();
    QString turnedAway = QStringLiteral("Refused");
    for (auto kind = refusals.begin(); kind != refusals.end(); ++kind) {
        if (const double count = kind.value().toDouble(); count > 0)
            table.addRow({std::exchange(turnedAway, QString()),
                          QStringLiteral("%1 %2").arg(count, 0, 'f', 0).arg(printable(kind.key()))});
    }
    QString unmatched = QStringLiteral("Unmatched telemetry");
    for (const QJsonValue &source : status[QStringLiteral("telemetry")][QStringLiteral("unmatched_from")].toArray())
        table.addRow({std::exchange(unmatched, QString()), unmatchedRow(source)});
    table.addRow({QStringLiteral("Memory"), bytesText(status[QStringLiteral("memory_bytes")].toDouble())});
    return out + table.text();
}

QString renderEvents(const QJsonValue &list)
{
    Table table({QStringLiteral("AT"), QStringLiteral("BY"), QStringLiteral("KIND"), QStringLiteral("GATEWAY"),
                 QStringLiteral("TEXT")});
    for (const QJsonValue &event : itemsOf(list))
        table.addRow({shown(event[QStringLiteral("at")]), shown(event[QStringLiteral("by")]),
                      shown(event[QStringLiteral("kind")]), shortId(event[QStringLiteral("gateway")]),
                      shown(event[QStringLiteral("text")])});
    return table.isEmpty() ? QStringLiteral("No events in that time.\n") : table.text();
}

QString renderSettings(const QJsonValue &list)
{
    Table table(
        {QStringLiteral("KEY"), QStringLiteral("VALUE"), QStringLiteral("DEFAULT"), QStringLiteral("DESCRIPTION")});
    for (const QJsonValue &setting : itemsOf(list))
        table.addRow({shown(setting[QStringLiteral("key")]), shown(setting[QStringLiteral("value")]),
                      shown(setting[QStringLiteral("default")]), shown(setting[QStringLiteral("description")])});
    return table.text();
}

QString renderSetting(const QJsonValue &setting)
{
    QString takes = shown(setting[QStringLiteral("type")]);
    if (const QJsonArray choices = setting[QStringLiteral("choices")].toArray(); !choices.isEmpty()) {
        QStringList words;
        for (const QJsonValue &choice : choices)
            words.append(shown(choice));
        takes = words.join(QStringLiteral(", "));
    } else if (!setting[QStringLiteral("least")].isNull()) {
        takes = QStringLiteral("%1 to %2 %3")
                    .arg(shown(setting[QStringLiteral("least")]), shown(setting[QStringLiteral("most")]),
                         said(setting[QStringLiteral("unit")]))
                    .trimmed();
    }
    Table table;
    table.addRow({QStringLiteral("Value"), shown(setting[QStringLiteral("value")])});
    table.addRow({QStringLiteral("Default"), shown(setting[QStringLiteral("default")])});
    table.addRow({QStringLiteral("Takes"), takes});
    table.addRow({QStringLiteral("Takes effect"), shown(setting[QStringLiteral("takes_effect")])});
    return QStringLiteral("%1: %2.\n")
               .arg(shown(setting[QStringLiteral("key")]), shown(setting[QStringLiteral("description")])) +
           table.text();
}

QString render(const Invocation &invocation, const QJsonValue &result, domain::WallTime now)
{
    const auto acted = [&](const QString &what) { return what + u'\n' + renderOutcome(result); };
    switch (invocation.verb->verb) {
    case Verb::Status:
        return renderStatus(result);
    case Verb::GatewaysList:
        return renderGatewayTable(result, now);
    case Verb::GatewaysShow:
        return renderGateway(result, now);
    case Verb::GatewaysHealth:
        return renderHealth(result, now);
    case Verb::GatewaysComponents:
        return renderComponents(result);
    case Verb::GatewaysTimeline:
        return renderTimeline(result, now);
    case Verb::GatewaysMetrics:
        return renderMetrics(result);
    case Verb::GatewaysLogs:
        return renderLogs(result);
    case Verb::GatewaysLabel:
        return labelled(result);
    case Verb::GatewaysRestart:
        return restarted(result);
    case Verb::GatewaysLink:
        return QStringLiteral("%1 is one gateway with the one before: its history, labels and wanted config go on.\n")
            .arg(shown(result[QStringLiteral("name")]));
    case Verb::GatewaysApprove:
        return QStringLiteral("%1 is approved: it gets what waits for it.\n")
            .arg(shown(result[QStringLiteral("name")]));
    case Verb::GatewaysReject:
        return QStringLiteral("%1 is rejected: it gets nothing and is turned away.\n")
            .arg(shown(result[QStringLiteral("name")]));
    case Verb::TokensCreate:
        return renderNewToken(result);
    case Verb::TokensList:
        return renderTokens(result, now);
    case Verb::TokensRevoke:
        return QStringLiteral("%1 is revoked: its connections were closed.\n")
            .arg(shown(result[QStringLiteral("name")]));
    case Verb::GatewaysForget:
        return renderForgotten(result, now);
    case Verb::ConfigsList:
        return renderConfigTable(result);
    case Verb::ConfigsAdd:
        return renderSaved(result);
    case Verb::GatewaysAdopt:
        return renderAdopted(result);
    case Verb::ConfigsCopy:
        return renderSaved(result);
    case Verb::ConfigsSearch:
        return renderHits(result);
    case Verb::ConfigsTag:
    case Verb::ConfigsArchive:
    case Verb::ConfigsUnarchive:
    case Verb::ConfigsUndelete:
        return renderConfigTable(QJsonObject{{QStringLiteral("items"), QJsonArray{result}}});
    case Verb::ConfigsDelete:
        return QStringLiteral("%1 was deleted; 'configs undelete %1' brings it back.\n")
            .arg(shown(result[QStringLiteral("name")]));
    case Verb::ConfigsSync:
        return renderSync(result);
    case Verb::ConfigsDiff:
        return renderDiff(result, invocation.has(QStringLiteral("gateway")),
                          invocation.has(QStringLiteral("structure")));
    case Verb::RolloutsPreview:
        return renderPreview(result);
    case Verb::RolloutsStart:
        // Without --wait the id alone, so that a script can take it as it is.
        return result[QStringLiteral("state")].isUndefined() ? shown(result[QStringLiteral("id")]) + u'\n'
                                                             : renderOutcome(result);
    case Verb::RolloutsList:
        return renderRolloutTable(result, now);
    case Verb::RolloutsShow:
        return renderRollout(result, now);
    case Verb::RolloutsHalt:
        return acted(QStringLiteral("Halt: nothing more is sent."));
    case Verb::RolloutsResume:
        return acted(QStringLiteral("Resume: what failed is tried once more."));
    case Verb::RolloutsRollback:
        return acted(QStringLiteral("Roll back: the last proven versions are put back."));
    case Verb::RolloutsEnd:
        return acted(QStringLiteral("Ended: gateways that appear later do not get it."));
    case Verb::SettingsGet:
        return invocation.operands.isEmpty() ? renderSettings(result) : renderSetting(itemsOf(result).at(0));
    case Verb::SettingsSet:
        return QStringLiteral("%1 is %2 now. It takes effect %3.\n")
            .arg(shown(result[QStringLiteral("key")]), shown(result[QStringLiteral("value")]),
                 shown(result[QStringLiteral("takes_effect")]));
    case Verb::BundleExport:
        return QStringLiteral("%1 was written, %2 bytes.\n")
            .arg(shown(result[QStringLiteral("file")]), shown(result[QStringLiteral("bytes")]));
    case Verb::BundleImport:
        return renderImport(result, invocation.has(QStringLiteral("dry-run")));
    case Verb::Events:
        return renderEvents(result);
    case Verb::GatewaysEffective: // printed as files, not rendered
    case Verb::ConfigsShow:
    case Verb::ConfigsCheck:
    case Verb::Watch:
        return {};
    }
    return {};
}

} // namespace flowgate::ctl
