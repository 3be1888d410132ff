// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/cborreader.h"

#include <limits>

namespace flowgate::store::codec {

qint64 Reader::integer()
{
    constexpr quint64 top = std::numeric_limits<qint64>::max();
    qint64 value = 0;
    if (isInteger() && m_reader.isUnsignedInteger()) {
        if (m_reader.toUnsignedInteger() <= top)
            return scalar(true, [&] { value = static_cast<qint64>(m_reader.toUnsignedInteger()); }), value;
    } else if (isInteger()) {
        // n stands for -n, and 0 for -2^64.
        const quint64 below = static_cast<quint64>(m_reader.toNegativeInteger()) - 1;
        if (below <= top)
            return scalar(true, [&] { value = -1 - static_cast<qint64>(below); }), value;
    }
    fail(DecodeError::WrongShape);
    return 0;
}

int Reader::small()
{
    const qint64 value = integer();
    if (value >= std::numeric_limits<int>::min() && value <= std::numeric_limits<int>::max())
        return static_cast<int>(value);
    fail(DecodeError::WrongShape);
    return 0;
}

} // namespace flowgate::store::codec
