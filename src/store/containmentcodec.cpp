// SPDX-License-Identifier: GPL-3.0-or-later
// What a comparison of configs found, as CBOR: codec.h says how.
#include "store/cborreader.h"
#include "store/cborwriter.h"
#include "store/codec.h"

namespace flowgate::store::codec {

using namespace domain;

namespace {

constexpr int differencesOnly = 1; ///< the form before comparisons had reasons and rules
constexpr int newest = 2;

void writeDifferences(Writer &out, const std::vector<ConfigDifference> &differences)
{
    for (const ConfigDifference &difference : differences) {
        out.put(difference.path);
        out.put(difference.wanted);
        out.put(difference.effective);
    }
}

void readDifferences(Reader &in, std::vector<ConfigDifference> &differences)
{
    while (in.more()) {
        ConfigDifference &difference = differences.emplace_back();
        difference.path = in.text();
        difference.wanted = in.text();
        difference.effective = in.text();
    }
}

void readNewest(Reader &in, Containment &value)
{
    in.enter();
    readDifferences(in, value.differences);
    in.leave();
    value.notCompared = in.small();
    const int comparison = in.small();
    if (in.good() && (comparison < 0 || comparison > static_cast<int>(Comparison::Unreadable)))
        in.fail(DecodeError::WrongShape);
    else
        value.comparison = static_cast<Comparison>(comparison);
    value.why = in.text();
    value.rules = in.small();
}

} // namespace

QByteArray encode(const Containment &value)
{
    QByteArray bytes;
    Writer out(&bytes);
    out.open();
    out.put(newest);
    out.open();
    writeDifferences(out, value.differences);
    out.close();
    out.put(value.notCompared);
    out.put(static_cast<int>(value.comparison));
    out.put(value.why);
    out.put(value.rules);
    out.close();
    return bytes;
}

template<>
Decoded<Containment> decode(const QByteArray &bytes)
{
    Reader in(bytes);
    in.enter();
    Containment value;
    const int form = in.small();
    if (form == differencesOnly) {
        value.rules = 0;
        readDifferences(in, value.differences);
    } else if (form == newest) {
        readNewest(in, value);
    } else if (in.good()) {
        in.fail(DecodeError::UnknownForm);
    }
    in.leave();
    if (const auto error = in.finish())
        return unexpected(*error);
    return value;
}

} // namespace flowgate::store::codec
