// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/shots/seedhistory.h"

#include <QRandomGenerator>
#include <QTest>

namespace flowgate::shots {

using namespace std::chrono_literals;
using domain::Span;
using domain::SpanKind;
using domain::WallTime;

namespace {

QString text(const char *latin1)
{
    return QString::fromLatin1(latin1);
}

struct Past
{
    domain::GatewayId id;
    std::vector<Span> spans;
    std::vector<domain::Event> events;
};

/// The states of one gateway, one after another.
class Writer
{
public:
    Writer(Past &past, WallTime from)
        : m_past(past)
        , m_at{from, from, from, from}
    {
    }

    void add(SpanKind kind, const char *state, domain::milliseconds length, const QString &detail = {},
             const QString &part = {})
    {
        WallTime &at = m_at[static_cast<size_t>(kind)];
        // Only changes make spans.
        const auto last = std::ranges::find_if(m_past.spans.rbegin(), m_past.spans.rend(),
                                               [kind](const Span &span) { return span.kind == kind; });
        if (last != m_past.spans.rend() && last->state == text(state) && last->detail == detail && last->to == at) {
            at += length;
            last->to = at;
            return;
        }
        m_past.spans.push_back({kind, text(state), at, at + length, detail, part});
        at += length;
    }
    void skipTo(SpanKind kind, WallTime at) { m_at[static_cast<size_t>(kind)] = at; }
    [[nodiscard]] WallTime at(SpanKind kind) const { return m_at[static_cast<size_t>(kind)]; }
    void note(const char *kind, const QString &what, WallTime at, const char *by = "flowgate")
    {
        m_past.events.push_back({0, at, text(kind), m_past.id, what, text(by)});
    }

private:
    Past &m_past;
    WallTime m_at[4];
};

Past pastOf(const domain::Gateway &gateway, WallTime from, WallTime until, quint32 seed)
{
    QRandomGenerator random(seed);
    Past past{gateway.id, {}, {}};
    Writer writer(past, from);
    const bool troubled = seed % 7 == 3;
    const QString refused = text("StatusRecoverableError: failed to export: connection refused");
    // A version came in the morning, another at noon.
    writer.add(SpanKind::Config, "in_sync", 9h + 20min, text("base@1"));
    writer.note("config_offered", text("base@2 was sent"), writer.at(SpanKind::Config));
    writer.add(SpanKind::Config, "applying", domain::milliseconds(random.bounded(40'000)), text("base@2"));
    writer.note("config_in_sync", text("base@2 is in sync"), writer.at(SpanKind::Config));
    const WallTime noon = from + 13h + 5min;
    writer.add(SpanKind::Config, "in_sync", noon - writer.at(SpanKind::Config), text("base@2"));
    if (troubled) {
        writer.note("config_offered", text("base@3 was sent"), noon);
        writer.note("config_failed", text("base@3 failed: collector exited"), noon + 20s);
        writer.add(SpanKind::Config, "failed", 25min, text("base@3: collector exited"));
        writer.note("config_in_sync", text("base@2 is in sync"), writer.at(SpanKind::Config));
    }
    writer.add(SpanKind::Config, "in_sync", until - writer.at(SpanKind::Config), text("base@2"));

    // The laptop slept for a while in the night.
    for (const SpanKind kind : {SpanKind::Presence, SpanKind::Health}) {
        writer.add(kind, kind == SpanKind::Presence ? "connected" : "healthy", 2h);
        writer.add(kind, "not_observed", 3h + 10min);
    }
    while (writer.at(SpanKind::Presence) < until - 30min) {
        const domain::milliseconds length = random.bounded(150, 600) * 10s;
        writer.add(SpanKind::Presence, "connected",
                   std::min<domain::milliseconds>(length, until - writer.at(SpanKind::Presence)));
        if (random.bounded(3) == 0)
            writer.add(SpanKind::Presence, "lost", random.bounded(20, 400) * 1s);
    }
    writer.add(SpanKind::Presence, "connected",
               std::max<domain::milliseconds>(until - writer.at(SpanKind::Presence), 0ms));
    while (writer.at(SpanKind::Health) < until - 20min) {
        writer.add(SpanKind::Health, "healthy", random.bounded(60, 420) * 10s);
        if (random.bounded(troubled ? 2 : 6) == 0) {
            const domain::milliseconds length = random.bounded(10, 900) * 1s;
            writer.skipTo(SpanKind::Component, writer.at(SpanKind::Health));
            writer.add(SpanKind::Component, "unhealthy", length, refused, text("pipeline:traces/exporter:otlp"));
            writer.add(SpanKind::Health, "unhealthy", length, text("exporter:otlp: connection refused"));
        } else if (random.bounded(5) == 0) {
            writer.note("collector_restarted", text("a newer start time was reported"), writer.at(SpanKind::Health),
                        "gateway");
            writer.add(SpanKind::Health, "starting", random.bounded(2, 20) * 1s);
        }
    }
    writer.add(SpanKind::Health, "healthy", std::max<domain::milliseconds>(until - writer.at(SpanKind::Health), 0ms));
    return past;
}

store::Outcome<void> write(store::Database &database, const std::vector<Past> &pasts, WallTime from, WallTime until)
{
    // All the while somebody looked.
    if (const auto run = database.observer.start(from); !run)
        return run;
    if (const auto run = database.observer.touch(from, until); !run)
        return run;
    for (const Past &past : pasts) {
        for (const Span &span : past.spans) {
            if (const auto done = database.spans.insert(past.id, span); !done)
                return done;
        }
        for (const domain::Event &event : past.events) {
            if (const auto done = database.events.append(event); !done)
                return domain::unexpected(done.error());
        }
    }
    return {};
}

} // namespace

int seedHistory(app::ControlPlane &plane, const std::vector<app::GatewayPtr> &gateways, WallTime now)
{
    constexpr size_t atOnce = 200;
    constexpr int patience = 300'000;
    int spans = 0;
    for (size_t first = 0; first < gateways.size(); first += atOnce) {
        std::vector<Past> pasts;
        for (size_t i = first; i < std::min(first + atOnce, gateways.size()); ++i) {
            pasts.push_back(pastOf(*gateways[i], now - 24h, gateways[i]->firstSeen, static_cast<quint32>(i)));
            spans += static_cast<int>(pasts.back().spans.size());
        }
        std::optional<bool> written;
        plane.ask<bool>(
            &plane,
            [pasts = std::move(pasts), now](app::Desk &desk, const app::Done<bool> &done) {
                store::Job job;
                job.durable = true;
                job.work = [pasts, from = now - 24h, until = now - 1min](store::Database &database) {
                    return write(database, pasts, from, until);
                };
                job.mailbox = &desk.parts().mailbox;
                job.done = [done](const store::Outcome<void> &outcome) { done(outcome.has_value()); };
                desk.parts().store.post(std::move(job));
            },
            [&written](const app::Outcome<bool> &outcome) { written = outcome && *outcome; });
        if (!QTest::qWaitFor([&written] { return written.has_value(); }, patience) || !*written)
            return 0;
    }
    return spans;
}

} // namespace flowgate::shots
