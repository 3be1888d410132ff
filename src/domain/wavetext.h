// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"
#include "domain/rollout.h"

#include <QString>
#include <QStringList>

namespace flowgate::domain {

/// Why a list of waves cannot be read.
struct WaveError
{
    enum class Kind {
        NotAWave,    ///< neither a count from 1 on nor a share of 1 % or more
        OverAll,     ///< a share of more than 100 %
        DoesNotGrow, ///< reaches no more than an earlier entry of its kind
        TooMany      ///< more than mostWaves entries
    };
    Kind kind = Kind::NotAWave;
    QString entry; ///< the one that is wrong; empty for TooMany

    friend bool operator==(const WaveError &, const WaveError &) = default;
};

inline constexpr qsizetype mostWaves = 20;

/// Reads "1,50%,100%": counts and shares that grow, 1 to mostWaves entries, with any blanks around them and before %.
/// The only parser of waves: settings, bundles, control socket, command line and window use it.
/// @thread any; pure
[[nodiscard]] Result<std::vector<WaveSize>, WaveError> wavesFromText(const QString &text);
/// The same for a list whose entries are apart already. An entry with a comma is not a wave.
[[nodiscard]] Result<std::vector<WaveSize>, WaveError> wavesFromEntries(const QStringList &entries);
[[nodiscard]] QString wavesText(const std::vector<WaveSize> &waves);
/// One English clause with advice, for the command line: "'0' is not a count or a share; write …".
[[nodiscard]] QString explanation(const WaveError &error);

} // namespace flowgate::domain
