// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"
#include "store/error.h"

#include <QByteArray>
#include <QString>
#include <QVariant>

#include <optional>

namespace flowgate::store {

/// Values as a statement takes them. Qt writes a null QString or QByteArray as NULL; here empty stays empty and only
/// an absent optional is NULL.
[[nodiscard]] inline QVariant bound(const QByteArray &bytes)
{
    return bytes.isNull() ? QByteArray("") : bytes;
}

/// Three things cannot be stored and become U+FFFD: half of a surrogate pair (there is no UTF-8 for it), U+FFFE and
/// U+FFFF (SQLite gives them back as U+FFFD).
[[nodiscard]] QVariant bound(const QString &text);

template<typename Tag>
[[nodiscard]] QVariant bound(const domain::Id<Tag> &id)
{
    return bound(id.bytes());
}

[[nodiscard]] inline QVariant bound(WallTime time)
{
    return static_cast<qlonglong>(time.time_since_epoch().count());
}

[[nodiscard]] inline QVariant bound(qint64 number)
{
    return static_cast<qlonglong>(number);
}

[[nodiscard]] inline QVariant bound(int number)
{
    return number;
}

[[nodiscard]] inline QVariant bound(bool flag)
{
    return flag;
}

/// A literal would go for bool.
QVariant bound(const char *) = delete;

template<typename T>
[[nodiscard]] QVariant bound(const std::optional<T> &value)
{
    return value ? bound(*value) : QVariant();
}

/// An unsigned number by its bits: columns are signed.
[[nodiscard]] inline QVariant bits(quint64 number)
{
    return static_cast<qlonglong>(number);
}

} // namespace flowgate::store
