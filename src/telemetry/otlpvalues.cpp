// SPDX-License-Identifier: GPL-3.0-or-later
#include "telemetry/otlpvalues.h"

#include <utility>

namespace flowgate::telemetry {

namespace wire = opentelemetry::proto::common::v1;

QString ValueReader::shortened(QString text)
{
    if (text.size() <= m_limits.text)
        return text;
    m_cut = true;
    text.truncate(m_limits.text);
    if (!text.isEmpty() && text.back().isHighSurrogate())
        text.chop(1);
    return text;
}

QString ValueReader::text(const std::string &utf8)
{
    // A UTF-16 unit needs at most three bytes, so what is behind them need not be converted.
    const auto most = static_cast<size_t>(m_limits.text) * 3 + 3;
    if (utf8.size() > most) {
        m_cut = true;
        return shortened(QString::fromUtf8(utf8.data(), static_cast<qsizetype>(most)));
    }
    return shortened(QString::fromStdString(utf8));
}

QString ValueReader::text(const wire::AnyValue &any)
{
    return shortened(domain::attributeText(value(any)));
}

domain::Attributes ValueReader::attributes(const KeyValues &list)
{
    domain::Attributes result;
    const qsizetype count = std::min<qsizetype>(list.size(), m_limits.attributes);
    if (count < list.size())
        m_cut = true;
    result.reserve(static_cast<size_t>(count));
    for (int i = 0; i < count; ++i)
        result.push_back({text(list[i].key()), value(list[i].value())});
    return result;
}

bool ValueReader::takeCut()
{
    return std::exchange(m_cut, false);
}

domain::AttributeValue ValueReader::value(const wire::AnyValue &any)
{
    switch (any.value_case()) {
    case wire::AnyValue::kStringValue:
        return {text(any.string_value())};
    case wire::AnyValue::kBoolValue:
        return {any.bool_value()};
    case wire::AnyValue::kIntValue:
        return {qint64(any.int_value())};
    case wire::AnyValue::kDoubleValue:
        return {any.double_value()};
    case wire::AnyValue::kBytesValue: {
        const auto size = std::min(any.bytes_value().size(), static_cast<size_t>(m_limits.text));
        if (size < any.bytes_value().size())
            m_cut = true;
        return {QByteArray(any.bytes_value().data(), static_cast<qsizetype>(size))};
    }
    case wire::AnyValue::kArrayValue: {
        domain::AttributeValue::List list;
        for (const wire::AnyValue &item : any.array_value().values()) {
            if (static_cast<qsizetype>(list.size()) == m_limits.attributes) {
                m_cut = true;
                break;
            }
            list.push_back(value(item));
        }
        return {std::move(list)};
    }
    case wire::AnyValue::kKvlistValue:
        return {attributes(any.kvlist_value().values())};
    case wire::AnyValue::kStringValueStrindex: // of profiles: the table it points into is not here
    case wire::AnyValue::VALUE_NOT_SET:
        break;
    }
    return {};
}

QString instanceIdOf(const ValueReader::KeyValues &resourceAttributes)
{
    constexpr size_t longest = 1024; ///< bytes of what is looked at
    constexpr qsizetype kept = 256;  ///< longer than any id that a gateway goes by
    for (const wire::KeyValue &item : resourceAttributes) {
        if (item.key() == "service.instance.id" && item.value().value_case() == wire::AnyValue::kStringValue)
            return QString::fromStdString(item.value().string_value().substr(0, longest)).left(kept);
    }
    return {};
}

} // namespace flowgate::telemetry
