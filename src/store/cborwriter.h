// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCborStreamWriter>

#include <variant>

namespace flowgate::store::codec {

/// Writes the scalars that values are made of, each as the type that it is. A null string is written as null.
class Writer
{
public:
    explicit Writer(QByteArray *target)
        : out(target)
    {
    }

    void open() { out.startArray(); }
    void close() { out.endArray(); }
    void put(const QString &text)
    {
        if (text.isNull())
            out.append(nullptr);
        else
            out.append(QStringView(text));
    }
    void put(const QByteArray &bytes) { out.append(bytes); }
    void put(bool flag) { out.append(flag); }
    void put(qint64 number) { out.append(number); }
    void put(quint64 number) { out.append(number); }
    void put(int number) { out.append(static_cast<qint64>(number)); }
    void put(double number) { out.append(number); }
    void put(std::monostate) { out.append(nullptr); }

private:
    QCborStreamWriter out;
};

} // namespace flowgate::store::codec
