// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowgatectl/moments.h"
#include "flowgatectl/printable.h"
#include "flowgatectl/render.h"
#include "flowgatectl/table.h"
#include "flowgatectl/values.h"

namespace flowgate::ctl {

namespace {

/// Two columns: what, and its value in full.
class Facts
{
public:
    void add(const QString &what, const QString &value)
    {
        if (!value.isEmpty() && value != u"-")
            m_lines += QStringLiteral("  %1  %2\n").arg(what, -12).arg(shortened(value, longest));
    }
    [[nodiscard]] QString text() const { return m_lines; }

private:
    static constexpr qsizetype longest = 4000;
    QString m_lines;
};

QString joined(const QStringList &parts)
{
    QStringList said;
    for (const QString &part : parts) {
        if (!part.isEmpty() && part != u"-")
            said.append(part);
    }
    return said.join(QStringLiteral("  "));
}

QString state(const QJsonValue &column, domain::WallTime now)
{
    const QString since = agoAndExact(column[QStringLiteral("since")], now);
    return since == u"-" ? shown(column[QStringLiteral("state")])
                         : QStringLiteral("%1 since %2").arg(shown(column[QStringLiteral("state")]), since);
}

QString at(const QString &word, const QJsonValue &time, domain::WallTime now)
{
    const QString text = agoAndExact(time, now);
    return text == u"-" ? QString() : word + u' ' + text;
}

/// When a report was seen; marked where messages were lost since, so that it may not hold any more.
QString seenAt(const QJsonValue &report, domain::WallTime now)
{
    const QString seen = at(QStringLiteral("seen"), report[QStringLiteral("observed_at")], now);
    return report[QStringLiteral("stale")].toBool() ? seen + QStringLiteral(", messages were lost since") : seen;
}

QString versionAndHash(const QJsonValue &ref)
{
    return joined({versionName(ref), shown(ref[QStringLiteral("hash")])});
}

/// "unhealthy  StatusRecoverableError  queue is full, last reported 3 min ago (…), not current"
QString lastReported(const QJsonValue &report, domain::WallTime now)
{
    const QString word =
        report[QStringLiteral("healthy")].toBool() ? QStringLiteral("healthy") : QStringLiteral("unhealthy");
    return joined({word, said(report[QStringLiteral("status")]), said(report[QStringLiteral("error")])}) +
           QStringLiteral(", last reported %1, not current").arg(agoAndExact(report[QStringLiteral("at")], now));
}

void addHealth(Facts &facts, const QJsonValue &health, domain::WallTime now)
{
    facts.add(QStringLiteral("health"), state(health, now));
    facts.add(QStringLiteral("error"), said(health[QStringLiteral("error")]));
    const QJsonValue report = health[QStringLiteral("last_reported")];
    if (report.isObject() && health[QStringLiteral("stale")].toBool())
        facts.add(QStringLiteral("last health"), lastReported(report, now));
    else
        facts.add(QStringLiteral("observed"), agoAndExact(health[QStringLiteral("observed_at")], now));
    facts.add(QStringLiteral("started"), agoAndExact(health[QStringLiteral("started_at")], now));
    if (const QString start = said(health[QStringLiteral("implausible_start")]); !start.isEmpty())
        facts.add(QStringLiteral("started"), QStringLiteral("implausible start time reported: %1").arg(start));
}

void addConfig(Facts &facts, const QJsonValue &config, domain::WallTime now)
{
    facts.add(QStringLiteral("config"), state(config, now));
    facts.add(QStringLiteral("why"), said(config[QStringLiteral("why")]));
    facts.add(QStringLiteral("wanted"), versionAndHash(config[QStringLiteral("wanted")]));
    const QJsonValue reported = config[QStringLiteral("reported")];
    facts.add(QStringLiteral("reported"), joined({shown(reported[QStringLiteral("status")]),
                                                  shown(reported[QStringLiteral("hash")]), seenAt(reported, now)}));
    facts.add(QStringLiteral("error"), said(reported[QStringLiteral("error")]));
    const QJsonValue effective = config[QStringLiteral("effective")];
    facts.add(QStringLiteral("effective"), joined({shown(effective[QStringLiteral("hash")]), seenAt(effective, now)}));
    facts.add(QStringLiteral("has wanted"), shown(effective[QStringLiteral("contains_wanted")]));
    facts.add(QStringLiteral("not compared"), said(effective[QStringLiteral("not_comparable")]));
    if (const qsizetype count = effective[QStringLiteral("not_compared")].toInt(); count > 0)
        facts.add(QStringLiteral("not compared"), notCompared(count));
    for (const QJsonValue &difference : effective[QStringLiteral("differences")].toArray()) {
        facts.add(QStringLiteral("differs"),
                  QStringLiteral("%1: wanted %2, effective %3")
                      .arg(shown(difference[QStringLiteral("path")]), shown(difference[QStringLiteral("wanted")]),
                           shown(difference[QStringLiteral("effective")])));
    }
    facts.add(QStringLiteral("last proven"), versionAndHash(config[QStringLiteral("last_proven")]));
    const QJsonValue failed = config[QStringLiteral("last_failed")];
    facts.add(QStringLiteral("last failed"),
              joined({versionAndHash(failed), at(QString(), failed[QStringLiteral("at")], now).trimmed(),
                      said(failed[QStringLiteral("error")])}));
}

void addAttributes(Facts &facts, const QString &what, const QJsonValue &attributes)
{
    const QJsonObject map = attributes.toObject();
    for (auto entry = map.begin(); entry != map.end(); ++entry)
        facts.add(what, printable(entry.key()) + QStringLiteral(" = ") + shown(entry.value()));
}

/// Deep trees and wide ones are hostile: both have a limit that is said.
constexpr int deepest = 64;
constexpr int mostNodes = 5000;

void addBranch(QString &out, const QString &name, const QJsonValue &node, int depth, int &nodes)
{
    const QString indent(depth * 2, u' ');
    if (depth > deepest || ++nodes > mostNodes) {
        if (nodes <= mostNodes + 1)
            out += indent + QStringLiteral("… more is left out; --json has all of it\n");
        nodes = mostNodes + 1;
        return;
    }
    const QJsonValue healthy = node[QStringLiteral("healthy")];
    const QString word =
        healthy.isBool() ? (healthy.toBool() ? QStringLiteral("healthy") : QStringLiteral("unhealthy")) : QString();
    out += indent +
           joined({shortened(printable(name), 200), word, shortened(said(node[QStringLiteral("status")]), 200),
                   shortened(said(node[QStringLiteral("error")]), 2000)}) +
           u'\n';
    const QJsonObject components = node[QStringLiteral("components")].toObject();
    for (auto child = components.begin(); child != components.end() && nodes <= mostNodes; ++child)
        addBranch(out, child.key(), child.value(), depth + 1, nodes);
}

/// As it was at a moment: what is known of then, and nothing of now.
QString renderPast(const QJsonValue &list)
{
    Table table({QStringLiteral("ID"), QStringLiteral("NAME"), QStringLiteral("PRESENCE"), QStringLiteral("HEALTH"),
                 QStringLiteral("CONFIG")});
    const QJsonArray items = itemsOf(list);
    for (const QJsonValue &gateway : items)
        table.addRow({shortId(gateway[QStringLiteral("id")]), shown(gateway[QStringLiteral("name")]),
                      shown(gateway[QStringLiteral("presence")][QStringLiteral("state")]),
                      shown(gateway[QStringLiteral("health")][QStringLiteral("state")]),
                      shown(gateway[QStringLiteral("config")][QStringLiteral("state")])});
    const QString at = shown(list[QStringLiteral("at")]);
    QString text =
        items.isEmpty()
            ? QStringLiteral("Nothing is known of any gateway at %1.\n").arg(at)
            : table.text() + QStringLiteral("%1 as known of %2.\n").arg(counted(items.size(), u"gateway"), at);
    if (!list[QStringLiteral("observed")].toBool())
        text += QStringLiteral("Nobody was looking then: configs are as they were last seen.\n");
    return text;
}

} // namespace

QString renderGatewayTable(const QJsonValue &list, domain::WallTime now)
{
    if (list[QStringLiteral("at")].isString())
        return renderPast(list);
    Table table({QStringLiteral("ID"), QStringLiteral("NAME"), QStringLiteral("PRESENCE"), QStringLiteral("HEALTH"),
                 QStringLiteral("CONFIG"), QStringLiteral("VERSION"), QStringLiteral("LAST SEEN"),
                 QStringLiteral("LABELS")});
    const QJsonArray items = itemsOf(list);
    for (const QJsonValue &gateway : items) {
        const QJsonValue presence = gateway[QStringLiteral("presence")];
        const QJsonValue config = gateway[QStringLiteral("config")];
        table.addRow({shortId(gateway[QStringLiteral("id")]), shown(gateway[QStringLiteral("name")]),
                      shown(presence[QStringLiteral("state")]),
                      shown(gateway[QStringLiteral("health")][QStringLiteral("state")]),
                      shown(config[QStringLiteral("state")]), versionName(config[QStringLiteral("wanted")]),
                      ago(presence[QStringLiteral("last_seen")], now),
                      pairs(gateway[QStringLiteral("labels")].toObject())});
    }
    if (items.isEmpty())
        return QStringLiteral("No gateways. They appear here once they connect to an endpoint ('status' names it).\n");
    return table.text() + counted(items.size(), u"gateway") + QStringLiteral(".\n");
}

QString renderGateway(const QJsonValue &gateway, domain::WallTime now)
{
    Facts facts;
    const QJsonValue presence = gateway[QStringLiteral("presence")];
    facts.add(QStringLiteral("admission"), shown(gateway[QStringLiteral("admission")]));
    facts.add(QStringLiteral("presence"), state(presence, now));
    facts.add(QStringLiteral("why"), said(presence[QStringLiteral("why")]));
    facts.add(QStringLiteral("last seen"), agoAndExact(presence[QStringLiteral("last_seen")], now));
    facts.add(QStringLiteral("connection"),
              joined({shown(presence[QStringLiteral("transport")]), shown(presence[QStringLiteral("peer")])}));
    const QJsonValue interval = presence[QStringLiteral("poll_interval_s")];
    if (presence[QStringLiteral("transport")] == QStringLiteral("http"))
        facts.add(QStringLiteral("polls every"), interval.isDouble()
                                                     ? lengthText(std::chrono::seconds(qRound64(interval.toDouble()))) +
                                                           QStringLiteral(" (learned from its last polls)")
                                                     : QStringLiteral("not known yet"));
    const QJsonValue health = gateway[QStringLiteral("health")];
    addHealth(facts, health, now);
    addConfig(facts, gateway[QStringLiteral("config")], now);
    addAttributes(facts, QStringLiteral("identifying"),
                  gateway[QStringLiteral("attributes")][QStringLiteral("identifying")]);
    addAttributes(facts, QStringLiteral("attribute"),
                  gateway[QStringLiteral("attributes")][QStringLiteral("non_identifying")]);
    addAttributes(facts, QStringLiteral("label"), gateway[QStringLiteral("labels")]);
    QStringList capabilities;
    for (const QJsonValue &capability : gateway[QStringLiteral("capabilities")].toArray())
        capabilities.append(said(capability));
    facts.add(QStringLiteral("capabilities"), capabilities.join(u' '));
    facts.add(QStringLiteral("first seen"), agoAndExact(gateway[QStringLiteral("first_seen")], now));
    facts.add(QStringLiteral("restarts"), shown(gateway[QStringLiteral("restarts")]));
    QString out = QStringLiteral("%1  %2\n%3")
                      .arg(shortened(shown(gateway[QStringLiteral("name")]), 200), shown(gateway[QStringLiteral("id")]),
                           facts.text());
    const QJsonObject components = health[QStringLiteral("components")].toObject();
    if (!components.isEmpty()) {
        out += health[QStringLiteral("stale")].toBool()
                   ? QStringLiteral("\nComponents, last reported %1\n")
                         .arg(agoAndExact(health[QStringLiteral("observed_at")], now))
                   : QStringLiteral("\nComponents\n");
        int nodes = 0;
        for (auto child = components.begin(); child != components.end() && nodes <= mostNodes; ++child)
            addBranch(out, child.key(), child.value(), 1, nodes);
    }
    return out;
}

QString renderForgotten(const QJsonValue &result, domain::WallTime now)
{
    if (!result[QStringLiteral("items")].isArray())
        return QStringLiteral("%1 was forgotten, with its history.\n").arg(shown(result[QStringLiteral("id")]));
    Table table(
        {QStringLiteral("ID"), QStringLiteral("NAME"), QStringLiteral("PRESENCE"), QStringLiteral("LAST SEEN")});
    const QJsonArray items = itemsOf(result);
    for (const QJsonValue &gateway : items) {
        const QJsonValue presence = gateway[QStringLiteral("presence")];
        table.addRow({shortId(gateway[QStringLiteral("id")]), shown(gateway[QStringLiteral("name")]),
                      shown(presence[QStringLiteral("state")]), ago(presence[QStringLiteral("last_seen")], now)});
    }
    if (items.isEmpty())
        return QStringLiteral("No gateway matches; nothing was forgotten.\n");
    const QString count = counted(items.size(), u"gateway");
    return table.text() + (result[QStringLiteral("dry_run")].toBool()
                               ? QStringLiteral("%1 would be forgotten; nothing was.\n").arg(count)
                               : QStringLiteral("%1 forgotten, with the history.\n").arg(count));
}

QString renderHealth(const QJsonValue &tree, domain::WallTime now)
{
    if (!tree.isObject())
        return QStringLiteral("The gateway has not reported its health.\n");
    QString out;
    if (tree[QStringLiteral("stale")].toBool()) {
        const QJsonValue presence = tree[QStringLiteral("presence")];
        out = QStringLiteral("Not current: last reported %1; %2.\n")
                  .arg(agoAndExact(tree[QStringLiteral("observed_at")], now),
                       presence[QStringLiteral("state")] == QStringLiteral("connected")
                           ? QStringLiteral("a message was missed since")
                           : QStringLiteral("the gateway is ") + state(presence, now));
    }
    int nodes = 0;
    addBranch(out, QStringLiteral("gateway"), tree, 0, nodes);
    return out;
}

QString renderComponents(const QJsonValue &available)
{
    Table table({QStringLiteral("SECTION"), QStringLiteral("TYPE"), QStringLiteral("METADATA")});
    const QJsonObject sections = available[QStringLiteral("components")].toObject();
    for (auto section = sections.begin(); section != sections.end(); ++section) {
        const QJsonObject types = section.value().toObject();
        for (auto type = types.begin(); type != types.end(); ++type)
            table.addRow({printable(section.key()), printable(type.key()),
                          pairs(type.value()[QStringLiteral("metadata")].toObject())});
    }
    return table.isEmpty() ? QStringLiteral("The gateway lists no components.\n") : table.text();
}

QString renderTimeline(const QJsonValue &list, domain::WallTime now)
{
    Table table({QStringLiteral("FROM"), QStringLiteral("TO"), QStringLiteral("LASTED"), QStringLiteral("KIND"),
                 QStringLiteral("STATE"), QStringLiteral("DETAIL")});
    for (const QJsonValue &span : itemsOf(list)) {
        const QJsonValue to = span[QStringLiteral("to")];
        const auto from = domain::fromRfc3339(span[QStringLiteral("from")].toString());
        const auto until = to.isString() ? domain::fromRfc3339(to.toString()) : std::optional(now);
        const QString lasted = from && until && *until >= *from ? lengthText(*until - *from) : QStringLiteral("-");
        const QString part = said(span[QStringLiteral("part")]); // of the collector, where it is about one
        const QString detail = said(span[QStringLiteral("detail")]);
        table.addRow({shown(span[QStringLiteral("from")]), to.isString() ? shown(to) : QStringLiteral("now"), lasted,
                      shown(span[QStringLiteral("kind")]), shown(span[QStringLiteral("state")]),
                      part.isEmpty() || detail.isEmpty() ? part + detail : part + QStringLiteral(": ") + detail});
    }
    return table.isEmpty() ? QStringLiteral("Nothing is known of that time.\n") : table.text();
}

} // namespace flowgate::ctl
