// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/flatconfig.h"

#include "collector/secrets.h"

namespace flowgate::collector {

namespace {

constexpr qsizetype most = 3000;

void add(const Node &node, const QString &path, bool secret, QMap<QString, QString> &values)
{
    if (values.size() >= most)
        return;
    if (!node.isMap() || node.entries.empty()) {
        if (!path.isEmpty())
            values.insert(path, secret ? QString::fromLatin1(hiddenValue) : nodeText(node));
        return;
    }
    for (const NodeEntry &entry : node.entries) {
        const QString key = QString::fromUtf8(entry.key);
        add(entry.value, path.isEmpty() ? key : path + u'/' + key, secret || isSecretKey(entry.key), values);
    }
}

} // namespace

QMap<QString, QString> flatConfig(const ConfigTree &tree)
{
    QMap<QString, QString> values;
    add(tree.root, {}, false, values);
    return values;
}

} // namespace flowgate::collector
