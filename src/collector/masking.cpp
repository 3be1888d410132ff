// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/masking.h"

#include "collector/configtree.h"
#include "collector/secrets.h"

namespace flowgate::collector {

namespace {

/// Lines, counted from 1, that hold one secret.
struct Place
{
    int first = 0;
    int last = 0;
    QByteArray key; ///< behind which it stands; empty: an item of a list
    int column = 0; ///< where it begins, for one that an alias stands for elsewhere; 0: see key
};

void collect(const Node &node, bool secret, const QByteArray &key, int keyLine, std::vector<Place> &places)
{
    if (node.isScalar()) {
        if (!secret || node.isNull())
            return;
        const int last = std::max(node.lastLine, node.mark.line);
        if (node.viaAlias || node.mark.line < keyLine) {
            places.push_back({keyLine, keyLine, key, 0});
            places.push_back({node.mark.line, last, {}, node.mark.column});
        } else {
            places.push_back({key.isEmpty() ? node.mark.line : keyLine, last, key, 0});
        }
        return;
    }
    for (const Node &item : node.items)
        collect(item, secret, {}, item.mark.line, places);
    for (const NodeEntry &entry : node.entries)
        collect(entry.value, secret || isSecretKey(entry.key), entry.key, entry.mark.line, places);
}

/// Where the value begins: behind the colon of its key, or behind the dash of its item.
qsizetype valueBegin(const QByteArray &line, const QByteArray &key)
{
    const qsizetype at = key.isEmpty() ? -1 : line.indexOf(key);
    const qsizetype mark = at >= 0 ? line.indexOf(':', at + key.size()) : line.indexOf('-');
    return mark >= 0 ? mark + 1 : 0;
}

void hide(QList<QByteArray> &lines, const Place &place)
{
    const auto count = static_cast<int>(lines.size());
    if (place.first < 1 || place.first > count)
        return;
    QByteArray &first = lines[place.first - 1];
    // A column counts characters: where it differs from bytes this hides more, not less.
    const qsizetype begin = place.column > 0 ? qsizetype(place.column) - 1 : valueBegin(first, place.key);
    first = first.left(begin) + ' ' + hiddenValue;
    for (int line = place.first + 1; line <= std::min(place.last, count); ++line)
        lines[line - 1].clear();
}

/// "  api_key: x" or "- token: x" of a text that is no YAML (yet).
void hideByLine(QByteArray &line)
{
    const qsizetype colon = line.indexOf(':');
    if (colon < 0)
        return;
    QByteArray key = line.left(colon).trimmed();
    while (key.startsWith('-') || key.startsWith('{') || key.startsWith('"') || key.startsWith('\''))
        key = key.sliced(1).trimmed();
    while (key.endsWith('"') || key.endsWith('\''))
        key.chop(1);
    if (isSecretKey(key) && !line.sliced(colon + 1).trimmed().isEmpty())
        line = line.left(colon + 1) + ' ' + hiddenValue;
}

} // namespace

QByteArray withoutSecrets(const QByteArray &text)
{
    QList<QByteArray> lines = text.split('\n');
    const ConfigTree tree = readConfig(text);
    if (!tree.isReadable()) {
        for (QByteArray &line : lines)
            hideByLine(line);
        return withoutPasswords(lines.join('\n'));
    }
    std::vector<Place> places;
    collect(tree.root, false, {}, 0, places);
    for (const Place &place : places)
        hide(lines, place);
    return withoutPasswords(lines.join('\n'));
}

domain::ConfigSet withoutSecrets(domain::ConfigSet config)
{
    for (auto &[name, file] : config.files)
        file.body = withoutSecrets(file.body);
    return config;
}

} // namespace flowgate::collector
