// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/decideoffer.h"
#include "tests/domain/samples.h"

#include <functional>

using namespace flowgate::tests;

namespace {

using Change = std::function<void(Gateway &)>;

void setOutcome(Gateway &gateway, char hash, OfferOutcome::State state)
{
    gateway.outcomes.insert(configHash(hash), {state, at(), at(), {}});
}

QString text(const OfferDecision &decision)
{
    if (const auto *send = std::get_if<Send>(&decision))
        return u"send "_s + QString(QChar::fromLatin1(send->hash.bytes().at(0)));
    switch (std::get<Hold>(decision)) {
    case Hold::Unmanaged:
        return u"unmanaged"_s;
    case Hold::NotApproved:
        return u"not approved"_s;
    case Hold::OnBootstrap:
        return u"on bootstrap"_s;
    case Hold::NotAccepted:
        return u"not accepted"_s;
    case Hold::InSync:
        return u"in sync"_s;
    case Hold::Applying:
        return u"applying"_s;
    case Hold::FailedBefore:
        return u"failed before"_s;
    case Hold::AwaitingStatus:
        return u"awaiting status"_s;
    case Hold::AwaitingFullState:
        return u"awaiting full state"_s;
    case Hold::KeepsReportingAnother:
        return u"keeps reporting another"_s;
    }
    return {};
}

} // namespace

