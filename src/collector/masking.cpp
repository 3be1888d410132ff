// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/masking.h"

#include "collector/secretplaces.h"
#include "collector/secrets.h"
#include "collector/yamltext.h"

#include <QStringDecoder>

namespace flowgate::collector {

namespace {

/// Hides from each place to the end of its line: a comment behind a value may say the one before.
QByteArray hidden(const QByteArray &text, const std::vector<TextPlace> &places)
{
    QByteArray out;
    qsizetype from = 0;
    for (const TextPlace &place : places) {
        qsizetype end = place.end;
        if (end == place.begin || text[end - 1] != '\n') { // a text of lines ends at the beginning of the next one
            const qsizetype next = text.indexOf('\n', end);
            end = next < 0 ? text.size() : next;
        }
        if (end <= from)
            continue;
        if (place.begin >= from)
            out += text.sliced(from, place.begin - from) + hiddenValue;
        const qsizetype begin = std::max(place.begin, from);
        out += QByteArray(text.sliced(begin, end - begin).count('\n'), '\n');
        from = end;
    }
    return out + text.sliced(from);
}

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

/// Where the value of a secret begins in a line of a text that is no YAML (yet); -1: there is none in it.
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

/// Hides what stands behind keys that name a secret, and below them.
QByteArray hiddenByLine(const QByteArray &text)
{
    QByteArrayList lines = text.split('\n');
    qsizetype below = -1; // what is further in than this belongs to a secret
    for (QByteArray &line : lines) {
        const qsizetype indent = indentOf(line);
        const bool isItem = indent == below && indent < line.size() && line[indent] == '-';
        if (below >= 0 && (indent == line.size() || indent > below || isItem)) {
            if (indent < line.size())
                line = line.left(indent) + hiddenValue;
            continue;
        }
        below = -1;
        const qsizetype value = secretInLine(line);
        if (value < 0)
            continue;
        below = keyColumn(line);
        if (!line.sliced(value).trimmed().isEmpty())
            line = line.left(value) + ' ' + hiddenValue;
    }
    return lines.join('\n');
}

/// As the parser reads it: UTF-16 becomes UTF-8, also where it is broken.
QByteArray asUtf8(const QByteArray &text)
{
    if (!text.startsWith("\xff\xfe") && !text.startsWith("\xfe\xff"))
        return text;
    QStringDecoder decoder(QStringDecoder::Utf16);
    const QString decoded = decoder(text);
    return decoded.toUtf8();
}

} // namespace

QByteArray withoutSecrets(const QByteArray &text)
{
    const QByteArray utf8 = asUtf8(text);
    if (!checkYamlBytes(utf8, 1).problems.empty())
        return withoutPasswords(hiddenByLine(utf8));
    const SecretPlaces secrets = secretPlaces(utf8);
    const QByteArray shown = hidden(utf8, secrets.places);
    return withoutPasswords(secrets.complete ? shown : hiddenByLine(shown));
}

domain::ConfigSet withoutSecrets(domain::ConfigSet config)
{
    for (auto &[name, file] : config.files)
        file.body = withoutSecrets(file.body);
    return config;
}

} // namespace flowgate::collector
