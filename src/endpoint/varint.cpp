// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoint/varint.h"

#include <algorithm>

namespace flowgate::endpoint {

std::optional<Varint> readVarint(QByteArrayView bytes)
{
    constexpr qsizetype longest = 10;
    quint64 value = 0;
    for (qsizetype i = 0; i < std::min(bytes.size(), longest); ++i) {
        const auto byte = static_cast<unsigned char>(bytes[i]);
        if (i == longest - 1 && byte > 1)
            return {}; // the tenth byte has room for one bit
        value |= static_cast<quint64>(byte & 0x7f) << (7 * i);
        if ((byte & 0x80) == 0)
            return Varint{value, i + 1};
    }
    return {};
}

QByteArray varintBytes(quint64 value)
{
    QByteArray bytes;
    while (value >= 0x80) {
        bytes.append(static_cast<char>((value & 0x7f) | 0x80));
        value >>= 7;
    }
    bytes.append(static_cast<char>(value));
    return bytes;
}

} // namespace flowgate::endpoint
