// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "telemetry/otlpcodec.h"

#include <google/protobuf/repeated_ptr_field.h>
#include <otlp_common.pb.h>

/// For the OTLP codec only: texts, attributes and times, cut to the limits.
namespace flowgate::telemetry {

/// Converts while noting whether anything had to be cut.
class ValueReader
{
public:
    explicit ValueReader(const OtlpLimits &limits)
        : m_limits(limits)
    {
    }

    using KeyValues = google::protobuf::RepeatedPtrField<opentelemetry::proto::common::v1::KeyValue>;
    [[nodiscard]] QString text(const std::string &utf8);
    /// The value as one line of text (see domain::attributeText()).
    [[nodiscard]] QString text(const opentelemetry::proto::common::v1::AnyValue &value);
    [[nodiscard]] domain::Attributes attributes(const KeyValues &list);
    /// True if anything was cut since the last call.
    [[nodiscard]] bool takeCut();

private:
    domain::AttributeValue value(const opentelemetry::proto::common::v1::AnyValue &value);
    QString shortened(QString text);

    const OtlpLimits &m_limits;
    bool m_cut = false;
};

/// The service.instance.id of a resource, 256 characters at most; empty where it has none that is a string.
[[nodiscard]] QString instanceIdOf(const ValueReader::KeyValues &resourceAttributes);

} // namespace flowgate::telemetry
