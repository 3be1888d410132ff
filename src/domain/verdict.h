// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/gateway.h"

namespace flowgate::domain {

/// What a rollout of one version would mean for one gateway.
enum class Verdict {
    Ok,
    LacksComponent,
    NotAccepted,
    CannotProve,
    Offline,
    AlreadyHas,
    FailedBefore,
    NotApproved,
};

struct Judgement
{
    Verdict verdict = Verdict::Ok;
    QString reason; ///< in English; empty for Ok

    friend bool operator==(const Judgement &, const Judgement &) = default;
};

/// Judges before anything is sent. The first that applies of: not approved, not accepted, lacks a component, failed
/// here before, already has it, offline, cannot prove.
/// @param missing  components of the config that the gateway does not list, e.g. "receivers/kafka"; empty if none or
///                 if it does not say what it is built from
[[nodiscard]] Judgement judge(const Gateway &gateway, const ConfigRef &ref, const QStringList &missing);

/// Whether a rollout leaves this gateway out unless forced.
[[nodiscard]] bool isBlocking(Verdict verdict);

[[nodiscard]] QString word(Verdict verdict);

} // namespace flowgate::domain
