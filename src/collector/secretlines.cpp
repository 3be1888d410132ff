// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/secretlines.h"

#include "collector/secrets.h"

#include <QStringDecoder>

namespace flowgate::collector {

namespace {

qsizetype indentOf(const QByteArray &line, qsizetype from = 0)
{
    while (from < line.size() && (line[from] == ' ' || line[from] == '\t'))
        ++from;
    return from;
}

/// Where the key of a line begins, behind the dashes of the lists that begin in it.
qsizetype keyColumn(const QByteArray &line)
{
    qsizetype column = indentOf(line);
    while (column < line.size() && line[column] == '-')
        column = indentOf(line, column + 1);
    return column;
}

/// Where the value of a secret begins in a line; -1: there is none in it.
qsizetype secretInLine(const QByteArray &line)
{
    constexpr qsizetype longest = 100;
    for (qsizetype colon = line.indexOf(':'); colon >= 0; colon = line.indexOf(':', colon + 1)) {
        // What stands before it may be more than the key: that hides more, not less.
        QByteArray key = line.sliced(std::max<qsizetype>(colon - longest, 0), std::min(colon, longest)).trimmed();
        while (key.endsWith('"') || key.endsWith('\''))
            key.chop(1);
        if (isSecretKey(key))
            return colon + 1;
    }
    return -1;
}

/// Calls @p found with each line that holds a secret, and with where it begins there.
template<typename Found>
void eachSecret(QByteArrayList &lines, Found found)
{
    qsizetype below = -1; // what is further in than this belongs to a secret
    for (QByteArray &line : lines) {
        const qsizetype indent = indentOf(line);
        const bool isItem = indent == below && indent < line.size() && line[indent] == '-';
        if (below >= 0 && (indent == line.size() || indent > below || isItem)) {
            if (indent < line.size())
                found(line, indent);
            continue;
        }
        below = -1;
        const qsizetype value = secretInLine(line);
        if (value < 0)
            continue;
        below = keyColumn(line);
        if (!line.sliced(value).trimmed().isEmpty())
            found(line, value);
    }
}

} // namespace

QByteArray hiddenByLine(const QByteArray &text)
{
    QByteArrayList lines = text.split('\n');
    eachSecret(lines, [](QByteArray &line, qsizetype begin) {
        const bool isBehindKey = begin > 0 && line[begin - 1] == ':';
        line = line.left(begin) + (isBehindKey ? " " : "") + hiddenValue;
    });
    return lines.join('\n');
}

QByteArrayList secretsByLine(const QByteArray &text)
{
    QByteArrayList lines = text.split('\n');
    QByteArrayList secrets;
    eachSecret(lines, [&secrets](const QByteArray &line, qsizetype begin) {
        QByteArray value = line.sliced(begin).trimmed();
        while (value.size() >= 2 && value.front() == value.back() && (value.front() == '"' || value.front() == '\''))
            value = value.sliced(1, value.size() - 2);
        secrets.append(value);
    });
    return secrets;
}

QByteArray asUtf8(const QByteArray &text)
{
    if (!text.startsWith("\xff\xfe") && !text.startsWith("\xfe\xff"))
        return text;
    QStringDecoder decoder(QStringDecoder::Utf16);
    const QString decoded = decoder(text);
    return decoded.toUtf8();
}

} // namespace flowgate::collector
