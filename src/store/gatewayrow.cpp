// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/gatewayrow.h"

#include "store/codec.h"
#include "store/storedwords.h"
#include "store/values.h"

namespace flowgate::store {

using namespace domain;

namespace {

/// Gives the columns of a row one after the other.
class Columns
{
public:
    Columns(const Row &row, std::vector<Damage> &damaged)
        : m_row(row)
        , m_damaged(damaged)
        , m_id(row.bytes(0))
    {
    }

    QByteArray bytes() { return m_row.bytes(m_next++); }
    QString text() { return m_row.text(m_next++); }
    qint64 number() { return m_row.number(m_next++); }
    int count() { return m_row.count(m_next++); }
    quint64 bits() { return m_row.bits(m_next++); }
    bool flag() { return m_row.flag(m_next++); }
    WallTime time() { return m_row.time(m_next++); }
    /// Whether the part that begins here is there; if not, its @p columns are passed over.
    bool present(int columns)
    {
        if (!m_row.isNull(m_next))
            return true;
        m_next += columns;
        return false;
    }

    /// A structured value with its time and mark.
    template<typename T>
    std::optional<Observed<T>> observed(const char *column)
    {
        if (!present(3))
            return {};
        auto value = codec::decode<T>(bytes());
        const WallTime at = time();
        const bool stale = flag();
        if (!value) {
            note(column, codec::text(value.error()));
            return {};
        }
        return Observed<T>{std::move(*value), at, stale};
    }

    std::optional<ConfigRef> ref()
    {
        if (!present(3))
            return {};
        ConfigRef ref;
        ref.config = text();
        ref.version = count();
        ref.hash = ConfigHash(bytes());
        return ref;
    }

    template<typename State, typename Find>
    void word(const char *column, State &state, Find find)
    {
        if (const auto found = find(text()))
            state = *found;
        else
            note(column, "unknown word");
    }

    template<typename State>
    void standing(const char *column, Standing<State> &standing)
    {
        word(column, standing.state, [](const QString &text) { return fromWord<State>(text); });
        standing.since = time();
        standing.why = text();
    }

