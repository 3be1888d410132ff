// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/gatewayfacts.h"

#include "domain/selector.h"
#include "ui/models/sortfiltermodel.h"

#include <QRegularExpression>
#include <QSet>

namespace flowgate::models {

namespace {

constexpr qsizetype longestValue = 200;
constexpr qsizetype mostTexts = 50;

QStringList ordered(const QSet<QString> &texts)
{
    QStringList list(texts.cbegin(), texts.cend());
    std::ranges::sort(list, [](const QString &a, const QString &b) { return compareTexts(a, b) < 0; });
    return list;
}

/// Where the requirement begins that the end of @p before stands in.
qsizetype requirementBegin(const QString &before)
{
    qsizetype begin = 0;
    int depth = 0;
    bool quoted = false;
    for (qsizetype i = 0; i < before.size(); ++i) {
        const QChar c = before[i];
        if (c == u'"')
            quoted = !quoted;
        else if (quoted)
            continue;
        else if (c == u'(')
            ++depth;
        else if (c == u')')
            --depth;
        else if (c == u',' && depth == 0)
            begin = i + 1;
    }
    return begin;
}

QString quoted(const QString &value)
{
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9._-]+$"));
    if (plain.match(value).hasMatch())
        return value;
    const bool cannot = value.contains(u'"') || value.contains(u'\\') || value.size() > longestValue;
    return cannot ? QString() : u'"' + value + u'"';
}

} // namespace

std::optional<QString> factOf(const domain::Gateway &gateway, const QString &key)
{
    const QString value = domain::selectorValue(gateway, key);
    return value.isNull() ? std::nullopt : std::optional(value);
}

QStringList factKeys(const std::vector<GatewayRow> &rows)
{
    QSet<QString> keys;
    for (const GatewayRow &row : rows) {
        for (auto it = row.gateway->labels.keyBegin(); it != row.gateway->labels.keyEnd(); ++it)
            keys.insert(*it);
        if (!row.gateway->description)
            continue;
        const domain::AgentDescription &who = row.gateway->description->value;
        for (const auto *list : {&who.identifying, &who.nonIdentifying}) {
            for (const domain::Attribute &attribute : *list)
                keys.insert(attribute.key);
        }
    }
    return ordered(keys);
}

QStringList factValues(const std::vector<GatewayRow> &rows, const QString &key)
{
    QSet<QString> values;
    for (const GatewayRow &row : rows) {
        if (const auto value = factOf(*row.gateway, key))
            values.insert(*value);
    }
    return ordered(values);
}

QString selectorTerm(const QString &key, const QString &value)
{
    static const QRegularExpression plainKey(QStringLiteral("^[A-Za-z0-9._/-]+$"));
    const QString text = quoted(value);
    return text.isEmpty() || !plainKey.match(key).hasMatch() ? QString() : key + u'=' + text;
}

Completions completeSelector(const QString &text, qsizetype cursor, const std::vector<GatewayRow> &rows)
{
    static const QRegularExpression inList(
        QStringLiteral("^\\s*([^\\s=!,()\"]+)\\s+(?:not)?in\\s*\\((?:[^)]*,)?\\s*(\"?)([^,()\"]*)$"));
    static const QRegularExpression behindEquals(QStringLiteral("^\\s*([^\\s=!,()\"]+)\\s*!?==?\\s*(\"?)([^\"]*)$"));
    static const QRegularExpression inKey(QStringLiteral("^\\s*!?\\s*([^\\s=!,()\"]*)$"));

    const QString before = text.left(cursor);
    const QString part = before.mid(requirementBegin(before));
    Completions found;
    QString typed;
    QStringList candidates;
    if (auto match = inList.match(part); match.hasMatch() || (match = behindEquals.match(part)).hasMatch()) {
        typed = match.captured(3);
        found.from = cursor - typed.size() - match.captured(2).size();
        for (const QString &value : factValues(rows, match.captured(1))) {
            if (const QString term = quoted(value); !term.isEmpty() && value.startsWith(typed, Qt::CaseInsensitive))
                candidates.append(term);
        }
        if (candidates.size() == 1 && candidates.front() == typed)
            return {};
    } else if (match = inKey.match(part); match.hasMatch() && !text.trimmed().isEmpty()) {
        typed = match.captured(1);
        found.from = cursor - typed.size();
        for (const QString &key : factKeys(rows)) {
            if (key.startsWith(typed, Qt::CaseInsensitive))
                candidates.append(key + u'=');
        }
    }
    found.length = cursor - found.from;
    found.texts = candidates.first(std::min(candidates.size(), mostTexts));
    return found;
}

} // namespace flowgate::models
