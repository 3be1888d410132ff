// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/flatconfig.h"

#include "collector/scalar.h"
#include "collector/secrets.h"

namespace flowgate::collector {

namespace {

constexpr qsizetype most = 3000;

/// "1m30s" for all that says 90 seconds.
QString lengthText(std::chrono::nanoseconds length)
{
    using namespace std::chrono;
    if (length < 0ns || length % 1ms != 0ns)
        return QString::number(length.count()) + QStringLiteral("ns");
    const auto part = [](auto count, const char *unit) {
        return count == 0 ? QString() : QString::number(count) + QString::fromLatin1(unit);
    };
    const QString text = part(duration_cast<hours>(length).count(), "h") +
                         part(duration_cast<minutes>(length % 1h).count(), "m") +
                         part(duration_cast<seconds>(length % 1min).count(), "s") +
                         part(duration_cast<milliseconds>(length % 1s).count(), "ms");
    return text.isEmpty() ? QStringLiteral("0s") : text;
}

/// What it means, however it is written: without needless quotes, numbers in ten digits, lengths of time alike.
QString valueText(const Node &node)
{
    if (!node.isScalar() || node.isNull())
        return nodeText(node);
    const Scalar scalar = resolveScalar(node);
    if (scalar.type != Scalar::Type::String)
        return scalar.type == Scalar::Type::Int || scalar.type == Scalar::Type::Bool ? QString::fromUtf8(keyText(node))
                                                                                     : nodeText(node);
    Node bare = node;
    bare.plain = true;
    bare.tag.clear();
    if (resolveScalar(bare).type != Scalar::Type::String)
        return nodeText(node); // "1" is not 1
    const auto length = goDuration(node.text);
    const bool hasUnit = length && !node.text.isEmpty() && !(node.text.back() >= '0' && node.text.back() <= '9');
    return hasUnit ? lengthText(*length) : QString::fromUtf8(withoutPasswords(node.text)).left(200);
}

void add(const Node &node, const QString &path, bool secret, QMap<QString, QString> &values)
{
    if (values.size() >= most)
        return;
    if (!node.isMap() || node.entries.empty()) {
        if (!path.isEmpty())
            values.insert(path, secret ? QString::fromLatin1(hiddenValue) : valueText(node));
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
