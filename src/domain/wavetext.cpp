// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/wavetext.h"

#include <algorithm>

namespace flowgate::domain {

namespace {

using Kind = WaveError::Kind;

Result<WaveSize, WaveError> waveFromText(const QString &text)
{
    const bool percent = text.endsWith(u'%');
    const QString digits = percent ? text.chopped(1).trimmed() : text;
    const bool isNumber =
        !digits.isEmpty() && std::ranges::all_of(digits, [](QChar digit) { return digit >= u'0' && digit <= u'9'; });
    bool fits = false;
    const int amount = isNumber ? digits.toInt(&fits) : 0;
    if (!fits || amount < 1)
        return unexpected(WaveError{Kind::NotAWave, text});
    if (percent && amount > 100)
        return unexpected(WaveError{Kind::OverAll, text});
    return WaveSize{amount, percent};
}

} // namespace

Result<std::vector<WaveSize>, WaveError> wavesFromEntries(const QStringList &entries)
{
    if (entries.size() > mostWaves)
        return unexpected(WaveError{Kind::TooMany, {}});
    if (entries.isEmpty())
        return unexpected(WaveError{Kind::NotAWave, {}});
    std::vector<WaveSize> waves;
    for (const QString &entry : entries) {
        const auto wave = waveFromText(entry.trimmed());
        if (!wave)
            return unexpected(wave.error());
        const bool grows = std::ranges::none_of(waves, [&](const WaveSize &before) {
            return before.percent == wave->percent && before.amount >= wave->amount;
        });
        if (!grows)
            return unexpected(WaveError{Kind::DoesNotGrow, entry.trimmed()});
        waves.push_back(*wave);
    }
    return waves;
}

Result<std::vector<WaveSize>, WaveError> wavesFromText(const QString &text)
{
    return wavesFromEntries(text.split(u','));
}

QString wavesText(const std::vector<WaveSize> &waves)
{
    QStringList entries;
    for (const WaveSize &wave : waves)
        entries.append(QString::number(wave.amount) + (wave.percent ? QStringLiteral("%") : QString()));
    return entries.join(u',');
}

QString explanation(const WaveError &error)
{
    const QString advice = QStringLiteral("; write counts and shares that grow, such as 1,50%,100%");
    const QString entry = error.entry.left(100);
    switch (error.kind) {
    case Kind::NotAWave:
        return QStringLiteral("'%1' is not a count from 1 on or a share from 1% on").arg(entry) + advice;
    case Kind::OverAll:
        return QStringLiteral("'%1' is more than all gateways").arg(entry) + advice;
    case Kind::DoesNotGrow:
        return QStringLiteral("'%1' reaches no more than an entry before it").arg(entry) + advice;
    case Kind::TooMany:
        return QStringLiteral("there are more than %1 entries").arg(mostWaves) + advice;
    }
    return advice;
}

} // namespace flowgate::domain
