// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/moment.h"

#include <QTest>

using namespace flowgate::domain;

namespace {

WallTime at(qint64 ms)
{
    return WallTime(milliseconds(ms));
}

using Spans = std::vector<Span>;

} // namespace

Q_DECLARE_METATYPE(Spans)
Q_DECLARE_METATYPE(PastStates)

class TestMoment final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tellsStates_data();
    void tellsStates();
    void hidesWhatNobodySaw();
};

void TestMoment::tellsStates_data()
{
    QTest::addColumn<Spans>("spans");
    QTest::addColumn<PastStates>("expected");
    const Span lost{SpanKind::Presence, QStringLiteral("lost"), at(100), at(200), {}};
    const Span sick{SpanKind::Health, QStringLiteral("unhealthy"), at(100), {}, QStringLiteral("no disk")};
    const Span drifted{SpanKind::Config, QStringLiteral("drifted"), at(150), at(151), QStringLiteral("base@3")};
    QTest::addRow("no span: nothing is known") << Spans{} << PastStates{};
    QTest::addRow("all three, with their reasons")
        << Spans{lost, sick, drifted}
        << PastStates{Standing<PresenceState>{PresenceState::Lost, at(100), {}},
                      Standing<HealthState>{HealthState::Unhealthy, at(100), QStringLiteral("no disk")},
                      Standing<ConfigState>{ConfigState::Drifted, at(150), QStringLiteral("base@3")}};
    QTest::addRow("one alone says nothing of the others")
        << Spans{lost} << PastStates{Standing<PresenceState>{PresenceState::Lost, at(100), {}}, {}, {}};
    QTest::addRow("those of other times do not count")
        << Spans{{SpanKind::Presence, QStringLiteral("left"), at(0), at(150), {}},
                 {SpanKind::Health, QStringLiteral("healthy"), at(151), {}, {}}}
        << PastStates{};
    QTest::addRow("an unknown word is no state")
        << Spans{{SpanKind::Health, QStringLiteral("dizzy"), at(0), {}, {}}} << PastStates{};
    QTest::addRow("of two that overlap the later one counts")
        << Spans{{SpanKind::Presence, QStringLiteral("left"), at(120), {}, {}}, lost}
        << PastStates{Standing<PresenceState>{PresenceState::Left, at(120), {}}, {}, {}};
}

void TestMoment::tellsStates()
{
    QFETCH(Spans, spans);
    QFETCH(PastStates, expected);
    QVERIFY(statesAt(spans, at(150)) == expected);
    QCOMPARE(expected.areKnown(), expected != PastStates{});
}

void TestMoment::hidesWhatNobodySaw()
{
    PastStates states{Standing<PresenceState>{PresenceState::Connected, at(100), {}},
                      Standing<HealthState>{HealthState::Unhealthy, at(100), QStringLiteral("no disk")},
                      Standing<ConfigState>{ConfigState::InSync, at(100), {}}};
    const PastStates hidden = unobserved(states, at(140));
    QVERIFY(hidden.presence == (Standing<PresenceState>{PresenceState::NotObserved, at(140), {}}));
    QVERIFY(hidden.health == (Standing<HealthState>{HealthState::NotObserved, at(140), {}}));
    QVERIFY(hidden.config == states.config);
    QVERIFY(unobserved({}, at(140)) == PastStates{});
}

QTEST_GUILESS_MAIN(TestMoment)
#include "tst_moment.moc"
