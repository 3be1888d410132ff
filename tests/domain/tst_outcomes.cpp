// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/domain/reports.h"

using namespace flowgate::tests;

/// What is remembered of each hash that a gateway speaks of.
class TestOutcomes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void remembersOutcomes_data()
    {
        using State = OfferOutcome::State;
        QTest::addColumn<std::optional<State>>("before");
        QTest::addColumn<ApplyStatus>("reportedBefore");
        QTest::addColumn<ApplyStatus>("reported");
        QTest::addColumn<std::optional<State>>("after");
        const auto row = [](const char *name, std::optional<State> before, ApplyStatus reportedBefore,
                            ApplyStatus reported, std::optional<State> after) {
            QTest::addRow("%s", name) << before << reportedBefore << reported << after;
        };
        using A = ApplyStatus;
        row("ST7 applied", State::Sent, A::Unset, A::Applied, State::Applied);
        row("ST7 applying", State::Sent, A::Unset, A::Applying, State::Applying);
        row("ST7 failed", State::Sent, A::Unset, A::Failed, State::Failed);
        row("RC8 failed long after applied", State::Applied, A::Applied, A::Failed, State::Failed);
        row("a late answer", State::Unanswered, A::Unset, A::Applied, State::Applied);
        row("ST7 unset is no outcome", State::Sent, A::Unset, A::Unset, State::Sent);
        row("S20 an unknown status is no outcome", State::Sent, A::Unset, static_cast<A>(99), State::Sent);
        row("ST7 unset for a hash that we never sent is none either", std::nullopt, A::Unset, A::Unset, std::nullopt);
        row("X6a one that we never sent", std::nullopt, A::Unset, A::Failed, State::Failed);
        row("X6a a failure that we judged is not undone by hearing APPLIED again", State::Failed, A::Applied,
            A::Applied, State::Failed);
        row("X6a nor by APPLYING again", State::Failed, A::Applying, A::Applying, State::Failed);
        row("applied after all is news", State::Failed, A::Applying, A::Applied, State::Applied);
        row("failed again after it was sent again", State::Sent, A::Failed, A::Failed, State::Failed);
    }

    void remembersOutcomes()
    {
        QFETCH(std::optional<OfferOutcome::State>, before);
        QFETCH(ApplyStatus, reportedBefore);
        QFETCH(ApplyStatus, reported);
        QFETCH(std::optional<OfferOutcome::State>, after);
        Gateway gateway = known();
        if (before)
            gateway.outcomes.insert(configHash('B'), {*before, at(), at(), {}});
        reportStatus(gateway, configHash('B'), reportedBefore);
        AgentReport report = heartbeat(1);
        report.remoteConfigStatus = RemoteConfigStatus{configHash('B'), reported, {}};
        gateway = mergeReport(gateway, report, atSecond(5)).gateway;
        const auto outcome = gateway.outcomes.constFind(configHash('B'));
        QCOMPARE(outcome != gateway.outcomes.constEnd(), after.has_value());
        if (!after)
            return;
        QCOMPARE(static_cast<int>(outcome->state), static_cast<int>(*after));
        QCOMPARE(outcome->at, before == after && before ? at() : atSecond(5));
    }

    void forgetsStrangeHashesBeforeItGrows()
    {
        // SEC6: an agent may claim any hash. What we sent stays, whatever it claims.
        Gateway gateway = known();
        gateway.wanted = configRef('W');
        gateway.outcomes.insert(configHash('S'), {OfferOutcome::State::Failed, at(), at(), {}});
        gateway.outcomes.insert(configHash('W'), {OfferOutcome::State::Failed, {}, at(), {}});
        for (int i = 0; i < 5000; ++i) {
            AgentReport report = heartbeat(static_cast<quint64>(i) + 1);
            report.remoteConfigStatus =
                RemoteConfigStatus{ConfigHash("strange " + QByteArray::number(i)), ApplyStatus::Failed, {}};
            gateway = mergeReport(gateway, report, at(i)).gateway;
        }
        QVERIFY(gateway.outcomes.size() <= 200);
        QVERIFY(gateway.outcomes.contains(configHash('S')));
        QVERIFY(gateway.outcomes.contains(configHash('W')));
        QVERIFY(gateway.outcomes.contains(ConfigHash("strange 4999")));
    }
};

QTEST_GUILESS_MAIN(TestOutcomes)
#include "tst_outcomes.moc"
