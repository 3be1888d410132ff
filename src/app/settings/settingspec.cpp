// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings/settingspec.h"

#include "app/settings/limitspecs.h"
#include "app/settings/specmakers.h"
#include "domain/selector.h"
#include "domain/wavetext.h"
#include "net/webrules.h"

#include <QUrl>

#include <algorithm>

namespace flowgate::app {

using namespace std::chrono_literals;

namespace {

using Type = SettingSpec::Type;

constexpr qint64 day = domain::milliseconds(24h).count();

SettingSpec gateways(Setting setting, const char *key, const char *description, const char *fallback = "all",
                     const char *takesEffect = "at once; gateways restart their collector for it")
{
    return {.setting = setting,
            .key = QString::fromLatin1(key),
            .type = Type::Gateways,
            .fallback = QString::fromLatin1(fallback),
            .description = QString::fromLatin1(description),
            .takesEffect = QString::fromLatin1(takesEffect)};
}

std::optional<QString> originText(QStringView text)
{
    const auto origin = net::webOriginFromText(text.toLatin1());
    return origin ? std::optional(QString::fromLatin1(net::originText(*origin))) : std::nullopt;
}

std::optional<QString> hostText(QStringView text)
{
    const auto host = net::hostFromText(text.toLatin1());
    return host && !host->port ? std::optional(QString::fromLatin1(host->host)) : std::nullopt;
}

/// "a,b" for " b, a,b": each item as @p read writes it, sorted, once. Nothing: an item is wrong.
std::optional<QString> canonicalList(const QString &value, std::optional<QString> (*read)(QStringView))
{
    constexpr qsizetype most = 50;
    if (value == QLatin1String("none"))
        return value;
    const bool isAscii = std::ranges::all_of(value, [](QChar c) { return c.unicode() < 0x80; });
    if (!isAscii || value == QLatin1String("default"))
        return {};
    QStringList items;
    for (const QString &item : value.split(u',')) {
        const auto text = read(item.trimmed());
        if (!text)
            return {};
        items.append(*text);
    }
    items.removeDuplicates();
    items.sort();
    return items.size() <= most ? std::optional(items.join(u',')) : std::nullopt;
}

SettingSpec heartbeatInterval()
{
    SettingSpec spec =
        lengthSpec(Setting::HeartbeatInterval, "heartbeat.interval", "30s", 1s, 1h,
                   "How often the gateways of heartbeat.gateways are to say that they are there; one that "
                   "polls over HTTP asks so often",
                   "at once: one gateway tries it, the others follow when it came back");
    spec.step = 1000;
    return spec;
}

std::vector<SettingSpec> makeSpecs()
{
    const char *const pruned = "within the hour; what is gone then does not come back";
    const char *const nextRollout = "with the next rollout that does not say it itself";
    std::vector<SettingSpec> specs{
        lengthSpec(Setting::TimelineKept, "history.timeline", "90d", 24h, 24h * 3650,
                   "How long the timelines of gateways are kept, and the effective configs that rollouts ended with",
                   pruned),
        lengthSpec(Setting::EventsKept, "history.events", "180d", 24h, 24h * 3650, "How long events are kept", pruned),
        {.setting = Setting::RolloutWaves,
         .key = QStringLiteral("rollout.waves"),
         .type = Type::Waves,
         .fallback = QStringLiteral("1,50%,100%"),
         .description = QStringLiteral("The share of all targets, or their count, reached by the end of each wave"),
         .takesEffect = QString::fromLatin1(nextRollout)},
        lengthSpec(Setting::RolloutSoak, "rollout.soak", "30s", 0s, 24h,
                   "How long a target must stay healthy before it counts as proven", nextRollout),
        lengthSpec(Setting::RolloutTimeout, "rollout.timeout", "1m", 1s, 24h,
                   "From sending until a target has applied it and is healthy; the soak comes on top", nextRollout),
        lengthSpec(
            Setting::HttpSilence, "gateways.http_silence", "90s", 10s, 24h,
            "How long a gateway that polls over HTTP may say nothing before it counts as silent; three of its own "
            "intervals where that is longer",
            "at once"),
        {.setting = Setting::AdmissionAutomatic,
         .key = QStringLiteral("admission.automatic"),
         .type = Type::Choice,
         .fallback = QStringLiteral("loopback"),
         .choices = {QStringLiteral("loopback"), QStringLiteral("token"), QStringLiteral("always"),
                     QStringLiteral("never")},
         .description = QStringLiteral("Which new gateways need nobody's approval: those of the same user on this "
                                       "computer (loopback) or with a token that approves, only the latter, all, or "
                                       "none"),
         .takesEffect = QStringLiteral("with the next connection; who was approved or rejected stays so")},
        {.setting = Setting::AdmissionUnknownUser,
         .key = QStringLiteral("admission.unknown_user"),
         .type = Type::Choice,
         .fallback = QStringLiteral("other"),
         .choices = {QStringLiteral("other"), QStringLiteral("same")},
         .description = QStringLiteral("As whose a connection to a loopback address counts where the system does not "
                                       "tell which user it is of: another one's, who needs a token, or the same one's"),
         .takesEffect = QStringLiteral("with the next connection")},
        heartbeatInterval(),
        gateways(
            Setting::HeartbeatGateways, "heartbeat.gateways",
            "Which gateways are told heartbeat.interval, as a selector. This replaces all that a gateway has of its "
            "connection to here: it comes back by the address that it came by, with the same token, and whatever "
            "else its supervisor was started with for that (other headers, a client certificate, another way to "
            "check ours) is gone until its supervisor starts anew",
            "none",
            "at once: one gateway tries it, the others follow when it came back; who was told keeps it until its "
            "supervisor starts anew"),
        {.setting = Setting::AllowedOrigins,
         .key = QStringLiteral("server.allowed_origins"),
         .type = Type::Origins,
         .fallback = QStringLiteral("none"),
         .description = QStringLiteral("Origins of web pages that may reach this control plane, such as "
                                       "https://console.example.org; those of other pages are refused"),
         .takesEffect = QStringLiteral("with the next request")},
        {.setting = Setting::AllowedHosts,
         .key = QStringLiteral("server.allowed_hosts"),
         .type = Type::Hosts,
         .fallback = QStringLiteral("host.docker.internal"),
         .description = QStringLiteral("Names of this computer, beside localhost, by which gateways may reach a "
                                       "loopback address; a request for another name is refused"),
         .takesEffect = QStringLiteral("with the next request")},
        gateways(Setting::TelemetryMetrics, "telemetry.metrics",
                 "Which gateways are asked for their own metrics, as a selector"),
        gateways(Setting::TelemetryLogs, "telemetry.logs",
                 "Which gateways are asked for their own logs, as a selector"),
        {.setting = Setting::TelemetryUrl,
         .key = QStringLiteral("telemetry.url"),
         .type = Type::Url,
         .fallback = QStringLiteral("auto"),
         .description = QStringLiteral("The address that gateways send their own telemetry to; auto is the one that "
                                       "each reached this endpoint by"),
         .takesEffect = QStringLiteral("at once; gateways restart their collector for it")},
        lengthSpec(Setting::MetricsRaw, "telemetry.raw", "6h", 1h, 24h * 30,
                   "How long own metrics are kept as they came; older ones become a point for each 5 minutes", pruned),
        lengthSpec(Setting::MetricsKept, "telemetry.metrics_kept", "14d", 1h, 24h * 3650,
                   "How long own metrics are kept", pruned),
        lengthSpec(Setting::LogsKept, "telemetry.logs_kept", "3d", 1h, 24h * 3650, "How long own log lines are kept",
                   pruned),
        countSpec(Setting::TelemetrySize, "telemetry.size", "4096", 16, 1'000'000, "MiB",
                  "Most that own metrics and logs take in the database; the oldest go first", pruned),
    };
    std::ranges::move(limitSpecs(), std::back_inserter(specs));
    specs.push_back({.setting = Setting::LogLevel,
                     .key = QStringLiteral("log.level"),
                     .type = Type::Choice,
                     .fallback = QStringLiteral("warning"),
                     .choices = {QStringLiteral("debug"), QStringLiteral("info"), QStringLiteral("warning"),
                                 QStringLiteral("error")},
                     .description = QStringLiteral("The least that the program writes to its standard error"),
                     .takesEffect = QStringLiteral("at once, unless the program was started with --log-level")});
    return specs;
}

} // namespace

const std::vector<SettingSpec> &settingSpecs()
{
    static const std::vector<SettingSpec> specs = makeSpecs();
    return specs;
}

const SettingSpec &specOf(Setting setting)
{
    return *std::ranges::find(settingSpecs(), setting, &SettingSpec::setting);
}

const SettingSpec *findSetting(const QString &key)
{
    const auto found = std::ranges::find(settingSpecs(), key, &SettingSpec::key);
    return found == settingSpecs().end() ? nullptr : &*found;
}

QString lengthText(domain::milliseconds length)
{
    const qint64 ms = length.count();
    for (const auto &[unit, name] :
         {std::pair{day, "d"}, std::pair{qint64(3'600'000), "h"}, std::pair{qint64(60'000), "m"}}) {
        if (ms >= unit && ms % unit == 0)
            return QString::number(ms / unit) + QString::fromLatin1(name);
    }
    return ms % 1000 == 0 ? QStringLiteral("%1s").arg(ms / 1000) : QStringLiteral("%1ms").arg(ms);
}

QString rangeText(const SettingSpec &spec)
{
    switch (spec.type) {
    case Type::Count:
        return QStringLiteral("a whole number from %1 to %2").arg(spec.least).arg(spec.most);
    case Type::Length:
        return QStringLiteral("a length of time from %1 to %2%3, such as %4")
            .arg(lengthText(domain::milliseconds(spec.least)), lengthText(domain::milliseconds(spec.most)),
                 spec.step > 1 ? QStringLiteral(" in whole seconds") : QString(), spec.fallback);
    case Type::Choice:
        return QStringLiteral("one of ") + spec.choices.join(QStringLiteral(", "));
    case Type::Waves:
        return QStringLiteral("at most 20 shares and counts that grow, such as %1").arg(spec.fallback);
    case Type::Gateways:
        return QStringLiteral("a selector such as env=lab, all, or none");
    case Type::Origins:
        return QStringLiteral("origins such as https://console.example.org:8443, with commas between them, or none");
    case Type::Hosts:
        return QStringLiteral("host names without a port, such as %1, with commas between them, or none")
            .arg(spec.fallback);
    case Type::Url:
        return QStringLiteral("auto, or an address such as https://gw.example.org:8443");
    }
    return {};
}

domain::Result<QString, QString> canonicalValue(const SettingSpec &spec, const QString &text)
{
    constexpr qsizetype longest = 100;
    const QString value = text.trimmed();
    const auto refused = domain::unexpected(
        QStringLiteral("%1 takes %2; '%3' is not that").arg(spec.key, rangeText(spec), text.left(longest)));
    switch (spec.type) {
    case Type::Count: {
        bool isNumber = false;
        const qint64 number = value.toLongLong(&isNumber);
        if (!isNumber || number < spec.least || number > spec.most)
            return refused;
        return QString::number(number);
    }
    case Type::Length: {
        const auto length = domain::durationFromText(value);
        if (!length || length->count() < spec.least || length->count() > spec.most || length->count() % spec.step != 0)
            return refused;
        return lengthText(*length);
    }
    case Type::Choice:
        if (!spec.choices.contains(value))
            return refused;
        return value;
    case Type::Waves: {
        const auto waves = domain::wavesFromText(value);
        if (!waves)
            return domain::unexpected(spec.key + QStringLiteral(" takes waves: ") + domain::explanation(waves.error()));
        return domain::wavesText(*waves);
    }
    case Type::Gateways:
        if (value == QLatin1String("default") || (value != QLatin1String("none") && !domain::Selector::parse(value)))
            return refused;
        return value;
    case Type::Origins:
    case Type::Hosts: {
        const auto list = canonicalList(value, spec.type == Type::Origins ? &originText : &hostText);
        if (!list)
            return refused;
        return *list;
    }
    case Type::Url: {
        const QUrl url(value, QUrl::StrictMode);
        const bool isHttp = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
        const bool isPlain = url.isValid() && isHttp && !url.host().isEmpty() && !url.hasQuery() &&
                             !url.hasFragment() && url.userInfo().isEmpty();
        if (value != QLatin1String("auto") && !isPlain)
            return refused;
        return value == QLatin1String("auto") ? value : url.toString(QUrl::FullyEncoded | QUrl::StripTrailingSlash);
    }
    }
    return refused;
}

} // namespace flowgate::app
