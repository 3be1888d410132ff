// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/logmodel.h"

#include "ui/common/relativetime.h"
#include "ui/common/tone.h"
#include "ui/common/visibletext.h"

namespace flowgate::models {

namespace {

constexpr int warning = 13;
constexpr int error = 17;

/// What came with the text, such as which component said it.
QString attributesText(const telemetry::LogLine &line)
{
    QStringList parts;
    for (const domain::Attribute &attribute : line.attributes)
        parts.append(attribute.key + u'=' + domain::attributeText(attribute.value));
    if (!line.scope.isEmpty())
        parts.append(line.scope);
    return parts.join(u' ');
}

QString keyOf(const telemetry::LogLine &line)
{
    return QStringLiteral("%1/%2/%3").arg(common::toMs(line.at)).arg(line.text, attributesText(line));
}

} // namespace

QString severityWord(const telemetry::LogLine &line)
{
    if (line.severity >= 21)
        return LogModel::tr("Fatal");
    if (line.severity >= error)
        return LogModel::tr("Error");
    if (line.severity >= warning)
        return LogModel::tr("Warning");
    if (line.severity >= 9)
        return LogModel::tr("Info");
    if (line.severity >= 1)
        return LogModel::tr("Debug");
    return common::oneLine(line.severityText, 20);
}

void LogModel::show(std::vector<telemetry::LogLine> lines)
{
    std::ranges::reverse(lines);
    QSet<QString> seen;
    std::erase_if(lines, [&seen](const telemetry::LogLine &line) {
        const QString key = keyOf(line);
        const bool twice = seen.contains(key);
        seen.insert(key);
        return twice;
    });
    reconcile(std::move(lines), keyOf);
}

QVariant LogModel::cell(const telemetry::LogLine &row, Column column, int role) const
{
    switch (column) {
    case Column::At:
        if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
            return common::exactTime(row.at);
        return role == SortRole || role == TimeRole ? QVariant(common::toMs(row.at)) : QVariant();
    case Column::Line:
        if (role == ToneRole && row.severity >= warning)
            return static_cast<int>(row.severity >= error ? common::Tone::Bad : common::Tone::Attention);
        if (role == BelowRole)
            return common::oneLine(attributesText(row), 400);
        if (role == Qt::ToolTipRole)
            return common::toolTip(severityWord(row) + u'\n' + row.text + u'\n' + attributesText(row));
        if (role == Qt::AccessibleTextRole)
            return severityWord(row) + QStringLiteral(": ") + common::oneLine(row.text, 400);
        return role == Qt::DisplayRole || role == SortRole ? QVariant(common::oneLine(row.text, 400)) : QVariant();
    case Column::Count:
        break;
    }
    return {};
}

QString LogModel::title(Column column) const
{
    return column == Column::At ? tr("When") : tr("Line");
}

} // namespace flowgate::models
