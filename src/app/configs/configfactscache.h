// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/configs/configbodies.h"
#include "domain/configfacts.h"
#include "endpoint/orderedpool.h"

namespace flowgate::app {

/// What was read of configs, by hash: in memory only, and within a budget. Configs are read in a pool when they arrive;
/// one that is needed before its turn is read at once.
/// @thread io
class ConfigFactsCache
{
public:
    using Facts = std::shared_ptr<const domain::ConfigFacts>;
    using Body = ConfigBodies::Body;
    /// Reads a few bodies from the database and answers later, with null for one that is not there.
    using Fetch = std::function<void(const QList<domain::ConfigHash> &, std::function<void(const QList<Body> &)>)>;

    static constexpr qsizetype mostBytes = 64 * 1024 * 1024;   ///< of all secrets that are kept
    static constexpr qsizetype mostWaiting = 64 * 1024 * 1024; ///< bytes of bodies that wait to be read
    static constexpr qsizetype largestAtOnce = 256 * 1024;     ///< bytes that are read on this thread

    explicit ConfigFactsCache(Fetch fetch)
        : m_fetch(std::move(fetch))
    {
    }

    /// Is told of each config that has been read.
    void onRead(std::function<void(const domain::ConfigHash &)> listener) { m_listener = std::move(listener); }
    /// Says what must be kept when there is too much; asked as seldom as that happens.
    void setNeeded(std::function<QSet<domain::ConfigHash>()> needed) { m_needed = std::move(needed); }

    /// Null: not read yet.
    [[nodiscard]] Facts find(const domain::ConfigHash &hash) const { return m_facts.value(hash); }
    /// The same, but a body that waits for its turn is read at once, unless it is large.
    [[nodiscard]] Facts demand(const domain::ConfigHash &hash);
    /// Has a body read, if that was not done.
    /// @param known  values that are no secret wherever they stand
    void add(const domain::ConfigHash &hash, const Body &body, const QByteArrayList &known = {});
    /// Has a body of the database read. One that is not there (it may be on its way) stays unknown until asked for
    /// again.
    void load(const domain::ConfigHash &hash, const QByteArrayList &known = {});

    /// Drops what is not needed. Runs by itself when there is much.
    void trim();
    [[nodiscard]] qsizetype size() const { return m_facts.size(); }
    [[nodiscard]] qsizetype bytes() const { return m_bytes; }

private:
    struct Waiting
    {
        Body body;
        QByteArrayList known;
    };
    void take(const domain::ConfigHash &hash, const domain::ConfigFacts &facts);
    [[nodiscard]] std::shared_ptr<const domain::SecretSet> shared(const std::shared_ptr<const domain::SecretSet> &set);
    void loadSome();
    void loaded(const QList<domain::ConfigHash> &hashes, const QList<Body> &bodies);
    void drop(const domain::ConfigHash &hash);

    Fetch m_fetch;
    std::function<void(const domain::ConfigHash &)> m_listener;
    std::function<QSet<domain::ConfigHash>()> m_needed;
    QHash<domain::ConfigHash, Facts> m_facts;
    QHash<QByteArray, std::shared_ptr<const domain::SecretSet>>
        m_sets;                                   ///< by digest: many configs have the same secrets
    QHash<domain::ConfigHash, Waiting> m_waiting; ///< to be read
    QHash<domain::ConfigHash, QByteArrayList> m_toLoad;
    QList<domain::ConfigHash> m_loadOrder;
    bool m_isLoading = false;
    qsizetype m_bytes = 0; ///< of m_sets
    qsizetype m_waitingBytes = 0;
    qsizetype m_trimAt = 10'000; ///< entries
    int m_takenSinceTrim = 0;
    endpoint::OrderedPool m_pool{1, 20'000};
};

} // namespace flowgate::app
