// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/domain/reports.h"

#include <functional>
#include <limits>

using namespace flowgate::tests;

namespace {

using Change = std::function<void(AgentReport &)>;

/// Which parts are there and which of them are stale: "description health* effective remote_config".
QString parts(const Gateway &gateway)
{
    QStringList names;
    const auto add = [&](const auto &part, const QString &name) {
        if (part)
            names.append(part->stale ? name + u'*' : name);
    };
    add(gateway.description, u"description"_s);
    add(gateway.healthReport, u"health"_s);
    add(gateway.effective, u"effective"_s);
    add(gateway.remoteConfig, u"remote_config"_s);
    return names.join(u' ');
}

} // namespace

class TestMergeReport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksForFullState_data()
    {
        QTest::addColumn<bool>("isKnown");
        QTest::addColumn<AgentReport>("report");
        QTest::addColumn<bool>("asks");
        QTest::addColumn<QString>("parts");
        const QString all = u"description health effective remote_config"_s;
        const auto with = [](AgentReport report, const Change &change) {
            change(report);
            return report;
        };
        QTest::addRow("X5b unknown, visibly full") << false << fullReport(0) << false << all;
        QTest::addRow("S7 unknown, begins with 1") << false << fullReport(1) << false << all;
        QTest::addRow("S7 unknown, begins with 10^18")
            << false << fullReport(1'000'000'000'000'000'000) << false << all;
        QTest::addRow("S8 unknown, sparse") << false << heartbeat(0) << true << QString();
        QTest::addRow("X4b unknown, sequence 2 and nothing but capabilities")
            << false << heartbeat(2) << true << QString();
        QTest::addRow("X2 unknown, bare") << false << bare() << true << QString();
        QTest::addRow("S8 consecutive") << true << heartbeat(1) << false << all;
        QTest::addRow("S8 gap") << true << heartbeat(2) << true << u"description* health* effective* remote_config*"_s;
        QTest::addRow("S8 repeated number, other bytes")
            << true << heartbeat(0) << true << u"description* health* effective* remote_config*"_s;
        QTest::addRow("X5a what came with the gap is fresh")
            << true << with(heartbeat(5), [](AgentReport &r) { r.health = runningHealth(); }) << true
            << u"description* health effective* remote_config*"_s;
        QTest::addRow("X5b restarted, visibly full")
            << true << with(fullReport(0), [](AgentReport &r) { r.digest = "others"; }) << false << all;
        QTest::addRow("X5b restarted with 1 after a gap, visibly full") << true << fullReport(100) << false << all;
        QTest::addRow("X5b full without effective config")
            << true << with(fullReport(7), [](AgentReport &r) { r.effectiveConfig.reset(); }) << true
            << u"description health effective* remote_config"_s;
        QTest::addRow("X5b full without remote config status")
            << true << with(fullReport(7), [](AgentReport &r) { r.remoteConfigStatus.reset(); }) << true
            << u"description health effective remote_config*"_s;
        QTest::addRow("X5b health is missing and was known")
            << true << with(fullReport(7), [](AgentReport &r) { r.health.reset(); }) << true
            << u"description health* effective remote_config"_s;
        QTest::addRow("X5b health is missing and never was there")
            << false << with(fullReport(0), [](AgentReport &r) { r.health.reset(); }) << false
            << u"description effective remote_config"_s;
        QTest::addRow("X4b full for an agent that announces little") << false << with(heartbeat(0), [](AgentReport &r) {
            r.capabilities = Capabilities(1);
            r.description = description();
        }) << false << u"description"_s;
        QTest::addRow("X2 known, bare") << true << bare() << false << all;
    }

    void asksForFullState()
    {
        QFETCH(bool, isKnown);
        QFETCH(AgentReport, report);
        QFETCH(bool, asks);
        const Merged merged = mergeReport(isKnown ? known() : unknown(), report, atSecond(30));
        QCOMPARE(merged.facts.askFullState, asks);
        QTEST(parts(merged.gateway), "parts");
    }

    void settlesAfterAsking()
    {
        // RC9: whatever the first message was, one full report with the next number ends the asking.
        for (const AgentReport &first : {heartbeat(0), heartbeat(7), bare()}) {
            Merged merged = mergeReport(unknown(), first, at());
            QVERIFY(merged.facts.askFullState);
            merged = mergeReport(merged.gateway, fullReport(first.sequence + 1), at(10));
            QVERIFY(!merged.facts.askFullState);
            for (quint64 i = 2; i < 10; ++i) {
                merged = mergeReport(merged.gateway, heartbeat(first.sequence + i), atSecond(static_cast<qint64>(i)));
                QVERIFY(!merged.facts.askFullState);
                QVERIFY(!merged.facts.anything());
            }
            QCOMPARE(parts(merged.gateway), u"description health effective remote_config"_s);
        }
    }

    void effectiveConfigWithoutAByteIsNotReported()
    {
        AgentReport first = fullReport(0);
        first.effectiveConfig = effective("");
        Merged merged = mergeReport(unknown(), first, at());
        QVERIFY(!merged.gateway.effective);
        QVERIFY(!merged.facts.effectiveReported);
        AgentReport second = heartbeat(1);
        second.effectiveConfig = effective("a: 1\n");
        merged = mergeReport(merged.gateway, second, atSecond(1));
        QVERIFY(merged.facts.effectiveReported);
        QCOMPARE(merged.gateway.effective->value.hash, canonicalHash(*second.effectiveConfig));
        AgentReport afterGap = heartbeat(9);
        afterGap.effectiveConfig = effective("");
        merged = mergeReport(merged.gateway, afterGap, atSecond(2));
        QVERIFY(merged.gateway.effective->stale); // nothing came that could make it fresh
    }

    void replacesWhatIsPresent_data()
    {
        QTest::addColumn<Change>("bring");
        QTest::addColumn<Change>("expect"); // what differs from the report before, as if it had been in it
        const auto row = [](const char *name, const Change &bring) { QTest::addRow("%s", name) << bring << bring; };
        row("S9 nothing", [](AgentReport &) {});
        row("S9 description alone", [](AgentReport &r) { r.description = description(u"lab-2"_s); });
        row("X1 description, empty", [](AgentReport &r) { r.description = AgentDescription{}; });
        row("S9 health alone", [](AgentReport &r) { r.health = runningHealth(); });
        row("ST3 a smaller tree: old nodes vanish", [](AgentReport &r) {
            r.health = ComponentHealth{true, 1, {}, {}, 0, {{u"only"_s, {}}}};
        });
        row("S9 effective config alone", [](AgentReport &r) { r.effectiveConfig = effective("b: 2\n"); });
        row("X1 effective config, empty", [](AgentReport &r) { r.effectiveConfig = ConfigSet{}; });
        row("ST5 two files, one binary", [](AgentReport &r) {
            r.effectiveConfig = ConfigSet{{{u""_s, {QByteArray("\xff\x00", 2), {}}}, {u"b"_s, {"2", {}}}}};
        });
        row("S9 remote config status alone", [](AgentReport &r) {
            r.remoteConfigStatus = RemoteConfigStatus{configHash('A'), ApplyStatus::Applied, {}};
        });
        row("X1 remote config status, empty", [](AgentReport &r) { r.remoteConfigStatus = RemoteConfigStatus{}; });
        row("S20 a status of the future", [](AgentReport &r) {
            r.remoteConfigStatus = RemoteConfigStatus{configHash('A'), static_cast<ApplyStatus>(99), u"?"_s};
        });
        row("ST11 components by their hash", [](AgentReport &r) {
            r.availableComponents = AvailableComponents{ComponentsHash("h"), {}};
        });
    }

    void replacesWhatIsPresent()
    {
        QFETCH(Change, bring);
        QFETCH(Change, expect);
        AgentReport first = fullReport(0);
        first.health->components.emplace(u"old"_s, ComponentHealth{});
        Gateway gateway = mergeReport(unknown(), first, at()).gateway;

        AgentReport second = heartbeat(1);
        bring(second);
        gateway = mergeReport(gateway, second, atSecond(1)).gateway;

        expect(first);
        QCOMPARE(gateway.description->value, *first.description);
        QCOMPARE(gateway.healthReport->value, *first.health);
        QCOMPARE(gateway.remoteConfig->value, *first.remoteConfigStatus);
        QCOMPARE(gateway.effective->value.hash, canonicalHash(*first.effectiveConfig));
        QCOMPARE(gateway.effective->value.files.size(), qsizetype(first.effectiveConfig->files.size()));
        QCOMPARE(gateway.components.has_value(), first.availableComponents.has_value());
        const auto observedAt = [](bool brought) { return brought ? atSecond(1) : at(); };
        QCOMPARE(gateway.description->at, observedAt(second.description.has_value()));
        QCOMPARE(gateway.healthReport->at, observedAt(second.health.has_value()));
        QCOMPARE(gateway.effective->at, observedAt(second.effectiveConfig.has_value()));
        QCOMPARE(gateway.remoteConfig->at, observedAt(second.remoteConfigStatus.has_value()));
        QCOMPARE(gateway.presence.lastSeen, atSecond(1)); // ST13
        QCOMPARE(gateway.firstSeen, at());
    }

    void tellsWhatChanged_data()
    {
        QTest::addColumn<Change>("bring");
        QTest::addColumn<MergeFacts>("facts");
        const auto row = [](const char *name, const Change &bring, const MergeFacts &facts) {
            QTest::addRow("%s", name) << bring << facts;
        };
        row("HB1 heartbeat: nothing", [](AgentReport &) {}, {});
        row("S10 capabilities", [](AgentReport &r) { r.capabilities = Capabilities(3); },
            {.capabilitiesChanged = true});
        row("S10 0 says nothing", [](AgentReport &r) { r.capabilities = {}; }, {});
        row("S20 an unknown bit is a change",
            [](AgentReport &r) { r.capabilities = Capabilities(supervisorBits | 1ULL << 63); },
            {.capabilitiesChanged = true});
        row("same description", [](AgentReport &r) { r.description = description(); }, {});
        row("description", [](AgentReport &r) { r.description = description(u"x"_s); }, {.descriptionChanged = true});
        row("same health", [](AgentReport &r) { r.health = ComponentHealth{}; }, {});
        row("health, first start", [](AgentReport &r) { r.health = runningHealth(); }, {.healthChanged = true});
        row("effective config, same", [](AgentReport &r) { r.effectiveConfig = effective(); },
            {.effectiveReported = true});
        row("remote config status", [](AgentReport &r) { r.remoteConfigStatus = RemoteConfigStatus{}; },
            {.remoteConfigReported = true});
        row("ST11 components",
            [](AgentReport &r) {
                r.availableComponents = AvailableComponents{ComponentsHash("h"), {}};
            },
            {.componentsReported = true});
        row("X1 components without a hash name nothing",
            [](AgentReport &r) { r.availableComponents = AvailableComponents{}; }, {});
        row("S18 the same bytes again", [](AgentReport &r) { r = fullReport(0); }, {.retry = true});
    }

    void tellsWhatChanged()
    {
        QFETCH(Change, bring);
        QFETCH(MergeFacts, facts);
        AgentReport report = heartbeat(1);
        bring(report);
        Merged merged = mergeReport(known(), report, atSecond(1));
        merged.facts.visiblyFull = false; // a fact of its own, see asksForFullState
        QCOMPARE(merged.facts, facts);
    }

    void answersRetriesWithoutProcessing()
    {
        // S18, X5d: same number and bytes. Nothing moves but the time it was seen.
        AgentReport report = heartbeat(1);
        report.health = runningHealth();
        Gateway once = mergeReport(known(), report, atSecond(1)).gateway;
        const Merged again = mergeReport(once, report, atSecond(9));
        QVERIFY(again.facts.retry);
        QVERIFY(!again.facts.askFullState);
        once.presence.lastSeen = atSecond(9);
        QCOMPARE(again.gateway, once);
        QVERIFY(!mergeReport(again.gateway, heartbeat(2), atSecond(10)).facts.askFullState);
    }

    void ignoresBareHeartbeats()
    {
        // X2: neither number nor capabilities are said, so neither is taken.
        Gateway gateway = known();
        for (int i = 1; i <= 3; ++i) {
            const Merged merged = mergeReport(gateway, bare(), atSecond(i));
            QVERIFY(!merged.facts.askFullState);
            gateway.presence.lastSeen = atSecond(i);
            QCOMPARE(merged.gateway, gateway);
            gateway = merged.gateway;
        }
        QVERIFY(!mergeReport(gateway, heartbeat(1), atSecond(4)).facts.askFullState);
    }

    void countsOnOverTheEnd()
    {
        Gateway gateway = known();
        gateway.sequence = std::numeric_limits<quint64>::max();
        AgentReport report = heartbeat(0);
        QVERIFY(!mergeReport(gateway, report, at()).facts.askFullState);
        QVERIFY(!mergeReport(gateway, report, at()).facts.numberedAnew);
    }

    void emptyHealth_data() // ST4, X11
    {
        QTest::addColumn<bool>("full");
        QTest::addColumn<quint64>("number"); // the one before is 7
        QTest::addColumn<bool>("comesBack");
        QTest::addColumn<bool>("counts");
        QTest::addColumn<bool>("stale");
        QTest::newRow("X11 it took other settings") << true << quint64(0) << true << false << true;
        QTest::newRow("X11 its connection broke after that") << true << quint64(8) << false << false << false;
        QTest::newRow("ST4 its supervisor began anew") << true << quint64(0) << false << true << false;
        QTest::newRow("ST4 its collector was stopped") << false << quint64(8) << false << true << false;
        QTest::newRow("X5 a gap") << true << quint64(10) << false << false << true;
    }

    void emptyHealth()
    {
        QFETCH(bool, full);
        QFETCH(quint64, number);
        QFETCH(bool, comesBack);
        QFETCH(bool, counts);
        QFETCH(bool, stale);
        Gateway gateway = known();
        gateway.sequence = 7;
        gateway.comesBack = comesBack;
        gateway.healthReport = {runningHealth(), at(), false};
        AgentReport report = full ? fullReport(number) : heartbeat(number);
        report.health = ComponentHealth{};
        const Merged merged = mergeReport(gateway, report, atSecond(1));
        QCOMPARE(merged.gateway.healthReport->value, counts ? ComponentHealth{} : runningHealth());
        QCOMPARE(merged.gateway.healthReport->stale, stale);
        QCOMPARE(merged.facts.healthChanged, counts);
        QVERIFY(!merged.gateway.comesBack || number != 0);
        // What it says itself counts always.
        report.health->lastError = u"exit code 1"_s;
        QCOMPARE(mergeReport(gateway, report, atSecond(1)).gateway.healthReport->value, *report.health);
    }

    void tellsWhoCountsAnew() // X5b, X11
    {
        Gateway gateway = known();
        QVERIFY(!mergeReport({}, heartbeat(5), at()).facts.numberedAnew); // never heard before
        gateway.sequence = 7;
        for (const quint64 number : {8, 9, 7})
            QVERIFY(!mergeReport(gateway, heartbeat(number), at()).facts.numberedAnew);
        QVERIFY(!mergeReport(gateway, bare(), at()).facts.numberedAnew); // says no number
        for (const quint64 number : {0, 1, 6})
            QVERIFY(mergeReport(gateway, heartbeat(number), at()).facts.numberedAnew);
    }

    void countsRestarts_data()
    {
        QTest::addColumn<QList<quint64>>("starts");
        QTest::addColumn<int>("restarts");
        using L = QList<quint64>;
        QTest::addRow("ST3 first start is none") << L{0, 5, 5} << 0;
        QTest::addRow("CM3 a newer start") << L{5, 0, 9} << 1;
        QTest::addRow("CM3 an older start: its clock was set back") << L{5, 0, 3} << 1;
        QTest::addRow("CM3 without a stop in between") << L{5, 3, 9} << 2;
        QTest::addRow("the same start after a stop") << L{5, 0, 5} << 0;
        QTest::addRow("stopped and not back") << L{5, 0, 0} << 0;
        QTest::addRow("twice") << L{5, 0, 9, 0, 11} << 2;
        QTest::addRow("X17 over the signed range") << L{1, 1ULL << 63} << 1;
    }

    void countsRestarts()
    {
        QFETCH(QList<quint64>, starts);
        QFETCH(int, restarts);
        Gateway gateway = known();
        quint64 sequence = 0;
        int told = 0;
        for (const quint64 start : starts) {
            AgentReport report = heartbeat(++sequence);
            report.health = runningHealth(start);
            const Merged merged = mergeReport(gateway, report, at());
            told += merged.facts.restarted ? 1 : 0;
            gateway = merged.gateway;
        }
        QCOMPARE(gateway.restarts, restarts);
        QCOMPARE(told, restarts);
    }

    void keepsTheUidAsItCame()
    {
        // X3: the key is 16 bytes, the reply repeats the text.
        AgentReport report = heartbeat(1);
        report.wireUid = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
        QCOMPARE(mergeReport(known(), report, at()).gateway.wireUid, report.wireUid);
    }
};

QTEST_GUILESS_MAIN(TestMergeReport)
#include "tst_mergereport.moc"
