// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/verdict.h"
#include "tests/domain/samples.h"

#include <functional>

using namespace flowgate::tests;

namespace {

using Change = std::function<void(Gateway &)>;

void fail(Gateway &gateway)
{
    gateway.outcomes.insert(configHash('B'), {OfferOutcome::State::Failed, at(), at(), u"bad port"_s});
}

} // namespace

class TestVerdict : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judges_data()
    {
        QTest::addColumn<Change>("change");
        QTest::addColumn<QStringList>("missing");
        QTest::addColumn<QString>("verdict");
        QTest::addColumn<QString>("reason"); // a part of it
        QTest::addColumn<bool>("blocks");
        const auto row = [](const char *name, const QString &verdict, bool blocks, const QString &reason,
                            const Change &change, const QStringList &missing = {}) {
            QTest::addRow("%s", name) << change << missing << verdict << reason << blocks;
        };
        const QStringList kafka{u"receivers/kafka"_s, u"exporters/kafka"_s};
        row("ok", u"ok"_s, false, {}, [](Gateway &) {});
        row("not approved", u"not_approved"_s, true, u"not approved"_s,
            [](Gateway &g) { g.admission = Admission::Pending; });
        row("RC1", u"not_accepted"_s, true, u"AcceptsRemoteConfig"_s,
            [](Gateway &g) { g.capabilities = without(Capability::AcceptsRemoteConfig); });
        row(
            "lacks a component", u"lacks_component"_s, true, u"receivers/kafka, exporters/kafka"_s, [](Gateway &) {},
            kafka);
        row("X6a failed before", u"failed_before"_s, true, u"bad port"_s, [](Gateway &g) { fail(g); });
        row("already has it", u"already_has"_s, false, u"runs this version"_s, [](Gateway &g) {
            g.wanted = configRef('B');
            g.config.state = ConfigState::InSync;
        });
        row("in sync with another", u"ok"_s, false, {}, [](Gateway &g) {
            g.wanted = configRef('A');
            g.config.state = ConfigState::InSync;
        });
        row("wanted, but not in sync", u"ok"_s, false, {}, [](Gateway &g) {
            g.wanted = configRef('B');
            g.config.state = ConfigState::Drifted;
        });
        for (const PresenceState away :
             {PresenceState::Silent, PresenceState::Lost, PresenceState::Left, PresenceState::NotObserved}) {
            row(qPrintable(u"offline: "_s + word(away)), u"offline"_s, false, u"when it returns"_s,
                [away](Gateway &g) { g.presence.state = away; });
        }
        row("cannot prove: status", u"cannot_prove"_s, false, u"remote config status"_s,
            [](Gateway &g) { g.capabilities = without(Capability::ReportsRemoteConfig); });
        row("cannot prove: effective", u"cannot_prove"_s, false, u"effective config"_s,
            [](Gateway &g) { g.capabilities = without(Capability::ReportsEffectiveConfig); });
        row("cannot prove: health", u"cannot_prove"_s, false, u"health"_s,
            [](Gateway &g) { g.capabilities = without(Capability::ReportsHealth); });
        row("cannot prove: anything", u"cannot_prove"_s, false, u"remote config status, effective config, health"_s,
            [](Gateway &g) { g.capabilities = Capabilities(3); });
        // The order: what cannot be helped comes first.
        const Change everything = [](Gateway &g) {
            g.capabilities = Capabilities(3);
            g.presence.state = PresenceState::Lost;
            fail(g);
        };
        row(
            "order: not approved first", u"not_approved"_s, true, {},
            [=](Gateway &g) {
                everything(g);
                g.admission = Admission::Rejected;
                g.capabilities = Capabilities(1);
            },
            kafka);
        row(
            "order: not accepted before a component", u"not_accepted"_s, true, {},
            [=](Gateway &g) {
                everything(g);
                g.capabilities = Capabilities(1);
            },
            kafka);
        row("order: a component before failed", u"lacks_component"_s, true, {}, everything, kafka);
        row("order: failed before offline", u"failed_before"_s, true, {}, everything);
        row("order: offline before cannot prove", u"offline"_s, false, {}, [=](Gateway &g) {
            everything(g);
            g.outcomes.clear();
        });
    }

    void judges()
    {
        QFETCH(Change, change);
        QFETCH(QStringList, missing);
        QFETCH(QString, verdict);
        QFETCH(QString, reason);
        QFETCH(bool, blocks);
        Gateway gateway = sampleGateway();
        change(gateway);
        const Judgement judgement = judge(gateway, configRef('B'), missing);
        QCOMPARE(word(judgement.verdict), verdict);
        QVERIFY2(judgement.reason.contains(reason), qPrintable(judgement.reason));
        QCOMPARE(judgement.reason.isEmpty(), verdict == u"ok");
        QCOMPARE(isBlocking(judgement.verdict), blocks);
    }
};

QTEST_GUILESS_MAIN(TestVerdict)
#include "tst_verdict.moc"
