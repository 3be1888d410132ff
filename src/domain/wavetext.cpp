// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/wavetext.h"

#include <QStringList>

#include <algorithm>

namespace flowgate::domain {

std::optional<WaveSize> waveFromText(const QString &text)
{
    const bool percent = text.endsWith(u'%');
    const QString digits = percent ? text.chopped(1) : text;
    bool isNumber = false;
    const int amount = digits.toInt(&isNumber);
    if (!isNumber || !digits.front().isDigit() || amount < 1 || (percent && amount > 100))
        return {};
    return WaveSize{amount, percent};
}

std::optional<std::vector<WaveSize>> wavesFromText(const QString &text)
{
    constexpr qsizetype most = 20;
    const QStringList entries = text.split(u',');
    if (entries.size() > most)
        return {};
    std::vector<WaveSize> waves;
    for (const QString &entry : entries) {
        const auto wave = waveFromText(entry.trimmed());
        const bool grows = wave && std::ranges::none_of(waves, [&](const WaveSize &before) {
                               return before.percent == wave->percent && before.amount >= wave->amount;
                           });
        if (!grows)
            return {};
        waves.push_back(*wave);
    }
    return waves;
}

QString wavesText(const std::vector<WaveSize> &waves)
{
    QStringList entries;
    for (const WaveSize &wave : waves)
        entries.append(QString::number(wave.amount) + (wave.percent ? QStringLiteral("%") : QString()));
    return entries.join(u',');
}

} // namespace flowgate::domain
