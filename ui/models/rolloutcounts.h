// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/rollout.h"

namespace flowgate::models {

/// How many targets are where.
struct TargetCounts
{
    int total = 0; ///< skipped ones not counted
    int done = 0;  ///< proven or unproven
    int unproven = 0;
    int underWay = 0; ///< offered, applying, soaking
    int soaking = 0;
    int applying = 0;
    int offered = 0;
    int toCome = 0; ///< queued
    int waiting = 0;
    int failed = 0; ///< failed or unanswered
    int rollingBack = 0;
    int rolledBack = 0;
    int skipped = 0;

    friend bool operator==(const TargetCounts &, const TargetCounts &) = default;
};

/// Counts the targets of @p wave, or of all where it is 0 or less.
[[nodiscard]] TargetCounts countTargets(const domain::Rollout &rollout, int wave = 0);

} // namespace flowgate::models
