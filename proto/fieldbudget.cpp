// SPDX-License-Identifier: GPL-3.0-or-later
#include "proto/fieldbudget.h"

#include <google/protobuf/descriptor.h>
#include <optional>

namespace flowgate::proto {

namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

constexpr int deepest = 100; // the parser's own recursion limit

/// Reads the wire format and counts; `left` becomes negative when the budget is spent.
class Counter
{
public:
    explicit Counter(qsizetype limit)
        : m_left(limit)
    {
    }

    /// False when the budget is spent or the bytes are malformed.
    bool walk(QByteArrayView bytes, const Descriptor *type, int depth)
    {
        if (depth > deepest)
            return false;
        int groups = 0; // open ones; they exist as unknown fields only, so numbers within them mean nothing
        while (!bytes.isEmpty()) {
            const auto tag = varint(bytes);
            if (!tag || --m_left < 0)
                return false;
            const auto wire = static_cast<quint32>(*tag); // cut to 32 bits, as the parser does
            if ((wire & 7) == 3)
                ++groups;
            else if ((wire & 7) == 4)
                --groups;
            else if (!value(bytes, wire, groups == 0 ? type : nullptr, depth))
                return false;
        }
        return true;
    }
    [[nodiscard]] bool isSpent() const { return m_left < 0; }

private:
    static std::optional<quint64> varint(QByteArrayView &bytes)
    {
        quint64 result = 0;
        for (int i = 0; i < 10 && i < bytes.size(); ++i) {
            const auto byte = static_cast<quint8>(bytes[i]);
            result |= quint64(byte & 0x7f) << (7 * i);
            if (byte < 0x80) {
                bytes = bytes.sliced(i + 1);
                return result;
            }
        }
        return {};
    }

    static bool skip(QByteArrayView &bytes, qsizetype count)
    {
        if (count > bytes.size())
            return false;
        bytes = bytes.sliced(count);
        return true;
    }

    bool value(QByteArrayView &bytes, quint32 tag, const Descriptor *type, int depth)
    {
        switch (tag & 7) {
        case 0:
            return varint(bytes).has_value();
        case 1:
            return skip(bytes, 8);
        case 2:
            return lengthDelimited(bytes, tag >> 3, type, depth);
        case 5:
            return skip(bytes, 4);
        default:
            return false;
        }
    }

    bool lengthDelimited(QByteArrayView &bytes, quint32 number, const Descriptor *type, int depth)
    {
        const auto size = varint(bytes);
        if (!size || *size > static_cast<quint64>(bytes.size()))
            return false;
        const QByteArrayView content = bytes.first(static_cast<qsizetype>(*size));
        bytes = bytes.sliced(content.size());
        const FieldDescriptor *field = type ? type->FindFieldByNumber(static_cast<int>(number)) : nullptr;
        if (field && field->type() == FieldDescriptor::TYPE_MESSAGE)
            return walk(content, field->message_type(), depth + 1);
        if (field && field->is_packable())
            m_left -= content.size() / 8; // a packed list: at most 8 bytes of memory a byte
        return m_left >= 0;
    }

    qsizetype m_left;
};

} // namespace

bool withinFieldBudget(QByteArrayView message, const Descriptor &type, qsizetype limit)
{
    if (message.size() <= limit)
        return true;
    Counter counter(limit);
    counter.walk(message, &type, 0);
    return !counter.isSpent();
}

} // namespace flowgate::proto
