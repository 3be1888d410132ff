// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/masking.h"

#include "collector/secretlines.h"
#include "collector/secretplaces.h"
#include "collector/secrets.h"
#include "collector/yamltext.h"

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
