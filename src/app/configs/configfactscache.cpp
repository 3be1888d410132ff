// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/configs/configfactscache.h"

#include "collector/configfacts.h"

#include <algorithm>

namespace flowgate::app {

using domain::ConfigFacts;
using domain::ConfigHash;
using domain::SecretSet;

namespace {

constexpr qsizetype loadedAtOnce = 32;
constexpr qsizetype fewestEntries = 10'000;
constexpr int takenBetweenTrims = 1'000;

} // namespace

ConfigFactsCache::Facts ConfigFactsCache::demand(const ConfigHash &hash)
{
    if (const Facts facts = find(hash))
        return facts;
    const auto waiting = m_waiting.constFind(hash);
    if (waiting == m_waiting.constEnd() || waiting->body->byteCount() > largestAtOnce)
        return {};
    take(hash, collector::factsOf(*waiting->body, waiting->known));
    return find(hash);
}

void ConfigFactsCache::add(const ConfigHash &hash, const Body &body, const QByteArrayList &known)
{
    const qsizetype bytes = body->byteCount();
    if (m_facts.contains(hash) || m_waiting.contains(hash) || m_waitingBytes + bytes > mostWaiting)
        return;
    const bool isTaken = m_pool.submit(
        hash.bytes(), [body, known] { return collector::factsOf(*body, known); },
        [this, hash](const ConfigFacts &facts) {
            if (m_waiting.contains(hash)) // else it was read at once
                take(hash, facts);
        });
    if (!isTaken)
        return;
    m_waiting.insert(hash, {body, known});
    m_waitingBytes += bytes;
}

void ConfigFactsCache::take(const ConfigHash &hash, const ConfigFacts &facts)
{
    drop(hash);
    ++m_takenSinceTrim;
    if (m_facts.size() >= m_trimAt || (m_bytes >= mostBytes / 2 && m_takenSinceTrim > takenBetweenTrims))
        trim();
    m_facts.insert(hash,
                   std::make_shared<const ConfigFacts>(ConfigFacts{shared(facts.secrets), facts.telemetryInstanceId}));
    if (m_listener)
        m_listener(hash);
}

/// Where there is no room, a set that hides whole texts: rather too much than a secret.
std::shared_ptr<const SecretSet> ConfigFactsCache::shared(const std::shared_ptr<const SecretSet> &set)
{
    if (const auto same = m_sets.constFind(set->digest()); same != m_sets.constEnd())
        return *same;
    if (m_bytes + set->bytes() > mostBytes) {
        static const auto noRoom = std::make_shared<const SecretSet>(QByteArrayList(), false);
        return noRoom;
    }
    m_bytes += set->bytes();
    return *m_sets.insert(set->digest(), set);
}

void ConfigFactsCache::drop(const ConfigHash &hash)
{
    const auto waiting = m_waiting.constFind(hash);
    if (waiting == m_waiting.constEnd())
        return;
    m_waitingBytes -= waiting->body->byteCount();
    m_waiting.erase(waiting);
}

void ConfigFactsCache::trim()
{
    m_takenSinceTrim = 0;
    if (!m_needed)
        return;
    const QSet<ConfigHash> needed = m_needed();
    m_facts.removeIf([&](const auto &entry) { return !needed.contains(entry.key()); });
    m_trimAt = std::max(fewestEntries, 2 * m_facts.size());
    m_sets.removeIf([](const auto &entry) { return entry.value().use_count() == 1; });
    m_bytes = 0;
    for (const auto &set : std::as_const(m_sets))
        m_bytes += set->bytes();
}

void ConfigFactsCache::load(const ConfigHash &hash, const QByteArrayList &known)
{
    if (m_facts.contains(hash) || m_waiting.contains(hash) || m_toLoad.contains(hash))
        return;
    m_toLoad.insert(hash, known);
    m_loadOrder.append(hash);
    loadSome();
}

/// A few at a time, so that what others want of the database comes in between.
void ConfigFactsCache::loadSome()
{
    if (m_isLoading || m_loadOrder.isEmpty() || !m_fetch)
        return;
    m_isLoading = true;
    const QList<ConfigHash> hashes = m_loadOrder.first(std::min(m_loadOrder.size(), loadedAtOnce));
    m_loadOrder.remove(0, hashes.size());
    m_fetch(hashes, [this, hashes](const QList<Body> &bodies) { loaded(hashes, bodies); });
}

void ConfigFactsCache::loaded(const QList<ConfigHash> &hashes, const QList<Body> &bodies)
{
    m_isLoading = false;
    for (qsizetype i = 0; i < hashes.size(); ++i) {
        const QByteArrayList known = m_toLoad.take(hashes[i]);
        if (const Body body = bodies.value(i))
            add(hashes[i], body, known);
    }
    loadSome();
}

} // namespace flowgate::app
