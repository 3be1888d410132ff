// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"
#include "domain/time.h"

#include <QHash>
#include <QSet>
#include <QString>

#include <vector>

namespace flowgate::ui {

/// What may be told, and when.
struct NoticeSettings
{
    enum class OnClose { Ask, KeepServing, Quit };

    bool rollouts = true;
    bool unhealthy = true;
    bool lost = true;
    int unhealthySeconds = 60; ///< so long before it is told
    int quietFrom = 0;         ///< hours of local time; equal to quietTo: none
    int quietTo = 0;
    OnClose onClose = OnClose::Ask;

    friend bool operator==(const NoticeSettings &, const NoticeSettings &) = default;
};

/// What needs somebody's attention now.
struct Trouble
{
    enum class Kind {
        Rollout,   ///< failed or halted
        Unhealthy, ///< while it is connected
        Lost,      ///< its connection broke, or it says nothing; not: nobody looked, or it said goodbye
    };
    Kind kind = Kind::Lost;
    QString about; ///< hex of a gateway's id, or a rollout's id
    domain::WallTime since{};

    friend bool operator==(const Trouble &, const Trouble &) = default;
};

/// Something to be told at once: one trouble, or several of a kind.
struct Notice
{
    enum class Kind { Rollout, Unhealthy, Lost, AfterQuiet };
    Kind kind = Kind::Lost;
    std::vector<Trouble> troubles; ///< at least one; of a kind but for AfterQuiet

    friend bool operator==(const Notice &, const Notice &) = default;
};

/// What was told, until it is over.
struct NoticeMemory
{
    bool isStarted = false; ///< what was so before the window was there is no news
    bool wasQuiet = false;
    QSet<QString> told; ///< kind and about

    friend bool operator==(const NoticeMemory &, const NoticeMemory &) = default;
};

struct NoticeDecision
{
    std::vector<Notice> notices;
    int badge = 0; ///< troubles of the kinds that are switched on, told or not
    NoticeMemory memory;
};

/// Each trouble is told once; when it is over it may be told again. What begins together is told together. In quiet
/// hours nothing is told, and at their end what is still wrong and was not told comes as one.
/// @param troubles  of what is not muted
/// @param hour      of local time, 0 to 23
/// @thread any; pure
[[nodiscard]] NoticeDecision decideNotices(const std::vector<Trouble> &troubles, const NoticeSettings &settings,
                                           domain::WallTime now, int hour, NoticeMemory memory);

/// Whether an hour of local time is quiet; the hours may go over midnight.
[[nodiscard]] bool isQuiet(const NoticeSettings &settings, int hour);

} // namespace flowgate::ui