class TestDecideOffer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// B is wanted, unless the row says otherwise.
    void decides_data()
    {
        using State = OfferOutcome::State;
        QTest::addColumn<Change>("change");
        QTest::addColumn<bool>("sent");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, bool sent, const QString &expected, const Change &change) {
            QTest::addRow("%s", name) << change << sent << expected;
        };
        row("nothing wanted", false, u"unmanaged"_s, [](Gateway &g) { g.wanted.reset(); });
        row("CS14 pending", false, u"not approved"_s, [](Gateway &g) { g.admission = Admission::Pending; });
        row("CS14 rejected", false, u"not approved"_s, [](Gateway &g) { g.admission = Admission::Rejected; });
        row("CS15 with a bootstrap token", false, u"on bootstrap"_s, [](Gateway &g) { g.presence.onBootstrap = true; });
        row("RC1 does not accept", false, u"not accepted"_s,
            [](Gateway &g) { g.capabilities = without(Capability::AcceptsRemoteConfig); });
        row("S11 only bit 0x1", false, u"not accepted"_s, [](Gateway &g) { g.capabilities = Capabilities(1); });
        row("X2 capabilities not said yet", false, u"not accepted"_s, [](Gateway &g) { g.capabilities = {}; });
        row("RC4 never reported, not sent", false, u"send B"_s, [](Gateway &) {});
        row("RC4 never reported, sent on this connection", true, u"awaiting status"_s, [](Gateway &) {});
        row("ST6 empty hash", false, u"send B"_s, [](Gateway &g) { reportStatus(g, {}, ApplyStatus::Unset); });
        row("RC4 empty hash, sent", true, u"awaiting status"_s,
            [](Gateway &g) { reportStatus(g, {}, ApplyStatus::Unset); });
        row("ST6 other hash", false, u"send B"_s,
            [](Gateway &g) { reportStatus(g, configHash('A'), ApplyStatus::Applied); });
        row("RC4 other hash, sent", true, u"awaiting status"_s,
            [](Gateway &g) { reportStatus(g, configHash('A'), ApplyStatus::Applied); });
        row("ST6 a hash that only begins alike", false, u"send B"_s,
            [](Gateway &g) { reportStatus(g, ConfigHash(QByteArray(31, 'B')), ApplyStatus::Applied); });
        row("RC3 applied", false, u"in sync"_s,
            [](Gateway &g) { reportStatus(g, configHash('B'), ApplyStatus::Applied); });
        row("RC3 applying", false, u"applying"_s,
            [](Gateway &g) { reportStatus(g, configHash('B'), ApplyStatus::Applying); });
        row("ST7 received, no outcome yet", false, u"awaiting status"_s,
            [](Gateway &g) { reportStatus(g, configHash('B'), ApplyStatus::Unset); });
        row("S20 a status of the future: it has the hash", false, u"awaiting status"_s,
            [](Gateway &g) { reportStatus(g, configHash('B'), static_cast<ApplyStatus>(99)); });
        row("ST7 failed", false, u"failed before"_s, [](Gateway &g) {
            reportStatus(g, configHash('B'), ApplyStatus::Failed);
            setOutcome(g, 'B', State::Failed);
        });
        row("X6a failed, and another is applied now", false, u"failed before"_s, [](Gateway &g) {
            reportStatus(g, configHash('A'), ApplyStatus::Applied);
            setOutcome(g, 'B', State::Failed);
        });
        row("X6a judged as failed by us, though it says applied", false, u"failed before"_s, [](Gateway &g) {
            reportStatus(g, configHash('B'), ApplyStatus::Applied);
            setOutcome(g, 'B', State::Failed);
        });
        row("X6a a person retries: once more", false, u"send B"_s,
            [](Gateway &g) { reportStatus(g, configHash('B'), ApplyStatus::Failed); });
        row("X6a a person retries: once", true, u"awaiting status"_s, [](Gateway &g) {
            reportStatus(g, configHash('B'), ApplyStatus::Failed);
            setOutcome(g, 'B', State::Sent);
        });
        row("X6a the content changed", false, u"send C"_s, [](Gateway &g) {
            reportStatus(g, configHash('B'), ApplyStatus::Failed);
            setOutcome(g, 'B', State::Failed);
            g.wanted = configRef('C');
        });
        row("X6a way back after a failure", false, u"send A"_s, [](Gateway &g) {
            reportStatus(g, configHash('B'), ApplyStatus::Failed);
            setOutcome(g, 'A', State::Applied);
            setOutcome(g, 'B', State::Failed);
            g.wanted = configRef('A');
        });
        row("X7 offered while it was away, changed back before it returned", false, u"in sync"_s, [](Gateway &g) {
            reportStatus(g, configHash('A'), ApplyStatus::Applied);
            setOutcome(g, 'B', State::Sent);
            g.wanted = configRef('A');
        });
        row("unanswered: offered again on a new connection", false, u"send B"_s,
            [](Gateway &g) { setOutcome(g, 'B', State::Unanswered); });
        row("RC4 never confirms: not with each reply", true, u"awaiting status"_s,
            [](Gateway &g) { g.capabilities = without(Capability::ReportsRemoteConfig); });
        row("X4 reports a status it never announced", false, u"in sync"_s, [](Gateway &g) {
            g.capabilities = without(Capability::ReportsRemoteConfig);
            reportStatus(g, configHash('B'), ApplyStatus::Applied);
        });
    }

    void decides()
    {
        QFETCH(Change, change);
        QFETCH(bool, sent);
        QFETCH(QString, expected);
        Gateway gateway = sampleGateway();
        gateway.wanted = configRef('B');
        change(gateway);
        if (sent && !gateway.outcomes.contains(configHash('B')))
            setOutcome(gateway, 'B', OfferOutcome::State::Sent);
        QCOMPARE(text(decideOffer(gateway, {sent, false, atSecond(40)})), expected);
    }

    // Another hash is reported on the connection on which B was sent 100 s ago.
    void offersAgainWhatTheGatewayLeft_data()
    {
        using State = OfferOutcome::State;
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const QString &expected, const Change &change) {
            QTest::addRow("%s", name) << change << expected;
        };
        const auto reports = [](State state, char hash, ApplyStatus status, qint64 second) {
            return [=](Gateway &g) {
                g.outcomes.insert(configHash('B'), {state, at(), at(), {}});
                reportStatus(g, hash == '\0' ? ConfigHash() : configHash(hash), status, atSecond(second));
            };
        };
        const auto repeated = [](Change change, size_t times, qint64 second) {
            return [=](Gateway &g) {
                change(g);
                for (size_t i = 0; i < times; ++i)
                    noteRepeat(g.repeats, configHash('B'), atSecond(second));
            };
        };
        const Change left = reports(State::Applied, 'A', ApplyStatus::Applied, 90);
        row("ST6 it had applied B and reports A", u"send B again"_s, left);
        row("ST6 whatever the status of A", u"send B again"_s, reports(State::Applied, 'A', ApplyStatus::Failed, 90));
        row("ST6 it reports that it never had one", u"send B again"_s,
            reports(State::Applied, '\0', ApplyStatus::Unset, 90));
        row("RC4 an older hash is no answer while the offer is under way", u"awaiting status"_s, [](Gateway &g) {
            g.outcomes.insert(configHash('B'), {State::Sent, atSecond(60), atSecond(60), {}});
            reportStatus(g, configHash('A'), ApplyStatus::Applied, atSecond(90));
        });
        row("nor while B is being applied", u"awaiting status"_s, [](Gateway &g) {
            g.outcomes.insert(configHash('B'), {State::Applying, atSecond(60), atSecond(61), {}});
            reportStatus(g, configHash('A'), ApplyStatus::Applied, atSecond(90));
        });
        row("the offer had its time", u"send B again"_s, reports(State::Sent, 'A', ApplyStatus::Applied, 90));
        row("reported before the offer went out", u"awaiting status"_s, [](Gateway &g) {
            g.outcomes.insert(configHash('B'), {State::Sent, at(), at(), {}});
            reportStatus(g, configHash('A'), ApplyStatus::Applied, at(-1));
        });
        row("X6a it failed there", u"failed before"_s, reports(State::Failed, 'A', ApplyStatus::Applied, 90));
        row("its target is unanswered", u"awaiting status"_s,
            reports(State::Unanswered, 'A', ApplyStatus::Applied, 90));
        row("RC9 three times within an hour", u"send B again"_s, repeated(left, 2, 50));
        row("RC9 not a fourth time", u"keeps reporting another"_s, repeated(left, 3, 50));
        row("an hour later it counts anew", u"send B again"_s, repeated(left, 3, -3600));
        row("RC9 another version counts anew", u"send C"_s, [repeated, left](Gateway &g) {
            repeated(left, 3, 50)(g);
            g.wanted = configRef('C');
            g.outcomes.remove(configHash('C'));
        });
    }

    void offersAgainWhatTheGatewayLeft()
    {
        QFETCH(Change, change);
        QFETCH(QString, expected);
        Gateway gateway = sampleGateway();
        gateway.wanted = configRef('B');
        change(gateway);
        const bool sent = gateway.wanted->hash == configHash('B');
        const OfferDecision decision = decideOffer(gateway, {sent, false, atSecond(100)});
        const auto *send = std::get_if<Send>(&decision);
        QCOMPARE(text(decision) + (send && send->isRepeat ? u" again"_s : QString()), expected);
    }

    // S8, X5a: nothing is offered while the full state is asked for and not there.
    void waitsForTheFullState_data()
    {
        QTest::addColumn<Change>("change");
        QTest::addColumn<qint64>("second"); // after it connected
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, qint64 second, const QString &expected, const Change &change) {
            QTest::addRow("%s", name) << change << second << expected;
        };
        const auto known = [](Gateway &g) {
            reportStatus(g, configHash('A'), ApplyStatus::Applied);
            reportEffective(g, false);
            g.description = {AgentDescription{}, at(), false};
        };
        const QString waits = u"awaiting full state"_s;
        row("all is fresh", 1, u"send B"_s, known);
        row("the status is from before a gap", 10'000, waits, [known](Gateway &g) {
            known(g);
            g.remoteConfig->stale = true;
        });
        row("the effective config is", 10'000, waits, [known](Gateway &g) {
            known(g);
            g.effective->stale = true;
        });
        row("the description is", 10'000, waits, [known](Gateway &g) {
            known(g);
            g.description->stale = true;
        });
        row("X4b a part that it does not announce cannot be asked for", 1, u"send B"_s, [known](Gateway &g) {
            known(g);
            g.capabilities = without(Capability::ReportsRemoteConfig);
            g.remoteConfig->stale = true;
        });
        row("nothing is known of it yet", 29, waits, [](Gateway &) {});
        row("X4b it does not answer when it is asked", 30, u"send B"_s, [](Gateway &) {});
        row("ST2 it has no description", 1, u"send B"_s, [](Gateway &g) { reportStatus(g, {}, ApplyStatus::Unset); });
    }

    void waitsForTheFullState()
    {
        QFETCH(Change, change);
        QFETCH(qint64, second);
        QFETCH(QString, expected);
        Gateway gateway = sampleGateway();
        gateway.wanted = configRef('B');
        change(gateway);
        QCOMPARE(text(decideOffer(gateway, {false, false, atSecond(second)})), expected);
    }

    // Asked to send once more: only where nothing but "applied" held it back.
    void sendsAgain_data()
    {
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const QString &expected, const Change &change) {
            QTest::addRow("%s", name) << change << expected;
        };
        row("applied by its word", u"send B"_s,
            [](Gateway &g) { reportStatus(g, configHash('B'), ApplyStatus::Applied); });
        row("RC3 still applying", u"applying"_s,
            [](Gateway &g) { reportStatus(g, configHash('B'), ApplyStatus::Applying); });
        row("X6a failed here", u"failed before"_s, [](Gateway &g) {
            reportStatus(g, configHash('B'), ApplyStatus::Applied);
            setOutcome(g, 'B', OfferOutcome::State::Failed);
        });
        row("RC1 does not accept", u"not accepted"_s, [](Gateway &g) {
            g.capabilities = without(Capability::AcceptsRemoteConfig);
            reportStatus(g, configHash('B'), ApplyStatus::Applied);
        });
        row("RC4 no word yet", u"awaiting status"_s, [](Gateway &) {});
    }

    void sendsAgain()
    {
        QFETCH(Change, change);
        QFETCH(QString, expected);
        Gateway gateway = sampleGateway();
        gateway.wanted = configRef('B');
        change(gateway);
        if (!gateway.outcomes.contains(configHash('B')))
            setOutcome(gateway, 'B', OfferOutcome::State::Sent);
        QCOMPARE(text(decideOffer(gateway, {true, true, atSecond(40)})), expected);
    }
};

QTEST_GUILESS_MAIN(TestDecideOffer)
#include "tst_decideoffer.moc"
