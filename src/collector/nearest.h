// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/work.h"

#include <QByteArray>
#include <QByteArrayList>

#include <vector>

namespace flowgate::collector {

/// Words that typed ones are compared with, prepared for many of them.
class NearestWords
{
public:
    explicit NearestWords(QByteArrayList words);

    /// The one that @p typed was probably meant to be: at most two edits away, upper and lower case aside. Empty: none
    /// is near. Each call looks at every word for as long as a few instructions; those that may be near are compared
    /// letter by letter, 200,000 of them in the life of this object. Beyond that nothing is near any more.
    [[nodiscard]] QByteArray find(const QByteArray &typed, Work *work = nullptr);

private:
    struct Word
    {
        QByteArray lower;
        quint64 letters = 0; ///< a bit for each letter that is in it
    };

    QByteArrayList m_words;
    std::vector<Word> m_prepared;
    int m_left = 200'000; ///< comparisons that may still be made
};

/// The same for a single typed word.
[[nodiscard]] QByteArray nearestWord(const QByteArray &typed, const QByteArrayList &words);

} // namespace flowgate::collector
