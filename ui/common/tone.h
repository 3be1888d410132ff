// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace flowgate::common {

/// What a state means to its operator. Each tone has a shape and a colour of its own: never colour alone.
enum class Tone {
    Good,      ///< filled circle
    Attention, ///< triangle
    Bad,       ///< square
    UnderWay,  ///< half circle
    Unknown,   ///< dashed ring: not observed, not reported, waiting
};

/// A state as it is shown.
struct StateWord
{
    Tone tone = Tone::Unknown;
    QString word;

    friend bool operator==(const StateWord &, const StateWord &) = default;
};

} // namespace flowgate::common
