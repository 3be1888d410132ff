// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/acceptencoding.h"

#include <optional>

namespace flowgate::net {
namespace {

bool isWeightDigits(QByteArrayView text)
{
    for (const char c : text) {
        if (c < '0' || c > '9')
            return false;
    }
    return true;
}

/// True for "q=0", "q=0.000"; nothing if it is not a weight by RFC 7231 5.3.1.
std::optional<bool> isZeroWeight(QByteArrayView parameter)
{
    const qsizetype equals = parameter.indexOf('=');
    if (equals < 0 || parameter.first(equals).trimmed().compare("q", Qt::CaseInsensitive) != 0)
        return {};
    const QByteArrayView weight = parameter.sliced(equals + 1).trimmed();
    if (weight.isEmpty() || weight.size() > 5 || (weight.size() > 1 && weight[1] != '.'))
        return {};
    const QByteArrayView decimals = weight.sliced(std::min<qsizetype>(2, weight.size()));
    if (!isWeightDigits(decimals))
        return {};
    if (weight[0] == '1')
        return decimals.count('0') == decimals.size() ? std::optional(false) : std::nullopt;
    if (weight[0] != '0')
        return {};
    return decimals.count('0') == decimals.size();
}

/// Whether one item of the list allows its coding; nothing if it does not parse.
std::optional<bool> allows(QByteArrayView parameters)
{
    if (parameters.trimmed().isEmpty())
        return true;
    if (const auto zero = isZeroWeight(parameters.trimmed()))
        return !*zero;
    return {};
}

} // namespace

bool gzipAccepted(QByteArrayView acceptEncoding)
{
    std::optional<bool> gzip;
    std::optional<bool> any;
    while (!acceptEncoding.isEmpty()) {
        const qsizetype comma = acceptEncoding.indexOf(',');
        const QByteArrayView item = comma < 0 ? acceptEncoding : acceptEncoding.first(comma);
        acceptEncoding = comma < 0 ? QByteArrayView() : acceptEncoding.sliced(comma + 1);
        const qsizetype semicolon = item.indexOf(';');
        const QByteArrayView name = (semicolon < 0 ? item : item.first(semicolon)).trimmed();
        const auto allowed = semicolon < 0 ? std::optional(true) : allows(item.sliced(semicolon + 1));
        if (!allowed)
            continue;
        // Of repeated items the strictest counts: a list that forbids gzip once forbids it.
        if (name.compare("gzip", Qt::CaseInsensitive) == 0 || name.compare("x-gzip", Qt::CaseInsensitive) == 0)
            gzip = gzip.value_or(true) && *allowed;
        else if (name == "*")
            any = any.value_or(true) && *allowed;
    }
    return gzip ? *gzip : any.value_or(false);
}

} // namespace flowgate::net
