// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

/// What the targets share. A target is one function over bytes: it returns, or the run ends with a finding.
namespace flowgate::fuzz {

/// The rule @p what must hold for every input. Ends the program if it does not: libFuzzer keeps the input.
inline void require(bool holds, const char *what)
{
    if (holds)
        return;
    (void)std::fprintf(stderr, "BROKEN RULE: %s\n", what);
    std::abort();
}

inline QByteArrayView view(const uint8_t *data, size_t size)
{
    return {reinterpret_cast<const char *>(data), static_cast<qsizetype>(size)};
}

/// How many bytes to hand over at a time: told by the input itself, so that a finding is found again. At most about
/// 60 pieces an input.
inline qsizetype pieceSize(QByteArrayView bytes)
{
    qsizetype sum = bytes.size();
    for (const char c : bytes)
        sum += static_cast<unsigned char>(c);
    return std::max<qsizetype>(1 + sum % 61, bytes.size() / 60 + 1);
}

/// Cuts @p bytes at each line that is just "=====": an input that is several texts.
inline QList<QByteArray> parts(QByteArrayView bytes)
{
    static const QByteArray cut = "\n=====\n";
    QList<QByteArray> result;
    qsizetype from = 0;
    for (qsizetype at = bytes.indexOf(cut); at >= 0; at = bytes.indexOf(cut, from)) {
        result.append(bytes.sliced(from, at - from).toByteArray());
        from = at + cut.size();
    }
    result.append(bytes.sliced(from).toByteArray());
    return result;
}

} // namespace flowgate::fuzz

/// libFuzzer calls it with each input, on one thread.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
