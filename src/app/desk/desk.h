// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/configs/configlibrary.h"
#include "app/configs/configpool.h"
#include "app/desk/deskvalues.h"
#include "app/fleet/changefeed.h"
#include "app/fleet/restartwatch.h"
#include "app/journal/storewords.h"
#include "app/rollouts/rolloutdriver.h"
#include "app/rollouts/rolloutplan.h"
#include "app/settings/settings.h"
#include "domain/moment.h"
#include "telemetry/series.h"

namespace flowgate::app {

class Bundles;
class OwnTelemetry;
class Tokens;
class TelemetryOffers;

/// What an operator can do: the one set of operations behind the window, the command line and the headless program.
/// Answers that need the disk come later; every Done is called once, on the io thread.
/// @thread io
class Desk
{
public:
    struct Parts
    {
        const domain::Clock &clock;
        Fleet &fleet;
        ConfigLibrary &library;
        ConfigPool &configPool;
        RolloutDriver &rollouts;
        RestartWatch &restarts;
        EventLog &events;
        ChangeFeed &feed;
        Settings &settings;
        Bundles &bundles;
        Tokens &tokens;
        OwnTelemetry &telemetry;
        const TelemetryOffers &telemetryOffers;
        store::StoreThread &store;
        domain::Mailbox &mailbox;
        std::function<QStringList()> endpoints;
        std::function<QString()> storeTrouble;
        std::function<QString()> publicEndpoint;
        std::function<std::optional<TlsFacts>()> tls;
        std::function<domain::RefusalCounts()> refusals;
    };
    explicit Desk(const Parts &parts);

    [[nodiscard]] Status status() const;

    /// The gateway that @p text names: its UUID, a unique prefix or suffix of 4 or more digits, or a unique name.
    [[nodiscard]] Outcome<const domain::Gateway *> gateway(const QString &text) const;
    /// By name; @p selector and @p state may be empty. A state is a word of any column, or "presence:lost".
    [[nodiscard]] Outcome<std::vector<const domain::Gateway *>> gateways(const QString &selector,
                                                                         const QString &state) const;
    void effective(const domain::GatewayId &id, Done<domain::ConfigSet> done);
    /// What its Collector is built with. @errors GatewayNotFound, NotReported
    [[nodiscard]] Outcome<std::shared_ptr<const domain::AvailableComponents>>
    components(const domain::GatewayId &id) const;
    /// As app::commonTypes().
    [[nodiscard]] QHash<QString, QStringList> commonTypes(const QString &config) const;
    void timeline(const domain::GatewayId &id, domain::WallTime since, Done<std::vector<domain::Span>> done);
    /// What is to be seen of these gateways in a window, in their order; marks of no gateway under the empty id, where
    /// that is asked for.
    void timelines(const TimelineWish &wish, Done<std::vector<domain::Timeline>> done);
    /// What is known of the whole fleet at one moment of the past.
    void fleetAt(domain::WallTime at, Done<domain::FleetMoment> done);
    /// Own metrics as series, by name and attributes: as they came, and in steps of 5 minutes for the time before.
    void metrics(const MetricsWish &wish, Done<std::vector<telemetry::Series>> done);
    /// Own log lines, oldest first.
    void logs(const LogsWish &wish, Done<std::vector<telemetry::LogLine>> done);
    /// What may explain that there is no telemetry of a gateway.
    [[nodiscard]] TelemetryGap telemetryGap(const domain::GatewayId &id) const;
    /// "k=v" sets, "k-" removes; all or nothing. Durable before it answers.
    void label(const domain::GatewayId &id, const QStringList &changes, Done<Nothing> done);
    /// Answers when it was sent; with @p patience above 0 when another start time was reported (CM3).
    void restart(const domain::GatewayId &id, domain::milliseconds patience, QObject *guard, Done<Nothing> done);
    void forget(const QList<domain::GatewayId> &ids, const QString &by, Done<Nothing> done);
    /// One record with both histories goes on, as @p now. Durable. @errors GatewayNotFound, BadArgument, WrongState
    void link(const domain::GatewayId &before, const domain::GatewayId &now, Done<Nothing> done);
    /// Approves or rejects. Durable before it answers; what waits for approval goes out at once.
    void admit(const domain::GatewayId &id, domain::Admission admission, Done<Nothing> done);

