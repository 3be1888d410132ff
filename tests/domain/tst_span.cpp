// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/span.h"
#include "tests/domain/samples.h"

using namespace flowgate::tests;

namespace {

/// A state with the moment it was seen, in ms.
struct Seen
{
    qint64 ms;
    QString state;
    QString detail;
};

/// The spans that a sequence of states leaves, e.g. "starting 0-1500; healthy 1500-".
QString history(const std::vector<Seen> &sequence)
{
    std::vector<Span> closed;
    std::optional<Span> open;
    for (const Seen &seen : sequence) {
        const SpanStep step = advanceSpan(open, SpanKind::Health, seen.state, seen.detail, at(seen.ms));
        if (step.closed)
            closed.push_back(*step.closed);
        if (step.opened)
            open = step.opened;
    }
    QStringList parts;
    const auto ms = [](WallTime time) { return QString::number((time - at()).count()); };
    for (const Span &span : closed)
        parts.append(span.state + u' ' + ms(span.from) + u'-' + ms(*span.to));
    if (open)
        parts.append(open->state + u' ' + ms(open->from) + u'-' + (open->to ? u"?"_s : QString()));
    return parts.join(u"; "_s);
}

} // namespace

class TestSpan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsHistory_data()
    {
        QTest::addColumn<std::vector<Seen>>("sequence");
        QTest::addColumn<QString>("spans");
        using S = std::vector<Seen>;
        QTest::addRow("first state") << S{{0, u"healthy"_s, {}}} << u"healthy 0-"_s;
        QTest::addRow("only changes make spans")
            << S{{0, u"healthy"_s, {}}, {5000, u"healthy"_s, {}}, {9000, u"healthy"_s, {}}} << u"healthy 0-"_s;
        QTest::addRow("a change") << S{{0, u"healthy"_s, {}}, {5000, u"stopping"_s, {}}}
                                  << u"healthy 0-5000; stopping 5000-"_s;
        QTest::addRow("another reason is a change")
            << S{{0, u"unhealthy"_s, u"a"_s}, {5000, u"unhealthy"_s, u"b"_s}} << u"unhealthy 0-5000; unhealthy 5000-"_s;
        QTest::addRow("burst of a start is one change")
            << S{{0, u"starting"_s, {}}, {20, u"stopping"_s, {}}, {30, u"starting"_s, {}}, {40, u"healthy"_s, {}}}
            << u"healthy 0-"_s;
        QTest::addRow("burst after a long state leaves it") << S{{0, u"healthy"_s, {}},
                                                                 {60'000, u"stopping"_s, {}},
                                                                 {60'020, u"starting"_s, {}},
                                                                 {60'040, u"healthy"_s, u"x"_s}}
                                                            << u"healthy 0-60000; healthy 60000-"_s;
        QTest::addRow("999 ms are a burst") << S{{0, u"starting"_s, {}}, {999, u"healthy"_s, {}}} << u"healthy 0-"_s;
        QTest::addRow("1000 ms are not") << S{{0, u"starting"_s, {}}, {1000, u"healthy"_s, {}}}
                                         << u"starting 0-1000; healthy 1000-"_s;
        for (const QString &kept : {u"unhealthy"_s, u"failed"_s, u"lost"_s, u"left"_s}) {
            QTest::addRow("never merged away: %s", qPrintable(kept))
                << S{{0, u"starting"_s, {}}, {10, kept, {}}, {20, u"healthy"_s, {}}} << kept + u" 0-20; healthy 20-"_s;
        }
        QTest::addRow("two reasons within a burst are both kept")
            << S{{0, u"unhealthy"_s, u"a"_s}, {10, u"unhealthy"_s, u"b"_s}, {20, u"healthy"_s, {}}}
            << u"unhealthy 0-10; unhealthy 10-20; healthy 20-"_s;
        QTest::addRow("clock stepped back: no end before its beginning")
            << S{{0, u"unhealthy"_s, {}}, {-5000, u"healthy"_s, {}}} << u"unhealthy 0-0; healthy 0-"_s;
        QTest::addRow("clock stepped back: a long state is not taken for a short one")
            << S{{0, u"healthy"_s, {}}, {-5000, u"stopping"_s, {}}} << u"healthy 0-0; stopping 0-"_s;
        QTest::addRow("clock stepped back a little within a burst")
            << S{{0, u"starting"_s, {}}, {-20, u"healthy"_s, {}}} << u"healthy 0-"_s;
    }

    void keepsHistory()
    {
        QFETCH(std::vector<Seen>, sequence);
        QFETCH(QString, spans);
        QCOMPARE(history(sequence), spans);
    }

    void tellsReplacementFromSuccession()
    {
        const Span open{SpanKind::Config, u"offered"_s, at(), {}, {}};
        const SpanStep replaced = advanceSpan(open, SpanKind::Config, u"applying"_s, u"why"_s, at(500));
        QCOMPARE(replaced, (SpanStep{{}, Span{SpanKind::Config, u"applying"_s, at(), {}, u"why"_s}, true}));
        const SpanStep next = advanceSpan(open, SpanKind::Config, u"applying"_s, u"why"_s, at(5000));
        QCOMPARE(next, (SpanStep{Span{SpanKind::Config, u"offered"_s, at(), at(5000), {}},
                                 Span{SpanKind::Config, u"applying"_s, at(5000), {}, u"why"_s}, false}));
        QCOMPARE(advanceSpan(open, SpanKind::Config, u"offered"_s, {}, at(5000)), SpanStep{});
    }
};

QTEST_GUILESS_MAIN(TestSpan)
#include "tst_span.moc"