    void note(const char *column, const char *what)
    {
        m_damaged.push_back({QStringLiteral("gateways"), QString::fromLatin1(m_id.toHex()),
                             QStringLiteral("%1: %2").arg(QLatin1StringView(column), QLatin1StringView(what))});
    }

private:
    const Row &m_row;
    std::vector<Damage> &m_damaged;
    QByteArray m_id;
    int m_next = 0;
};

template<typename T>
void addObserved(QVariantList &values, const std::optional<Observed<T>> &part)
{
    if (part)
        values << bound(codec::encode(part->value)) << bound(part->at) << bound(part->stale);
    else
        values << QVariant() << QVariant() << QVariant();
}

void addRef(QVariantList &values, const std::optional<ConfigRef> &ref)
{
    if (ref)
        values << bound(ref->config) << bound(ref->version) << bound(ref->hash);
    else
        values << QVariant() << QVariant() << QVariant();
}

void addNothing(QVariantList &values, int count)
{
    for (int i = 0; i < count; ++i)
        values << QVariant();
}

} // namespace

QVariantList gatewayValues(const Gateway &gateway)
{
    QVariantList values;
    values.reserve(51);
    values << bound(gateway.id) << bound(gateway.wireUid) << bound(gateway.firstSeen)
           << bound(gateway.presence.lastSeen) << (gateway.sequence ? bits(*gateway.sequence) : QVariant())
           << bound(gateway.restarts) << bits(gateway.lastStartUnixNano) << bits(gateway.capabilities.bits());
    addObserved(values, gateway.description);
    addObserved(values, gateway.healthReport);
    if (const auto &effective = gateway.effective) {
        values << bound(effective->value.hash) << bound(codec::encode(effective->value.files)) << bound(effective->at)
               << bound(effective->stale);
    } else {
        addNothing(values, 4);
    }
    if (const auto &remote = gateway.remoteConfig) {
        values << bound(remote->value.hash) << static_cast<int>(remote->value.status) << bound(remote->value.error)
               << bound(remote->at) << bound(remote->stale);
    } else {
        addNothing(values, 5);
    }
    values << bound(gateway.components) << bound(word(gateway.admission));
    addRef(values, gateway.wanted);
    addRef(values, gateway.lastProven);
    if (const auto &failed = gateway.lastFailed) {
        addRef(values, failed->ref);
        values << bound(failed->error) << bound(failed->at);
    } else {
        addNothing(values, 5);
    }
    values << bound(word(gateway.presence.state)) << bound(gateway.presence.since)
           << bound(words::transport.of(gateway.presence.transport)) << bound(gateway.presence.peer)
           << bound(gateway.startingSince);
    values << bound(word(gateway.health.state)) << bound(gateway.health.since) << bound(gateway.health.why);
    values << bound(word(gateway.config.state)) << bound(gateway.config.since) << bound(gateway.config.why);
    values << bound(gateway.offeredConnection);
    if (const auto &admitted = gateway.admitted)
        values << bound(word(admitted->by)) << bound(admitted->token) << bound(admitted->at);
    else
        addNothing(values, 3);
    return values;
}

Gateway gatewayOf(const Row &row, std::vector<Damage> &damaged)
{
    Columns in(row, damaged);
    Gateway gateway;
    gateway.id = GatewayId(in.bytes());
    gateway.wireUid = in.bytes();
    gateway.firstSeen = in.time();
    gateway.presence.lastSeen = in.time();
    if (in.present(1))
        gateway.sequence = in.bits();
    gateway.restarts = in.count();
    gateway.lastStartUnixNano = in.bits();
    gateway.capabilities = Capabilities(in.bits());
    gateway.description = in.observed<AgentDescription>("description");
    gateway.healthReport = in.observed<ComponentHealth>("health_report");
    if (in.present(4)) {
        Observed<EffectiveConfig> effective;
        effective.value.hash = ConfigHash(in.bytes());
        if (auto files = codec::decode<QStringList>(in.bytes()))
            effective.value.files = std::move(*files);
        else
            in.note("effective_files", codec::text(files.error()));
        effective.at = in.time();
        effective.stale = in.flag();
        gateway.effective = std::move(effective);
    }
    if (in.present(5)) {
        Observed<RemoteConfigStatus> remote;
        remote.value.hash = ConfigHash(in.bytes());
        remote.value.status = static_cast<ApplyStatus>(in.count());
        remote.value.error = in.text();
        remote.at = in.time();
        remote.stale = in.flag();
        gateway.remoteConfig = std::move(remote);
    }
    if (in.present(1))
        gateway.components = ComponentsHash(in.bytes());
    // Nothing may be given to a gateway whose admission cannot be read.
    gateway.admission = Admission::Pending;
    in.word("admission", gateway.admission, [](const QString &text) { return fromWord<Admission>(text); });
    gateway.wanted = in.ref();
    gateway.lastProven = in.ref();
    if (const bool failed = in.present(5); failed) {
        gateway.lastFailed = LastFailed{*in.ref(), {}, {}};
        gateway.lastFailed->error = in.text();
        gateway.lastFailed->at = in.time();
    }
    in.word("presence", gateway.presence.state, [](const QString &text) { return fromWord<PresenceState>(text); });
    gateway.presence.since = in.time();
    in.word("transport", gateway.presence.transport, [](const QString &text) { return words::transport.find(text); });
    gateway.presence.peer = in.text();
    gateway.startingSince = in.time();
    in.standing("health", gateway.health);
    in.standing("config", gateway.config);
    if (in.present(1))
        gateway.offeredConnection = ConnectionHash(in.bytes());
    if (in.present(3)) {
        AdmissionGround admitted;
        const auto by = admittedByFromWord(in.text());
        admitted.token = in.text();
        admitted.at = in.time();
        if (by) {
            admitted.by = *by;
            gateway.admitted = admitted;
        } else {
            in.note("admitted_by", "unknown word");
        }
    }
    return gateway;
}

} // namespace flowgate::store
