// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/rollout.h"
#include "domain/span.h"
#include "domain/verdict.h"
#include "tests/domain/samples.h"

#include <limits>

using namespace flowgate::tests;

namespace {

using Tree = std::map<QString, ComponentHealth>;

ComponentHealth node(bool healthy, const QString &error = {}, Tree components = {})
{
    return {healthy, 1, error, {}, 0, std::move(components)};
}

template<typename State>
void addWords(const char *rule, std::initializer_list<std::pair<State, const char *>> words)
{
    for (const auto &[state, expected] : words) {
        const auto back = fromWord<State>(QString::fromLatin1(expected));
        QTest::addRow("%s %s", rule, expected)
            << word(state) << QString::fromLatin1(expected) << (back == state && !fromWord<State>(u"Nosuch"));
    }
}

} // namespace

class TestValues : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesCapabilities_data()
    {
        QTest::addColumn<quint64>("bits");
        QTest::addColumn<QStringList>("names");
        QTest::addRow("X2 none") << quint64(0) << QStringList();
        QTest::addRow("S10 lowest first")
            << quint64(0x1803)
            << QStringList{u"ReportsStatus"_s, u"AcceptsRemoteConfig"_s, u"ReportsHealth"_s, u"ReportsRemoteConfig"_s};
        QTest::addRow("S20 unknown bits are kept")
            << (quint64(1) << 63 | 0x10001)
            << QStringList{u"ReportsStatus"_s, u"Unknown(0x10000)"_s, u"Unknown(0x8000000000000000)"_s};
        QTest::addRow("all that the specification has") << quint64(0xffff)
                                                        << QStringList{u"ReportsStatus"_s,
                                                                       u"AcceptsRemoteConfig"_s,
                                                                       u"ReportsEffectiveConfig"_s,
                                                                       u"AcceptsPackages"_s,
                                                                       u"ReportsPackageStatuses"_s,
                                                                       u"ReportsOwnTraces"_s,
                                                                       u"ReportsOwnMetrics"_s,
                                                                       u"ReportsOwnLogs"_s,
                                                                       u"AcceptsOpAMPConnectionSettings"_s,
                                                                       u"AcceptsOtherConnectionSettings"_s,
                                                                       u"AcceptsRestartCommand"_s,
                                                                       u"ReportsHealth"_s,
                                                                       u"ReportsRemoteConfig"_s,
                                                                       u"ReportsHeartbeat"_s,
                                                                       u"ReportsAvailableComponents"_s,
                                                                       u"ReportsConnectionSettingsStatus"_s};
    }

    void namesCapabilities()
    {
        QFETCH(quint64, bits);
        QFETCH(QStringList, names);
        const Capabilities capabilities(bits);
        QCOMPARE(capabilities.names(), names);
        QCOMPARE(capabilities.bits(), bits);
        QCOMPARE(capabilities.isUnspecified(), bits == 0);
        QCOMPARE(capabilities.has(Capability::AcceptsRemoteConfig), (bits & 2) != 0);
    }

    void showsAttributes_data()
    {
        QTest::addColumn<AttributeValue>("value");
        QTest::addColumn<QString>("text");
        using List = AttributeValue::List;
        using Map = AttributeValue::Map;
        QTest::addRow("ST1 string") << AttributeValue{u"gateway 1"_s} << u"gateway 1"_s;
        QTest::addRow("ST1 empty string is not null") << AttributeValue{QString()} << u""_s;
        QTest::addRow("ST1 null") << AttributeValue{} << u""_s;
        QTest::addRow("ST1 true") << AttributeValue{true} << u"true"_s;
        QTest::addRow("ST1 false") << AttributeValue{false} << u"false"_s;
        QTest::addRow("ST1 int") << AttributeValue{qint64(-42)} << u"-42"_s;
        QTest::addRow("ST1 largest int") << AttributeValue{std::numeric_limits<qint64>::max()}
                                         << u"9223372036854775807"_s;
        QTest::addRow("ST1 double") << AttributeValue{0.1} << u"0.1"_s;
        QTest::addRow("ST1 whole double") << AttributeValue{5.0} << u"5"_s;
        QTest::addRow("ST1 not a number") << AttributeValue{std::numeric_limits<double>::quiet_NaN()} << u"nan"_s;
        QTest::addRow("ST1 infinite") << AttributeValue{std::numeric_limits<double>::infinity()} << u"inf"_s;
        QTest::addRow("ST1 bytes") << AttributeValue{QByteArray("\x00\xff", 2)} << u"00ff"_s;
        QTest::addRow("ST1 no bytes") << AttributeValue{QByteArray()} << u""_s;
        QTest::addRow("ST1 array") << AttributeValue{List{{u"a"_s}, {qint64(1)}, {}}} << u"[\"a\",1,null]"_s;
        QTest::addRow("ST1 large int in an array")
            << AttributeValue{List{{std::numeric_limits<qint64>::max()}}} << u"[9223372036854775807]"_s;
        QTest::addRow("ST1 empty array") << AttributeValue{List{}} << u"[]"_s;
        QTest::addRow("ST1 kvlist") << AttributeValue{Map{{u"k"_s, {true}}}} << u"{\"k\":true}"_s;
        QTest::addRow("ST1 empty kvlist") << AttributeValue{Map{}} << u"{}"_s;
        QTest::addRow("ST1 nested") << AttributeValue{Map{{u"k"_s, {List{{Map{{u"l"_s, {0.1}}}}}}}}}
                                    << u"{\"k\":[{\"l\":0.1}]}"_s;
    }

    void showsAttributes()
    {
        QFETCH(AttributeValue, value);
        QFETCH(QString, text);
        QCOMPARE(attributeText(value), text);
        QVERIFY(!attributeText(value).isNull()); // null is "no such attribute"
    }

    void looksAttributesUp_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("text");
        QTest::addRow("ST2 identifying") << u"service.name"_s << u"otelcol"_s;
        QTest::addRow("ST2 non-identifying") << u"host.name"_s << u"lab-1"_s;
        QTest::addRow("ST2 in both: identifying wins") << u"both"_s << u"first"_s;
        QTest::addRow("ST1 repeated: the first") << u"twice"_s << u"one"_s;
        QTest::addRow("ST1 null is there") << u"null"_s << u""_s;
        QTest::addRow("ST2 missing") << u"nosuch"_s << QString();
        QTest::addRow("keys differ by case") << u"Host.name"_s << QString();
    }

    void looksAttributesUp()
    {
        QFETCH(QString, key);
        QFETCH(QString, text);
        const AgentDescription description{
            {{u"service.name"_s, {u"otelcol"_s}},
             {u"both"_s, {u"first"_s}},
             {u"twice"_s, {u"one"_s}},
             {u"twice"_s, {u"two"_s}}},
            {{u"host.name"_s, {u"lab-1"_s}}, {u"both"_s, {u"second"_s}}, {u"null"_s, {}}}};
        QCOMPARE(attributeText(description, key), text);
        QCOMPARE(attributeText(description, key).isNull(), text.isNull());
    }

    void namesGateways_data()
    {
        QTest::addColumn<QString>("label");
        QTest::addColumn<AgentDescription>("description");
        QTest::addColumn<QString>("name");
        const Attribute host{u"host.name"_s, {u"lab-1"_s}};
        const Attribute service{u"service.name"_s, {u"otelcol"_s}};
        const QString uuid = uuidText(gatewayId('g'));
        QTest::addRow("label first") << u"edge"_s << AgentDescription{{service}, {host}} << u"edge"_s;
        QTest::addRow("ST2 then the host") << u""_s << AgentDescription{{service}, {host}} << u"lab-1"_s;
        QTest::addRow("ST2 misplaced host") << u""_s << AgentDescription{{host}, {service}} << u"lab-1"_s;
        QTest::addRow("ST2 then the service") << u""_s << AgentDescription{{service}, {}} << u"otelcol"_s;
        QTest::addRow("an empty host is none")
            << u""_s << AgentDescription{{service}, {{u"host.name"_s, {u""_s}}}} << u"otelcol"_s;
        QTest::addRow("ST2 without attributes") << u""_s << AgentDescription{} << uuid;
    }

    void namesGateways()
    {
        QFETCH(QString, label);
        QFETCH(AgentDescription, description);
        QFETCH(QString, name);
        Gateway gateway = sampleGateway();
        gateway.labels.insert(u"name"_s, label);
        gateway.description = {description, at(), false};
        QCOMPARE(displayName(gateway), name);
        gateway.description.reset();
        QCOMPARE(displayName(gateway), label.isEmpty() ? uuidText(gateway.id) : label);
    }

    void findsTheDeepestError_data()
    {
        QTest::addColumn<ComponentHealth>("health");
        QTest::addColumn<QString>("error");
        QTest::addRow("ST3 none") << node(false) << QString();
        QTest::addRow("ST3 its own") << node(false, u"own"_s, {{u"a"_s, node(false, u"below"_s)}}) << u"own"_s;
        QTest::addRow("ST3 three levels")
            << node(false, {},
                    {{u"extensions"_s, node(true)},
                     {u"pipeline:logs"_s, node(false, u"recoverable"_s,
                                               {{u"exporter:otlp"_s, node(false, u"connection refused"_s)},
                                                {u"receiver:otlp"_s, node(true, u"an old one"_s)}})}})
            << u"pipeline:logs/exporter:otlp: connection refused"_s;
        QTest::addRow("ST3 a branch without one does not hide the next")
            << node(false, {}, {{u"a"_s, node(false, {}, {{u"x"_s, node(false)}})}, {u"b"_s, node(false, u"here"_s)}})
            << u"b: here"_s;
        QTest::addRow("ST3 healthy branches do not count")
            << node(false, {}, {{u"a"_s, node(true, u"healed"_s)}}) << QString();
        ComponentHealth deep = node(false, u"bottom"_s);
        for (int i = 0; i < 50; ++i)
            deep = node(false, {}, {{u"n"_s, deep}});
        QTest::addRow("X17 as deep as protobuf reads") << deep << QString(u"n/"_s).repeated(49) + u"n: bottom"_s;
    }

    void findsTheDeepestError()
    {
        QFETCH(ComponentHealth, health);
        QFETCH(QString, error);
        QCOMPARE(deepestError(health), error);
    }

    void speaksTheContractsWords_data()
    {
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("expected");
        QTest::addColumn<bool>("roundTrip");
        addWords<Admission>(
            "admission",
            {{Admission::Pending, "pending"}, {Admission::Approved, "approved"}, {Admission::Rejected, "rejected"}});
        addWords<PresenceState>("presence", {{PresenceState::Connected, "connected"},
                                             {PresenceState::Silent, "silent"},
                                             {PresenceState::Lost, "lost"},
                                             {PresenceState::Left, "left"},
                                             {PresenceState::NotObserved, "not_observed"}});
        addWords<HealthState>("health", {{HealthState::Healthy, "healthy"},
                                         {HealthState::Unhealthy, "unhealthy"},
                                         {HealthState::Starting, "starting"},
                                         {HealthState::Stopping, "stopping"},
                                         {HealthState::NotRunning, "not_running"},
                                         {HealthState::NotReported, "not_reported"},
                                         {HealthState::NotObserved, "not_observed"}});
        addWords<ConfigState>("config", {{ConfigState::Unmanaged, "unmanaged"},
                                         {ConfigState::InSync, "in_sync"},
                                         {ConfigState::Waiting, "waiting"},
                                         {ConfigState::Offered, "offered"},
                                         {ConfigState::Applying, "applying"},
                                         {ConfigState::Applied, "applied"},
                                         {ConfigState::Failed, "failed"},
                                         {ConfigState::Unanswered, "unanswered"},
                                         {ConfigState::Drifted, "drifted"},
                                         {ConfigState::NotAccepted, "not_accepted"},
                                         {ConfigState::NotApproved, "not_approved"}});
        const auto rollout = [](RolloutState state, const QString &expected) {
            QTest::addRow("rollout %s", qPrintable(expected))
                << word(state) << expected << (rolloutStateFromWord(expected) == state && !rolloutStateFromWord(u"x"));
        };
        rollout(RolloutState::Running, u"running"_s);
        rollout(RolloutState::Halted, u"halted"_s);
        rollout(RolloutState::Succeeded, u"succeeded"_s);
        rollout(RolloutState::Failed, u"failed"_s);
        rollout(RolloutState::RolledBack, u"rolled_back"_s);
        rollout(RolloutState::Cancelled, u"cancelled"_s);
        const auto step = [](TargetStep state, const QString &expected) {
            QTest::addRow("step %s", qPrintable(expected))
                << word(state) << expected << (targetStepFromWord(expected) == state && !targetStepFromWord(u""));
        };
        step(TargetStep::Queued, u"queued"_s);
        step(TargetStep::Waiting, u"waiting"_s);
        step(TargetStep::Offered, u"offered"_s);
        step(TargetStep::Applying, u"applying"_s);
        step(TargetStep::Soaking, u"soaking"_s);
        step(TargetStep::Proven, u"proven"_s);
        step(TargetStep::Unproven, u"unproven"_s);
        step(TargetStep::Failed, u"failed"_s);
        step(TargetStep::Unanswered, u"unanswered"_s);
        step(TargetStep::RolledBack, u"rolled_back"_s);
        step(TargetStep::Skipped, u"skipped"_s);
        const auto oneWay = [](const char *kind, const QString &text, const QString &expected) {
            QTest::addRow("%s %s", kind, qPrintable(expected)) << text << expected << true;
        };
        oneWay("verdict", word(Verdict::Ok), u"ok"_s);
        oneWay("verdict", word(Verdict::LacksComponent), u"lacks_component"_s);
        oneWay("verdict", word(Verdict::NotAccepted), u"not_accepted"_s);
        oneWay("verdict", word(Verdict::CannotProve), u"cannot_prove"_s);
        oneWay("verdict", word(Verdict::Offline), u"offline"_s);
        oneWay("verdict", word(Verdict::AlreadyHas), u"already_has"_s);
        oneWay("verdict", word(Verdict::FailedBefore), u"failed_before"_s);
        oneWay("verdict", word(Verdict::NotApproved), u"not_approved"_s);
        oneWay("span", word(SpanKind::Presence), u"presence"_s);
        oneWay("span", word(SpanKind::Health), u"health"_s);
        oneWay("span", word(SpanKind::Config), u"config"_s);
    }

    void speaksTheContractsWords()
    {
        QFETCH(QString, word);
        QFETCH(QString, expected);
        QFETCH(bool, roundTrip);
        QCOMPARE(word, expected);
        QVERIFY(roundTrip);
    }
};

QTEST_GUILESS_MAIN(TestValues)
#include "tst_values.moc"
