// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/ids.h"

#include <QRandomGenerator>

namespace flowgate::domain {

namespace {

/// The bytes that @p text spells; nothing unless it is all hex digits, two a byte.
std::optional<QByteArray> bytesFromHex(QStringView text)
{
    const auto isHex = [](QChar c) {
        return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
    };
    if (text.size() % 2 != 0 || !std::all_of(text.begin(), text.end(), isHex))
        return {};
    return QByteArray::fromHex(text.toLatin1());
}

} // namespace

QString uuidText(const GatewayId &id)
{
    if (id.bytes().size() != 16)
        return {};
    QString text = id.hex();
    for (const int dash : {8, 13, 18, 23})
        text.insert(dash, u'-');
    return text;
}

std::optional<GatewayId> gatewayIdFromText(QStringView text)
{
    const QString digits = text.toString().remove(u'-');
    const auto bytes = digits.size() == 32 ? bytesFromHex(digits) : std::nullopt;
    return bytes ? std::optional(GatewayId(*bytes)) : std::nullopt;
}

QByteArray makeUuidV7(qint64 unixMs)
{
    QByteArray bytes(16, Qt::Uninitialized);
    for (int i = 0; i < 6; ++i)
        bytes[i] = static_cast<char>((unixMs >> (8 * (5 - i))) & 0xff);
    const quint64 random = QRandomGenerator::system()->generate64();
    const quint32 more = QRandomGenerator::system()->generate();
    for (int i = 0; i < 8; ++i)
        bytes[6 + i] = static_cast<char>((random >> (8 * i)) & 0xff);
    bytes[14] = static_cast<char>(more & 0xff);
    bytes[15] = static_cast<char>((more >> 8) & 0xff);
    bytes[6] = static_cast<char>((bytes.at(6) & 0x0f) | 0x70);
    bytes[8] = static_cast<char>((bytes.at(8) & 0x3f) | 0x80);
    return bytes;
}

std::optional<ConfigHash> configHashFromHex(QStringView hex)
{
    const auto bytes = hex.size() >= 8 ? bytesFromHex(hex) : std::nullopt;
    return bytes ? std::optional(ConfigHash(*bytes)) : std::nullopt;
}

} // namespace flowgate::domain
