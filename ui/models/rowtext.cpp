// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/rowtext.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace flowgate::models {

namespace {

/// Not what a spreadsheet would take for a formula.
QString harmless(QString cell)
{
    if (!cell.isEmpty() && QStringLiteral("=+-@\t\r").contains(cell.front()))
        cell.prepend(u'\'');
    return cell;
}

QString csvCell(QString cell)
{
    cell = harmless(std::move(cell));
    const bool quotes = cell.contains(u'"') || cell.contains(u',') || cell.contains(u'\n') || cell.contains(u'\r');
    return quotes ? u'"' + cell.replace(u'"', QStringLiteral("\"\"")) + u'"' : cell;
}

QString yamlString(const QString &text)
{
    QString out = QStringLiteral("\"");
    for (const QChar c : text) {
        const ushort code = c.unicode();
        const bool unseen = code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0x2028 || code == 0x2029 ||
                            code == 0xfeff || code >= 0xfffe;
        if (c == u'"' || c == u'\\')
            out += u'\\' + QString(c);
        else if (unseen)
            out += QStringLiteral("\\u%1").arg(code, 4, 16, QChar(u'0'));
        else
            out += c;
    }
    return out + u'"';
}

QString yamlScalar(const QJsonValue &value)
{
    if (value.isString())
        return yamlString(value.toString());
    // Numbers, true, false, null: as JSON writes them.
    const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(list.sliced(1, list.size() - 2));
}

void addYaml(QString &out, const QJsonValue &value, int depth);

void addMember(QString &out, const QJsonValue &value, int depth)
{
    const bool nested =
        (value.isObject() && !value.toObject().isEmpty()) || (value.isArray() && !value.toArray().isEmpty());
    if (nested) {
        out += u'\n';
        addYaml(out, value, depth);
        return;
    }
    out += u' ';
    out += value.isObject() ? QStringLiteral("{}") : value.isArray() ? QStringLiteral("[]") : yamlScalar(value);
    out += u'\n';
}

void addYaml(QString &out, const QJsonValue &value, int depth)
{
    const QString indent(depth * 2, u' ');
    if (value.isArray()) {
        const QJsonArray items = value.toArray();
        for (const QJsonValue &item : items) {
            out += indent + u'-';
            addMember(out, item, depth + 1);
        }
        return;
    }
    const QJsonObject members = value.toObject();
    for (auto it = members.begin(); it != members.end(); ++it) {
        out += indent + yamlString(it.key()) + u':';
        addMember(out, it.value(), depth + 1);
    }
}

} // namespace

QString csvText(const std::vector<QStringList> &lines)
{
    QString text;
    for (const QStringList &line : lines) {
        QStringList cells;
        for (const QString &cell : line)
            cells.append(csvCell(cell));
        text += cells.join(u',') + QStringLiteral("\r\n");
    }
    return text;
}

QString plainCell(const QString &cell)
{
    QString text = harmless(cell);
    for (QChar &c : text) {
        if (c == u'\t' || c == u'\n' || c == u'\r')
            c = u' ';
    }
    return text;
}

QString jsonText(const QJsonArray &items)
{
    return QString::fromUtf8(QJsonDocument(items).toJson(QJsonDocument::Indented));
}

QString yamlText(const QJsonArray &items)
{
    if (items.isEmpty())
        return QStringLiteral("[]\n");
    QString text;
    addYaml(text, items, 0);
    return text;
}

} // namespace flowgate::models
