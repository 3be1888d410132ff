// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/configmarks.h"
#include "domain/configset.h"
#include "domain/configversion.h"
#include "domain/result.h"
#include "domain/rollout.h"

#include <map>

namespace flowgate::app {

/// One version of a config with its files.
struct BundleVersion
{
    domain::ConfigVersion version;
    domain::ConfigSet files;

    friend bool operator==(const BundleVersion &, const BundleVersion &) = default;
};

/// The labels of one gateway.
struct BundleLabels
{
    domain::GatewayId gateway;
    QString name; ///< what it was called, for people
    domain::Labels labels;

    friend bool operator==(const BundleLabels &, const BundleLabels &) = default;
};

/// A selector that stays in force: later arrivals that match get this version.
struct BundleStanding
{
    domain::ConfigRef ref;
    QString selector;
    domain::RolloutOptions options;

    friend bool operator==(const BundleStanding &, const BundleStanding &) = default;
};

/// What one control plane hands to another in a file. No secrets but those that configs hold.
struct Bundle
{
    QString program; ///< "flowgate 0.1.0"
    domain::WallTime madeAt{};
    std::vector<BundleVersion> versions; ///< by name, then number
    domain::MarksByConfig marks;         ///< tags, and which are archived; deleted configs are not in it
    std::vector<BundleLabels> labels;    ///< by id
    std::vector<BundleStanding> standing;
    std::map<QString, QString> settings; ///< those that are not the default

    friend bool operator==(const Bundle &, const Bundle &) = default;
};

/// Why a bundle is refused. Codes are part of the command line's contract.
enum class BundleErrorKind {
    NotABundle, ///< no zip, or one without our manifest
    Damaged,    ///< cut off, or a checksum does not fit
    Hostile,    ///< paths that lead out, doubled names, links, encrypted or far too much
    TooNew,     ///< made by a program that knows more
    TooLarge,
};

struct BundleError
{
    BundleErrorKind kind = BundleErrorKind::NotABundle;
    QString what; ///< a sentence: what is wrong, and where

    friend bool operator==(const BundleError &, const BundleError &) = default;
};

template<typename T>
using BundleResult = domain::Result<T, BundleError>;

[[nodiscard]] inline domain::unexpected<BundleError> refused(BundleErrorKind kind, const QString &what)
{
    return domain::unexpected(BundleError{kind, what});
}

} // namespace flowgate::app
