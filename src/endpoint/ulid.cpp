// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoint/ulid.h"

#include <string_view>

namespace flowgate::endpoint {

namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// 0 to 31; -1 for a character that is not of the alphabet.
int digit(char c)
{
    const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    const auto at = alphabet.find(upper);
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

} // namespace

std::optional<QByteArray> fromUlid(QByteArrayView text)
{
    // 26 digits of 5 bits are 130: the first one may only use its lower three.
    if (text.size() != ulidTextSize || digit(text[0]) > 7)
        return {};
    QByteArray bytes;
    bytes.reserve(16);
    quint32 held = 0;
    int bits = -2;
    for (const char c : text) {
        const int value = digit(c);
        if (value < 0)
            return {};
        held = (held << 5) | static_cast<quint32>(value);
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            bytes.append(static_cast<char>((held >> bits) & 0xff));
        }
    }
    return bytes;
}

QByteArray toUlid(QByteArrayView bytes)
{
    if (bytes.size() != 16)
        return {};
    QByteArray text;
    text.reserve(ulidTextSize);
    quint32 held = 0;
    int bits = 2; // two zero bits in front make 130
    for (const char c : bytes) {
        held = (held << 8) | static_cast<quint8>(c);
        bits += 8;
        while (bits >= 5) {
            bits -= 5;
            text.append(alphabet[(held >> bits) & 31]);
        }
    }
    return text;
}

} // namespace flowgate::endpoint
