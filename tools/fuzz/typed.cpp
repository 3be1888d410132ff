// SPDX-License-Identifier: GPL-3.0-or-later
// What people type: selectors, lengths of time, moments, waves, values of settings. The first byte says which.
#include "app/settings/settingspec.h"
#include "domain/selector.h"
#include "domain/time.h"
#include "domain/wavetext.h"
#include "fuzz.h"

using namespace flowgate;
using fuzz::require;

namespace {

using Requirement = domain::Selector::Requirement;

QString quoted(QString value)
{
    value.replace(u'\\', QStringLiteral("\\\\")).replace(u'"', QStringLiteral("\\\""));
    return u'"' + value + u'"';
}

QString written(const Requirement &requirement)
{
    QStringList values;
    for (const QString &value : requirement.values)
        values.append(quoted(value));
    switch (requirement.op) {
    case Requirement::Op::Exists:
        return requirement.key;
    case Requirement::Op::Missing:
        return u'!' + requirement.key;
    case Requirement::Op::In:
        return requirement.key + QStringLiteral(" in (") + values.join(u',') + u')';
    case Requirement::Op::NotIn:
        return requirement.key + QStringLiteral(" notin (") + values.join(u',') + u')';
    }
    return {};
}

/// A gateway that has a label for each key that is asked for, with the last value that may be meant.
domain::Gateway gatewayFor(const domain::Selector &selector)
{
    domain::Gateway gateway;
    gateway.id = domain::GatewayId(QByteArray(16, 'g'));
    for (const Requirement &requirement : selector.requirements())
        gateway.labels.insert(requirement.key, requirement.values.value(0));
    return gateway;
}

void selector(const QString &text)
{
    const auto parsed = domain::Selector::parse(text);
    if (!parsed) {
        require(parsed.error().position >= 0 && parsed.error().position <= text.size(), "an error lies in the text");
        return;
    }
    require(text.size() <= domain::Selector::longest, "a selector is no longer than its limit");
    const domain::Gateway gateway = gatewayFor(*parsed);
    for (const Requirement &requirement : parsed->requirements()) {
        const bool isWord = std::ranges::none_of(
            requirement.key, [](QChar c) { return c.isSpace() || QStringView(u",=!()\"").contains(c); });
        require(!requirement.key.isEmpty() && isWord, "a key is a word");
        const bool lists = requirement.op == Requirement::Op::In || requirement.op == Requirement::Op::NotIn;
        require(lists != requirement.values.isEmpty(), "only comparisons have values");
        const bool byHand = !domain::selectorValue(gateway, requirement.key).isNull();
        require(byHand, "a label that is there is seen");
    }
    QStringList again;
    for (const Requirement &requirement : parsed->requirements())
        again.append(written(requirement));
    const QString canonical = parsed->requirements().empty() ? QStringLiteral("all") : again.join(u',');
    const auto reparsed = domain::Selector::parse(canonical);
    // "all" alone is a key only in company.
    if (canonical.size() <= domain::Selector::longest && canonical.trimmed() != u"all") {
        require(reparsed.has_value(), "a selector that is written again is one");
        require(reparsed->requirements() == parsed->requirements(), "a selector that is written again is the same");
        require(reparsed->matches(gateway) == parsed->matches(gateway), "and matches the same");
    }
}

void lengths(const QString &text)
{
    const auto length = domain::durationFromText(text);
    if (!length)
        return;
    require(length->count() >= 0, "a length of time is not negative");
    require(domain::durationFromText(app::lengthText(*length)) == length, "a length that is written reads the same");
}

void moments(const QString &text)
{
    if (const auto moment = domain::fromRfc3339(text))
        require(domain::fromRfc3339(domain::rfc3339(*moment)) == moment, "a moment that is written reads the same");
}

void waves(const QString &text)
{
    const auto waves = domain::wavesFromText(text);
    if (!waves)
        return;
    require(!waves->empty() && waves->size() <= 20, "there are one to 20 waves");
    for (const domain::WaveSize &wave : *waves)
        require(wave.amount >= 1 && (!wave.percent || wave.amount <= 100), "a wave is at least one, at most all");
    require(domain::wavesFromText(domain::wavesText(*waves)) == waves, "waves that are written read the same");
}

void settings(const QString &text)
{
    for (const app::SettingSpec &spec : app::settingSpecs()) {
        const auto value = app::canonicalValue(spec, text);
        if (!value)
            require(!value.error().isEmpty(), "a refusal says why");
        else
            require(app::canonicalValue(spec, *value) == *value, "a value that is kept stays as it is");
    }
}

} // namespace

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    const QString text = QString::fromUtf8(fuzz::view(data + 1, size - 1));
    switch (data[0]) {
    case 's':
        selector(text);
        break;
    case 'w':
        waves(text);
        break;
    case 'd':
        lengths(text);
        break;
    case 'm':
        moments(text);
        break;
    default:
        settings(text);
    }
    return 0;
}
