// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <array>
#include <optional>
#include <utility>

namespace flowgate::domain {

/// The words of one enum, both ways. Tables are constants next to the enum's functions.
template<typename State, size_t N>
struct Words
{
    std::array<std::pair<State, QStringView>, N> table;

    [[nodiscard]] QString of(State state) const
    {
        for (const auto &[value, text] : table) {
            if (value == state)
                return text.toString();
        }
        return QString::number(static_cast<int>(state));
    }

    [[nodiscard]] std::optional<State> find(QStringView word) const
    {
        for (const auto &[value, text] : table) {
            if (text == word)
                return value;
        }
        return {};
    }
};

template<typename State, size_t N>
Words(std::array<std::pair<State, QStringView>, N>) -> Words<State, N>;

} // namespace flowgate::domain
