// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/telemetryowner.h"
#include "domain/time.h"

#include <QHash>
#include <QString>

namespace flowgate::domain {

/// Requests from one address whose internal telemetry, or a part of it, belongs to no gateway.
struct UnmatchedSource
{
    QString address;      ///< "192.0.2.7"
    quint64 requests = 0; ///< since the start
    WallTime last{};
    NoOwner why{};      ///< of the last one
    QString instanceId; ///< of the last one, 100 characters at most; what a stranger sent

    friend bool operator==(const UnmatchedSource &, const UnmatchedSource &) = default;
};

/// Counts them. Bounded: of many addresses those that sent last stay.
class UnmatchedTally
{
public:
    static constexpr qsizetype mostAddresses = 100;

    void note(const QString &address, NoOwner why, const QString &instanceId, WallTime now);
    [[nodiscard]] quint64 requests() const { return m_requests; }
    /// The one that sent last comes first.
    [[nodiscard]] std::vector<UnmatchedSource> sources() const;

private:
    QHash<QString, UnmatchedSource> m_sources;
    quint64 m_requests = 0;
};

/// The source that says most about a gateway at @p address: its own address, else the one with the most requests.
/// Null: there is none.
[[nodiscard]] const UnmatchedSource *nearestSource(const std::vector<UnmatchedSource> &sources, const QString &address);
/// "12 requests with an unknown service.instance.id came from 10.0.0.3"; with @p isItsOwn ", its own address".
[[nodiscard]] QString unmatchedText(const UnmatchedSource &source, bool isItsOwn);

} // namespace flowgate::domain
