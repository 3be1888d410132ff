// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/codec.h"

#include <QCborStreamReader>

#include <optional>

namespace flowgate::store::codec {

/// Reads one text, item by item. After the first error every call gives an empty value and does nothing, so that
/// callers ask for the error once, at the end.
class Reader
{
public:
    explicit Reader(const QByteArray &bytes)
        : m_size(bytes.size())
        , m_reader(bytes)
    {
    }

    void enter()
    {
        if (!good() || !m_reader.isArray())
            return fail(DecodeError::WrongShape);
        if (!m_reader.enterContainer())
            fail(DecodeError::Malformed);
    }
    /// Whether the array that was entered last has more; damage ends it.
    bool more() { return sound() && m_reader.hasNext(); }
    void leave()
    {
        if (!sound())
            return;
        if (m_reader.hasNext())
            return fail(DecodeError::WrongShape);
        if (!m_reader.leaveContainer())
            fail(DecodeError::Malformed);
    }

    bool isNull() { return good() && m_reader.isNull(); }
    bool isArray() { return good() && m_reader.isArray(); }
    bool isText() { return good() && m_reader.isString(); }
    bool isBytes() { return good() && m_reader.isByteArray(); }
    bool isInteger() { return good() && m_reader.isInteger(); }
    bool isDouble() { return good() && m_reader.isDouble(); }

    void null()
    {
        scalar(isNull(), [] {});
    }
    /// Null gives a null string.
    QString text()
    {
        if (isNull())
            return null(), QString();
        const QString value = chunks<QString>(isText(), &QCborStreamReader::readString);
        return value.isNull() ? QStringLiteral("") : value;
    }
    QByteArray bytes() { return chunks<QByteArray>(isBytes(), &QCborStreamReader::readByteArray); }
    bool flag()
    {
        bool value = false;
        scalar(good() && m_reader.isBool(), [&] { value = m_reader.toBool(); });
        return value;
    }
    double real()
    {
        double value = 0;
        scalar(isDouble(), [&] { value = m_reader.toDouble(); });
        return value;
    }
    quint64 natural()
    {
        quint64 value = 0;
        scalar(good() && m_reader.isUnsignedInteger(), [&] { value = m_reader.toUnsignedInteger(); });
        return value;
    }
    qint64 integer();
    int small(); ///< an integer that fits

    /// One level of nesting for as long as it lives.
    struct Level
    {
        explicit Level(Reader &owner)
            : reader(owner)
        {
            if (++reader.m_level > deepest)
                reader.fail(DecodeError::TooDeep);
        }
        ~Level() { --reader.m_level; }
        Level(const Level &) = delete;
        Level &operator=(const Level &) = delete;
        Reader &reader;
    };

    [[nodiscard]] bool good() const { return !m_error; }
    void fail(DecodeError error)
    {
        if (!m_error) // damage is the cause of what looks like a wrong shape
            m_error = m_reader.lastError().c == QCborError::NoError ? error : DecodeError::Malformed;
    }
    /// What went wrong, or that bytes are left over.
    [[nodiscard]] std::optional<DecodeError> finish()
    {
        if (sound() && m_reader.currentOffset() != m_size)
            fail(DecodeError::Malformed);
        return m_error;
    }

private:
    /// Good, and the item that comes next could be looked at: where the text is cut off, hasNext() is just false.
    bool sound()
    {
        if (good() && m_reader.lastError().c != QCborError::NoError)
            m_error = DecodeError::Malformed;
        return good();
    }

    template<typename Take>
    void scalar(bool fits, Take take)
    {
        if (!fits)
            return fail(DecodeError::WrongShape);
        take();
        if (!m_reader.next())
            fail(DecodeError::Malformed);
    }

    template<typename T>
    T chunks(bool fits, QCborStreamReader::StringResult<T> (QCborStreamReader::*read)())
    {
        T all;
        if (!fits) {
            fail(DecodeError::WrongShape);
            return all;
        }
        auto chunk = (m_reader.*read)();
        for (; chunk.status == QCborStreamReader::Ok; chunk = (m_reader.*read)())
            all.isEmpty() ? all = chunk.data : all += chunk.data;
        if (chunk.status == QCborStreamReader::Error)
            fail(DecodeError::Malformed);
        return all;
    }

    qsizetype m_size;
    QCborStreamReader m_reader;
    int m_level = 0;
    std::optional<DecodeError> m_error;
};

} // namespace flowgate::store::codec