    [[nodiscard]] std::vector<ConfigSummary> configs() const;
    /// Tags a config, puts it away or takes it out, deletes it or brings it back; nothing of it is lost by any of them.
    /// @errors ConfigNotFound, BadArgument (a tag), WrongState (it is in use, or is so already), StoreFailed
    void act(const ConfigAct &act, Done<ConfigSummary> done);
    /// Lines with @p text, upper and lower case alike, in all versions: newest versions first, 500 lines at most.
    /// Reads one version at a time, so that others get their turn; ends unheard once @p guard is gone.
    void searchConfigs(const QString &text, QObject *guard, Done<std::vector<ConfigHit>> done);
    /// Makes version 1 of a new config from a gateway's effective one. Sends nothing.
    /// @errors GatewayNotFound, NotReported, BadConfig, Conflict (the name is taken), BadName, StoreFailed
    void adopt(const AdoptWish &wish, Done<Adopted> done);
    void preview(const QString &config, const QString &selector, Done<std::vector<PlannedTarget>> done);
    /// What `configs check` says of a version. Checked in the pool.
    void problems(const QString &config, Done<collector::Problems> done);
    /// Refused where problems() has errors, unless forced. The gateways are those there are once it was checked.
    void startRollout(const RolloutWish &wish, Done<QString> done);
    /// Newest first, those of earlier runs of this program included; those are without targets.
    void rolloutList(Done<std::vector<domain::Rollout>> done);
    void rollout(const QString &id, Done<domain::Rollout> done);
    /// The id of the one rollout whose id begins or ends with @p text, 4 characters or more, or is it.
    /// @errors RolloutNotFound, Ambiguous (about: the ids)
    void findRollout(const QString &text, Done<QString> done);
    enum class RolloutAct { Halt, Resume, RollBack, End };
    void act(RolloutAct what, const QString &id, const QString &by, Done<Nothing> done);
    void eventsSince(domain::WallTime since, int limit, Done<std::vector<domain::Event>> done);

    /// All settings with what each takes, in the order for people. Changes: ControlPlane::settingsChanged().
    [[nodiscard]] std::vector<SettingValue> settings() const { return m_parts.settings.all(); }
    [[nodiscard]] Outcome<SettingValue> setting(const QString &key) const { return m_parts.settings.find(key); }
    /// Durable and in force when it answers; "default" goes back to the default. @errors as Settings::set()
    void setSetting(const QString &key, const QString &text, const QString &by, Done<SettingValue> done)
    {
        m_parts.settings.set(key, text, by, std::move(done));
    }
    [[nodiscard]] domain::RolloutOptions rolloutDefaults() const { return m_parts.settings.rolloutDefaults(); }

    [[nodiscard]] const Parts &parts() const { return m_parts; }

private:
    [[nodiscard]] ConfigSummary summaryOf(const QString &config, int gateways) const;
    void timelinesFrom(const TimelineWish &wish, std::vector<domain::Timeline> known,
                       Done<std::vector<domain::Timeline>> done);
    template<typename T>
    void readTelemetry(const store::TelemetryQuery &range, const std::vector<store::TelemetryKind> &kinds,
                       const std::function<T(const std::vector<store::TelemetryBatch> &)> &make, Done<T> done);
    template<typename T>
    void ask(std::function<store::Outcome<T>(store::Database &)> work, Done<T> done);

    Parts m_parts;
    domain::milliseconds m_startedAt;
};

template<typename T>
void Desk::ask(std::function<store::Outcome<T>(store::Database &)> work, Done<T> done)
{
    m_parts.store.ask<T>(std::move(work), &m_parts.mailbox, [done = std::move(done)](store::Outcome<T> result) {
        if (!result)
            return done(storeFailed(result.error()));
        done(std::move(*result));
    });
}

} // namespace flowgate::app
