// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/bundle/bundle.h"

#include <QSet>
#include <QStringList>

namespace flowgate::app {

/// The parts of a bundle that can be taken or left.
enum class BundlePart { Configs, Labels, Settings, Standing };

/// What would come of one thing in a bundle.
enum class BundleAction {
    Add,      ///< it is not here
    Change,   ///< it is here with another value
    Same,     ///< it is here already
    Conflict, ///< another content has this name and number
    Skip,     ///< it has nothing to go to, such as labels of a gateway that is not known here
};

/// What to do with configs whose versions have another content here.
enum class OnConflict {
    Refuse, ///< nothing at all is imported
    Skip,   ///< they are left out
    Rename, ///< they come beside it, as NAME-2
};

struct BundleItem
{
    BundlePart part = BundlePart::Configs;
    BundleAction action = BundleAction::Add;
    QString name;   ///< "base@3", a gateway's name, a setting's key, a selector
    QString target; ///< of a config version: what it is called here; else empty
    QString detail; ///< for people: "message", "90s → 30s", why it is skipped

    friend bool operator==(const BundleItem &, const BundleItem &) = default;
};

/// What is here, as far as a bundle has to do with it.
struct BundleSurroundings
{
    std::map<QString, std::vector<domain::ConfigVersion>> configs; ///< versions, oldest first; deleted configs too
    domain::MarksByConfig marks;                                   ///< deleted configs can be brought back
    std::map<domain::GatewayId, domain::Labels> labels;            ///< of every gateway that is known
    std::map<QString, QString> settings;                           ///< of every setting that there is
    std::vector<BundleStanding> standing;
};

struct BundlePlan
{
    std::vector<BundleItem> items;                      ///< in the order of the bundle
    std::vector<domain::ConfigVersion> versions;        ///< to add, under the name that they get here
    std::vector<size_t> bodies;                         ///< of each of them: its place in Bundle::versions
    domain::MarksByConfig marks;                        ///< whole marks to give: tags, and deleted ones come back
    std::map<domain::GatewayId, domain::Labels> labels; ///< whole sets to give
    std::map<QString, QString> settings;                ///< to set
    std::vector<BundleStanding> standing;               ///< to put in force, under the name that the config gets here

    [[nodiscard]] bool hasConflict() const;
    /// Nothing would change.
    [[nodiscard]] bool isEmpty() const;
};

/// Compares. A config is taken whole or not at all: versions keep their numbers, so that "base@3" means the same on
/// both sides, and one number with two contents is a conflict. Labels are added to those that are here.
/// @param parts  what to take; the rest is not planned. Standing selectors begin to reach gateways once they are in
///               force, so they are taken only where they are asked for
/// @thread any; pure
[[nodiscard]] BundlePlan planBundle(const Bundle &bundle, const BundleSurroundings &here, const QSet<BundlePart> &parts,
                                    OnConflict onConflict);

[[nodiscard]] inline size_t qHash(BundlePart part, size_t seed = 0)
{
    return ::qHash(static_cast<int>(part), seed);
}
/// "configs", "labels", "settings", "standing".
[[nodiscard]] QString word(BundlePart part);
[[nodiscard]] std::optional<BundlePart> bundlePartFromWord(const QString &text);
/// "add", "change", "same", "conflict", "skip".
[[nodiscard]] QString word(BundleAction action);

} // namespace flowgate::app
