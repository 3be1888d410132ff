// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/admission.h"
#include "domain/containment.h"
#include "domain/expectedrestarts.h"
#include "domain/observed.h"
#include "domain/offerrepeats.h"
#include "domain/pollrhythm.h"
#include "domain/presence.h"
#include "domain/report.h"
#include "domain/states.h"

#include <QHash>
#include <QMap>
#include <QStringList>

#include <optional>
#include <vector>

namespace flowgate::domain {

/// The operator's own key=value pairs on a gateway.
using Labels = QMap<QString, QString>;

/// One version of one config of the library.
struct ConfigRef
{
    QString config;
    int version = 0;
    ConfigHash hash;

    friend bool operator==(const ConfigRef &, const ConfigRef &) = default;
};

/// The effective config without its bodies: those are blobs in the database.
struct EffectiveConfig
{
    ConfigHash hash; ///< canonicalHash() of the files as received; the key of the blob
    QStringList files;

    friend bool operator==(const EffectiveConfig &, const EffectiveConfig &) = default;
};

/// What came of one config hash on one gateway. Remembered for good: a hash that failed is not offered again by
/// itself, whatever was applied since (X6a).
struct OfferOutcome
{
    enum class State { Sent, Applying, Applied, Failed, Unanswered };
    State state = State::Sent;
    WallTime sentAt{}; ///< when it last went out; the epoch if it never did by us
    WallTime at{};     ///< when the state was seen
    QString error;

    friend bool operator==(const OfferOutcome &, const OfferOutcome &) = default;
};

/// The last config that failed here, kept after the way back to a proven one.
struct LastFailed
{
    ConfigRef ref;
    QString error;
    WallTime at{};

    friend bool operator==(const LastFailed &, const LastFailed &) = default;
};

/// A derived state with the moment it began.
template<typename State>
struct Standing
{
    State state{};
    WallTime since{};
    QString why; ///< one sentence where the state alone does not say it; may be empty

    friend bool operator==(const Standing &, const Standing &) = default;
};

/// Everything we know of one gateway. An empty optional means "never reported", which is not "bad".
struct Gateway
{
    GatewayId id;
    QByteArray wireUid;
    WallTime firstSeen{};
    int restarts = 0;                ///< how often another start time was reported than the one before
    quint64 lastStartUnixNano = 0;   ///< the last start time seen; a stopped collector reports 0 in between
    std::optional<quint64> sequence; ///< last AgentToServer.sequence_num (S7)
    QByteArray lastDigest;           ///< of the last message, to tell a retry (X5d); memory only

    Capabilities capabilities;
    std::optional<Observed<AgentDescription>> description;
    std::optional<Observed<ComponentHealth>> healthReport;
    std::optional<Observed<EffectiveConfig>> effective;
    std::optional<Observed<RemoteConfigStatus>> remoteConfig;
    std::optional<ComponentsHash> components;
    std::optional<ConnectionStatus> connectionStatus; ///< memory only: it comes again
    ConnectionHash offeredConnection;                 ///< of the last connection settings sent to it; empty: never any
    bool comesBack = false; ///< was offered another way to us, and counts anew there; memory only
    Admission admission = Admission::Approved;
    std::optional<AdmissionGround> admitted; ///< nothing: it waits, or it was not written down
    Labels labels;
    std::optional<ConfigRef> wanted;
    std::optional<ConfigRef> lastProven; ///< newest version of any config that was proven here
    std::optional<LastFailed> lastFailed;
    QHash<ConfigHash, OfferOutcome> outcomes;
    OfferRepeats repeats;              ///< memory only
    ExpectedRestarts expectedRestarts; ///< memory only
    std::optional<Containment> containment;
    Presence presence;
    PollRhythm polls;         ///< over HTTP: its own interval, learned
    WallTime startingSince{}; ///< the last connect, offer or restart: "starting" is believed for a while after it
    Standing<HealthState> health{HealthState::NotReported, {}, {}};
    Standing<ConfigState> config{ConfigState::Unmanaged, {}, {}};

    friend bool operator==(const Gateway &, const Gateway &) = default;
};

/// Whether it may be given anything: it is approved, and came with more than a token to fetch its own with.
/// @source CS14, CS15
[[nodiscard]] bool isServed(const Gateway &gateway);

/// Label `name`, else host.name, else service.name, else the id.
[[nodiscard]] QString displayName(const Gateway &gateway);

} // namespace flowgate::domain
