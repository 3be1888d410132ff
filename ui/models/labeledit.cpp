// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/labeledit.h"

#include <QRegularExpression>
#include <QSet>

namespace flowgate::models {

namespace {

const QRegularExpression &gap()
{
    static const QRegularExpression expression(QStringLiteral("[\\s,]+"));
    return expression;
}

bool canBeTyped(const QString &value)
{
    return !value.contains(gap());
}

} // namespace

QStringList labelParts(const QString &text)
{
    return text.split(gap(), Qt::SkipEmptyParts);
}

QString labelsText(const domain::Labels &labels)
{
    QStringList parts;
    for (auto it = labels.cbegin(); it != labels.cend(); ++it) {
        if (canBeTyped(it.value()))
            parts.append(it.key() + u'=' + it.value());
    }
    return parts.join(u' ');
}

QStringList labelChanges(const domain::Labels &before, const QString &text)
{
    QStringList changes;
    QSet<QString> named;
    for (const QString &part : labelParts(text)) {
        const qsizetype equals = part.indexOf(u'=');
        if (equals <= 0) {
            changes.append(part);
            named.insert(part.endsWith(u'-') ? part.chopped(1) : part);
            continue;
        }
        const QString key = part.left(equals);
        named.insert(key);
        const auto old = before.constFind(key);
        if (old == before.cend() || *old != part.mid(equals + 1))
            changes.append(part);
    }
    for (auto it = before.cbegin(); it != before.cend(); ++it) {
        if (!named.contains(it.key()) && canBeTyped(it.value()))
            changes.append(it.key() + u'-');
    }
    return changes;
}

QStringList inverseOf(const QStringList &changes, const domain::Labels &before)
{
    QStringList back;
    for (const QString &change : changes) {
        const qsizetype equals = change.indexOf(u'=');
        const QString key = equals >= 0 ? change.left(equals) : change.chopped(1);
        const auto old = before.constFind(key);
        if (old != before.cend())
            back.append(key + u'=' + *old);
        else if (equals >= 0)
            back.append(key + u'-');
    }
    return back;
}

} // namespace flowgate::models
