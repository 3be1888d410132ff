// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowgatectl/values.h"

#include "flowgatectl/printable.h"

#include <QStringList>

#include <algorithm>

namespace flowgate::ctl {

QString shown(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::String:
        return value.toString().isEmpty() ? QStringLiteral("-") : printable(value.toString());
    case QJsonValue::Bool:
        return value.toBool() ? QStringLiteral("yes") : QStringLiteral("no");
    case QJsonValue::Double:
        return QString::number(value.toDouble(), 'g', 15);
    default:
        return QStringLiteral("-");
    }
}

QString said(const QJsonValue &value)
{
    return printable(value.toString());
}

QString shortId(const QJsonValue &id)
{
    return id.toString().isEmpty() ? QStringLiteral("-") : printable(id.toString().right(8));
}

QString versionName(const QJsonValue &ref)
{
    if (!ref.isObject())
        return QStringLiteral("-");
    return shown(ref[QStringLiteral("config")]) + u'@' + shown(ref[QStringLiteral("version")]);
}

QString pairs(const QJsonObject &map)
{
    QStringList list;
    for (auto entry = map.begin(); entry != map.end(); ++entry) {
        QString value = said(entry.value());
        if (value.contains(u' '))
            value = u'"' + value + u'"'; // as a selector takes it
        list.append(printable(entry.key()) + u'=' + value);
    }
    return list.join(u' ');
}

QJsonArray itemsOf(const QJsonValue &result)
{
    return result[QStringLiteral("items")].toArray();
}

QString counted(qsizetype count, QStringView singular)
{
    const QString text = QStringLiteral("%1 %2").arg(count).arg(singular);
    return count == 1 ? text : text + u's';
}

QString notCompared(qsizetype count)
{
    return counted(count, u"value") + QStringLiteral(" cannot be compared: a reference (${…}) or a hidden value");
}

void Tally::add(const QString &word, int count)
{
    const auto found = std::ranges::find(m_counts, word, &std::pair<QString, int>::first);
    if (found == m_counts.end())
        m_counts.append({word, count});
    else
        found->second += count;
}

QString Tally::text() const
{
    QStringList list;
    for (const auto &[word, count] : m_counts)
        list.append(QStringLiteral("%1 %2").arg(count).arg(word));
    return list.join(QStringLiteral(", "));
}

} // namespace flowgate::ctl
