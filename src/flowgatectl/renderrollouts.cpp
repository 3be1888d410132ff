// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowgatectl/moments.h"
#include "flowgatectl/printable.h"
#include "flowgatectl/render.h"
#include "flowgatectl/table.h"
#include "flowgatectl/values.h"

namespace flowgate::ctl {

namespace {

QString steps(const QJsonValue &rollout)
{
    Tally tally;
    for (const QJsonValue &target : rollout[QStringLiteral("targets")].toArray())
        tally.add(shown(target[QStringLiteral("step")]));
    return tally.text();
}

/// The name where the control plane says it, and the end of the id.
QString targetName(const QJsonValue &target)
{
    const QString name = said(target[QStringLiteral("name")]);
    const QString id = shortId(target[QStringLiteral("gateway")]);
    return name.isEmpty() ? id : QStringLiteral("%1 (%2)").arg(shortened(name, 60), id);
}

QString list(const QJsonValue &values)
{
    QStringList texts;
    for (const QJsonValue &value : values.toArray())
        texts.append(shown(value));
    return texts.join(QStringLiteral(", "));
}

QString sightings(const QJsonValue &target, domain::WallTime now)
{
    QString out;
    for (const QJsonValue &seen : target[QStringLiteral("seen")].toArray()) {
        out += seen.isString()
                   ? QStringLiteral("    %1\n").arg(shown(seen))
                   : QStringLiteral("    %1  %2\n")
                         .arg(shown(seen[QStringLiteral("what")]), agoAndExact(seen[QStringLiteral("at")], now));
    }
    return out;
}

} // namespace

QString renderPreview(const QJsonValue &list)
{
    Table table({QStringLiteral("ID"), QStringLiteral("NAME"), QStringLiteral("VERDICT"), QStringLiteral("REASON")});
    Tally verdicts;
    const QJsonArray items = itemsOf(list);
    for (const QJsonValue &item : items) {
        const QString verdict = shown(item[QStringLiteral("verdict")]);
        verdicts.add(verdict);
        table.addRow({shortId(item[QStringLiteral("id")]), shown(item[QStringLiteral("name")]), verdict,
                      said(item[QStringLiteral("reason")])});
    }
    if (items.isEmpty())
        return QStringLiteral("The selector reaches no gateway.\n");
    return table.text() + QStringLiteral("%1: %2.\n").arg(counted(items.size(), u"gateway"), verdicts.text());
}

QString renderRolloutTable(const QJsonValue &list, domain::WallTime now)
{
    // Ids in full: a rollout has no name.
    Table table({QStringLiteral("ID"), QStringLiteral("CONFIG"), QStringLiteral("STATE"), QStringLiteral("STARTED"),
                 QStringLiteral("SELECTOR"), QStringLiteral("TARGETS")});
    for (const QJsonValue &rollout : itemsOf(list)) {
        const bool isInForce = rollout[QStringLiteral("in_force")].toBool();
        const QString state = shown(rollout[QStringLiteral("state")]);
        table.addRow({shown(rollout[QStringLiteral("id")]), versionName(rollout),
                      isInForce ? state + QStringLiteral(", in force") : state,
                      ago(rollout[QStringLiteral("created_at")], now), shown(rollout[QStringLiteral("selector")]),
                      steps(rollout)});
    }
    return table.isEmpty() ? QStringLiteral("No rollouts yet; 'rollouts start' begins one.\n") : table.text();
}

QString renderOutcome(const QJsonValue &rollout)
{
    QString out =
        QStringLiteral("Rollout %1 of %2 to '%3': %4.\n")
            .arg(shown(rollout[QStringLiteral("id")]), versionName(rollout),
                 shortened(said(rollout[QStringLiteral("selector")]), 200), shown(rollout[QStringLiteral("state")]));
    if (const QString counts = steps(rollout); !counts.isEmpty())
        out += QStringLiteral("Targets: %1.\n").arg(counts);
    for (const QJsonValue &target : rollout[QStringLiteral("targets")].toArray()) {
        const QString error = said(target[QStringLiteral("error")]);
        if (!error.isEmpty())
            out += QStringLiteral("%1 is %2: %3\n")
                       .arg(targetName(target), shown(target[QStringLiteral("step")]), shortened(error, 4000));
    }
    return out;
}

QString renderRollout(const QJsonValue &rollout, domain::WallTime now)
{
    QString out = QStringLiteral("Rollout %1\n").arg(shown(rollout[QStringLiteral("id")]));
    const auto fact = [&out](const QString &what, const QString &value) {
        if (!value.isEmpty() && value != u"-")
            out += QStringLiteral("  %1  %2\n").arg(what, -8).arg(shortened(value, 4000));
    };
    const auto seconds = [&](const QString &key) {
        const QJsonValue value = rollout[key];
        return value.isDouble() ? lengthText(domain::milliseconds(qint64(value.toDouble() * 1000))) : QString();
    };
    const bool isInForce = rollout[QStringLiteral("in_force")].toBool();
    fact(QStringLiteral("state"), shown(rollout[QStringLiteral("state")]) +
                                      (isInForce ? QStringLiteral(", in force for later arrivals") : QString()));
    fact(QStringLiteral("config"), versionName(rollout));
    fact(QStringLiteral("hash"), shown(rollout[QStringLiteral("hash")]));
    fact(QStringLiteral("selector"), shown(rollout[QStringLiteral("selector")]));
    fact(QStringLiteral("started"), agoAndExact(rollout[QStringLiteral("created_at")], now));
    fact(QStringLiteral("by"), shown(rollout[QStringLiteral("by")]));
    fact(QStringLiteral("waves"), list(rollout[QStringLiteral("waves")]));
    fact(QStringLiteral("soak"), seconds(QStringLiteral("soak_s")));
    fact(QStringLiteral("timeout"), seconds(QStringLiteral("timeout_s")));
    const QJsonArray targets = rollout[QStringLiteral("targets")].toArray();
    if (targets.isEmpty())
        return out;
    Table table({QStringLiteral("GATEWAY"), QStringLiteral("WAVE"), QStringLiteral("STEP"), QStringLiteral("SINCE"),
                 QStringLiteral("ERROR")});
    table.alignRight(1);
    QString seen;
    for (const QJsonValue &target : targets) {
        table.addRow({targetName(target), shown(target[QStringLiteral("wave")]), shown(target[QStringLiteral("step")]),
                      ago(target[QStringLiteral("since")], now), said(target[QStringLiteral("error")])});
        if (const QString lines = sightings(target, now); !lines.isEmpty())
            seen += QStringLiteral("  %1\n%2").arg(targetName(target), lines);
    }
    out += u'\n' + table.text();
    if (!seen.isEmpty())
        out += QStringLiteral("\nWhat was seen\n") + seen;
    return out;
}

} // namespace flowgate::ctl
