// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowgatectl/printable.h"
#include "flowgatectl/render.h"
#include "flowgatectl/table.h"
#include "flowgatectl/values.h"

#include <map>

namespace flowgate::ctl {

namespace {

const QString filesKey = QStringLiteral("files");
const QString base64Key = QStringLiteral("base64");

/// All files of an answer, those that are not UTF-8 included.
std::map<QString, QByteArray> filesOf(const QJsonValue &result)
{
    std::map<QString, QByteArray> files;
    const QJsonObject texts = result[filesKey].toObject();
    for (auto file = texts.begin(); file != texts.end(); ++file)
        files[file.key()] = file.value().toString().toUtf8();
    const QJsonObject binaries = result[base64Key].toObject();
    for (auto file = binaries.begin(); file != binaries.end(); ++file)
        files[file.key()] = QByteArray::fromBase64(file.value().toString().toLatin1());
    return files;
}

domain::unexpected<Trouble> noSuchFile(const QJsonValue &result, const QString &name)
{
    QStringList names;
    for (const auto &[key, body] : filesOf(result))
        names.append(QStringLiteral("'%1'").arg(printable(key)));
    return failure(QStringLiteral("not_found"),
                   QStringLiteral("there is no file '%1' in it; there is %2")
                       .arg(name, names.isEmpty() ? QStringLiteral("none") : names.join(QStringLiteral(", "))));
}

/// In words what makes two texts differ that read the same; empty: a line differs, or nothing does.
QString invisibleDifference(const QString &word)
{
    const QString mark = QStringLiteral("a byte order mark at the beginning");
    const QString ends = QStringLiteral("their line ends (LF and CRLF)");
    if (word == u"line_ends")
        return ends;
    if (word == u"byte_order_mark")
        return mark;
    return word == u"line_ends_and_byte_order_mark" ? ends + QStringLiteral(" and ") + mark : QString();
}

} // namespace

bool printsFiles(Verb verb)
{
    return verb == Verb::GatewaysEffective || verb == Verb::ConfigsShow;
}

Outcome<QByteArray> fileBytes(const QJsonValue &result, const QString &only)
{
    auto files = filesOf(result);
    if (!only.isNull()) {
        const auto found = files.find(only);
        if (found == files.end())
            return noSuchFile(result, only);
        return found->second;
    }
    if (files.size() == 1)
        return files.begin()->second;
    QByteArray out;
    for (const auto &[name, body] : files) {
        out += "# --- " + printable(name).toUtf8() + '\n' + body;
        if (!body.endsWith('\n'))
            out += '\n';
    }
    return out;
}

Outcome<QJsonValue> withOneFile(const QJsonValue &result, const QString &only)
{
    QJsonObject answer = result.toObject();
    bool found = false;
    for (const QString &key : {filesKey, base64Key}) {
        const QJsonObject all = answer.value(key).toObject();
        if (!answer.contains(key))
            continue;
        QJsonObject left;
        if (all.contains(only)) {
            left.insert(only, all.value(only));
            found = true;
        }
        answer[key] = left;
    }
    if (!found)
        return noSuchFile(result, only);
    return QJsonValue(answer);
}

QString renderConfigTable(const QJsonValue &list)
{
    Table table({QStringLiteral("NAME"), QStringLiteral("LATEST"), QStringLiteral("GATEWAYS"), QStringLiteral("TAGS")});
    table.alignRight(1);
    table.alignRight(2);
    for (const QJsonValue &config : itemsOf(list)) {
        QStringList words;
        if (config[QStringLiteral("archived")].toBool())
            words.append(QStringLiteral("(archived)"));
        for (const QJsonValue tag : config[QStringLiteral("tags")].toArray())
            words.append(said(tag));
        table.addRow({shown(config[QStringLiteral("name")]), shown(config[QStringLiteral("latest")]),
                      shown(config[QStringLiteral("gateways")]), words.join(u' ')});
    }
    return table.isEmpty() ? QStringLiteral("No configs yet; 'configs add NAME FILE' saves the first.\n")
                           : table.text();
}

QString renderSaved(const QJsonValue &saved)
{
    const QString version = versionName(saved);
    if (!saved[QStringLiteral("created")].toBool())
        return QStringLiteral("Unchanged: %1 has exactly these files.\n").arg(version);
    return QStringLiteral("Saved as %1, hash %2.\n").arg(version, shown(saved[QStringLiteral("hash")]));
}

QString renderDiff(const QJsonValue &diff, bool withGateway, bool structureOnly)
{
    const QString from = shown(diff[QStringLiteral("from")]);
    const QString to = shown(diff[QStringLiteral("to")]);
    QString out = structureOnly ? QString() : diff[QStringLiteral("diff")].toString();
    if (!out.isEmpty() && !out.endsWith(u'\n'))
        out += u'\n';
    const QJsonArray differences = diff[QStringLiteral("differences")].toArray();
    if (!differences.isEmpty()) {
        Table table({QStringLiteral("PATH"), QStringLiteral("IN ") + from, QStringLiteral("IN ") + to});
        for (const QJsonValue &difference : differences)
            table.addRow({shown(difference[QStringLiteral("path")]), shown(difference[QStringLiteral("wanted")]),
                          shown(difference[QStringLiteral("effective")])});
        out += QStringLiteral("%1%2 in meaning:\n")
                   .arg(out.isEmpty() ? QString() : QStringLiteral("\n"), counted(differences.size(), u"difference")) +
               table.text();
    }
    const QString trouble = said(diff[QStringLiteral("not_comparable")]);
    const QString invisible = invisibleDifference(said(diff[QStringLiteral("only_difference")]));
    if (diff[QStringLiteral("equal")].toBool())
        out += QStringLiteral("%1 and %2 are equal.\n").arg(from, to);
    else if (!trouble.isEmpty())
        out += QStringLiteral("\nIn meaning: %1\n").arg(trouble);
    else if (!withGateway && !invisible.isEmpty())
        out += QStringLiteral("%1 and %2 differ only in %3.\n").arg(from, to, invisible);
    else if (!withGateway && differences.isEmpty() && structureOnly)
        out += QStringLiteral("%1 and %2 differ in order or spelling only.\n").arg(from, to);
    else if (withGateway && differences.isEmpty())
        out += QStringLiteral("\nIn meaning, what %1 runs has all of %2.\n").arg(to, from);
    if (const qsizetype count = diff[QStringLiteral("not_compared")].toInt(); count > 0)
        out += notCompared(count) + QStringLiteral(".\n");
    return out;
}

} // namespace flowgate::ctl
