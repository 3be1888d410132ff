// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/goscalar.h"

#include "collector/scalar.h"

#include <QDate>

#include <array>
#include <cmath>
#include <limits>

namespace flowgate::collector {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Walks through a text from its beginning.
class Reader
{
public:
    explicit Reader(QByteArrayView text)
        : m_rest(text)
    {
    }

    [[nodiscard]] bool atEnd() const { return m_rest.isEmpty(); }
    [[nodiscard]] char peek() const { return atEnd() ? '\0' : m_rest.front(); }
    bool take(char c)
    {
        if (peek() != c || atEnd())
            return false;
        m_rest = m_rest.sliced(1);
        return true;
    }
    bool take(QByteArrayView word)
    {
        if (!m_rest.startsWith(word))
            return false;
        m_rest = m_rest.sliced(word.size());
        return true;
    }
    /// Digits from @p least to @p most of them as a number; -1 if there are not enough.
    int number(int least, int most)
    {
        int value = 0;
        int count = 0;
        for (; count < most && isDigit(peek()); ++count) {
            value = value * 10 + (peek() - '0');
            m_rest = m_rest.sliced(1);
        }
        return count < least ? -1 : value;
    }
    /// All digits that follow.
    QByteArrayView digits()
    {
        qsizetype count = 0;
        while (count < m_rest.size() && isDigit(m_rest[count]))
            ++count;
        const QByteArrayView taken = m_rest.first(count);
        m_rest = m_rest.sliced(count);
        return taken;
    }

private:
    QByteArrayView m_rest;
};

int digitValue(char c)
{
    if (isDigit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return 99;
}

/// "Z", "+01:30"; the offset in seconds.
std::optional<int> zoneOffset(Reader &reader)
{
    if (reader.take('Z'))
        return 0;
    const bool west = reader.peek() == '-';
    if (!reader.take('-') && !reader.take('+'))
        return {};
    const int hours = reader.number(2, 2);
    if (hours < 0 || hours > 24 || !reader.take(':'))
        return {};
    const int minutes = reader.number(2, 2);
    if (minutes < 0 || minutes > 60)
        return {};
    const int offset = hours * 3600 + minutes * 60;
    return west ? -offset : offset;
}

/// One unit of a duration in nanoseconds, 0 if there is none.
quint64 durationUnit(Reader &reader)
{
    static constexpr std::array<std::pair<QByteArrayView, quint64>, 8> units{{{"ns", 1},
                                                                              {"us", 1'000},
                                                                              {"\xc2\xb5s", 1'000}, // micro sign
                                                                              {"\xce\xbcs", 1'000}, // Greek mu
                                                                              {"ms", 1'000'000},
                                                                              {"s", 1'000'000'000},
                                                                              {"m", 60'000'000'000},
                                                                              {"h", 3'600'000'000'000}}};
    for (const auto &[name, nanoseconds] : units) {
        if (reader.take(name))
            return nanoseconds;
    }
    return 0;
}

} // namespace

std::optional<GoInteger> goInteger(QByteArrayView text)
{
    GoInteger result;
    const bool hasSign = text.startsWith('-') || text.startsWith('+');
    if (hasSign) {
        result.negative = text.front() == '-';
        text = text.sliced(1);
    }
    quint64 base = 10;
    if (text.size() > 1 && text.front() == '0') {
        const char mark = static_cast<char>(text[1] | 0x20);
        base = mark == 'x' ? 16 : mark == 'b' ? 2 : 8;
        text = text.sliced(mark == 'x' || mark == 'b' || mark == 'o' ? 2 : 1);
    }
    if (text.isEmpty())
        return {};
    constexpr quint64 most = std::numeric_limits<quint64>::max();
    for (const char c : text) {
        const auto digit = static_cast<quint64>(digitValue(c));
        if (digit >= base || result.magnitude > (most - digit) / base)
            return {};
        result.magnitude = result.magnitude * base + digit;
    }
    // ParseInt takes signs and the range of int64, ParseUint no sign and the range of uint64.
    constexpr quint64 mostSigned = static_cast<quint64>(std::numeric_limits<qint64>::max());
    if (hasSign && result.magnitude > mostSigned + (result.negative ? 1 : 0))
        return {};
    return result;
}

std::optional<double> goFloat(QByteArrayView text)
{
    Reader reader(text);
    if (!reader.take('-'))
        reader.take('+');
    const qsizetype whole = reader.digits().size();
    const qsizetype fraction = reader.take('.') ? reader.digits().size() : 0;
    if (whole + fraction == 0)
        return {};
    if (reader.take('e') || reader.take('E')) {
        if (!reader.take('-'))
            reader.take('+');
        if (reader.digits().isEmpty())
            return {};
    }
    if (!reader.atEnd())
        return {};
    bool ok = false;
    const double number = text.toByteArray().toDouble(&ok);
    if (!ok || std::isinf(number))
        return {};
    return number;
}

std::optional<UnixTime> yamlTimestamp(QByteArrayView text)
{
    Reader reader(text);
    const int year = reader.number(4, 4);
    if (year < 0 || !reader.take('-'))
        return {};
    const int month = reader.number(1, 2);
    if (month < 0 || !reader.take('-'))
        return {};
    const int day = reader.number(1, 2);
    // Qt's calendar has no year 0, Go's has; nobody configures one.
    const QDate date(year, month, day);
    if (day < 0 || !date.isValid())
        return {};
    UnixTime time;
    time.seconds = (date.toJulianDay() - QDate(1970, 1, 1).toJulianDay()) * 86'400;
    if (reader.atEnd())
        return time;

    const bool zoned = reader.peek() == 'T' || reader.peek() == 't';
    if (!zoned && reader.peek() != ' ')
        return {};
    reader.take(reader.peek());
    const int hour = reader.number(1, 2);
    if (hour < 0 || hour > 23 || !reader.take(':'))
        return {};
    const int minute = reader.number(1, 2);
    if (minute < 0 || minute > 59 || !reader.take(':'))
        return {};
    const int second = reader.number(1, 2);
    if (second < 0 || second > 59)
        return {};
    if (reader.take('.') || reader.take(',')) {
        const QByteArrayView fraction = reader.digits();
        if (fraction.isEmpty())
            return {};
        for (qsizetype i = 0; i < 9; ++i)
            time.nanoseconds = time.nanoseconds * 10 + (i < fraction.size() ? fraction[i] - '0' : 0);
    }
    time.seconds += hour * 3600 + minute * 60 + second;
    if (zoned) {
        const auto offset = zoneOffset(reader);
        if (!offset)
            return {};
        time.seconds -= *offset;
    }
    if (!reader.atEnd())
        return {};
    return time;
}

std::optional<std::chrono::nanoseconds> goDuration(QByteArrayView text)
{
    if (text.isEmpty() || text.size() > 100)
        return {};
    Reader reader(text);
    const bool negative = reader.peek() == '-';
    if (!reader.take('-'))
        reader.take('+');
    if (reader.take('0') && reader.atEnd())
        return std::chrono::nanoseconds(0);

    // From the start again: the 0 above may have been the first digit of more.
    reader = Reader(text);
    if (!reader.take('-'))
        reader.take('+');
    constexpr quint64 most = quint64(1) << 63; // of a negative one; a positive one has one less
    quint64 sum = 0;
    if (reader.atEnd())
        return {};
    while (!reader.atEnd()) {
        const QByteArrayView whole = reader.digits();
        const QByteArrayView fraction = reader.take('.') ? reader.digits() : QByteArrayView();
        if (whole.isEmpty() && fraction.isEmpty())
            return {};
        const quint64 unit = durationUnit(reader);
        if (unit == 0)
            return {};
        quint64 value = 0;
        for (const char c : whole) {
            if (value > most / 10)
                return {};
            value = value * 10 + static_cast<quint64>(c - '0');
            if (value > most)
                return {};
        }
        if (value > most / unit)
            return {};
        value *= unit;
        double part = 0;
        double scale = 1;
        for (const char c : fraction.first(std::min<qsizetype>(fraction.size(), 18))) {
            part = part * 10 + (c - '0');
            scale *= 10;
        }
        value += static_cast<quint64>(part * (static_cast<double>(unit) / scale));
        if (value > most || sum > most - value)
            return {};
        sum += value;
    }
    if (negative)
        return std::chrono::nanoseconds(-static_cast<qint64>(sum - 1) - 1);
    if (sum > most - 1)
        return {};
    return std::chrono::nanoseconds(static_cast<qint64>(sum));
}

} // namespace flowgate::collector
