// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"
#include "fleetsim/profile.h"
#include "fleetsim/simulatedgateway.h"

#include <QStringList>
#include <QUrl>

namespace flowgate::fleetsim {

/// What a fleet is made of.
struct Options
{
    QUrl endpoint{QStringLiteral("ws://127.0.0.1:4320/v1/opamp")};
    int count = 10; ///< 1 to 50,000
    quint64 seed = 1;
    Behaviour behaviour = Behaviour::Good;
    Timing timing;
    QByteArray token; ///< for Authorization: Bearer; empty: none
};

/// Instead of options: a text to print, and how to end.
struct EarlyEnd
{
    QString text;
    int exitCode = 0; ///< 2 for wrong usage
};

/// Reads the command line, program name included.
[[nodiscard]] domain::Result<Options, EarlyEnd> parseOptions(const QStringList &arguments);
/// The address in a form that needs no name look-up; nothing unless it is a ws:// URL of this very machine: a simulated
/// fleet is load, and load is for loopback only.
[[nodiscard]] std::optional<QUrl> loopbackEndpoint(const QUrl &url);

} // namespace flowgate::fleetsim
