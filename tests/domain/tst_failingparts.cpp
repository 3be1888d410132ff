// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/failingparts.h"
#include "tests/domain/samples.h"

using namespace flowgate::tests;

namespace {

ComponentHealth node(bool healthy, const char *status = "", const char *error = "")
{
    return {healthy, 0, QString::fromLatin1(error), QString::fromLatin1(status), 0, {}};
}

ComponentHealth with(ComponentHealth parent, const char *name, ComponentHealth child)
{
    parent.components[QString::fromLatin1(name)] = std::move(child);
    return parent;
}

QString textOf(const FailingParts &parts)
{
    QStringList list;
    for (const auto &[path, reason] : parts)
        list.append(path + u" = "_s + reason);
    return list.join(u"; "_s);
}

} // namespace

class TestFailingParts final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void areTheDeepest_data()
    {
        QTest::addColumn<ComponentHealth>("health");
        QTest::addColumn<QString>("parts");
        const ComponentHealth refused = node(false, "StatusRecoverableError", "refused");
        QTest::newRow("ST3: well") << with(node(true), "a", node(true)) << QString();
        QTest::newRow("ST3: well as a whole, so no part is asked") << with(node(true), "a", refused) << QString();
        QTest::newRow("the root alone is the gateway's health") << node(false, "", "no collector") << QString();
        QTest::newRow("the deepest is listed, not what holds it")
            << with(node(false), "pipeline:logs",
                    with(with(refused, "exporter:otlp", refused), "receiver:otlp", node(true)))
            << u"pipeline:logs/exporter:otlp = StatusRecoverableError: refused"_s;
        QTest::newRow("two of them") << with(with(node(false), "a", refused), "b", node(false, "StatusFatalError"))
                                     << u"a = StatusRecoverableError: refused; b = StatusFatalError"_s;
        QTest::newRow("one that starts is no trouble")
            << with(node(false), "a", node(false, "StatusStarting")) << QString();
        QTest::newRow("one that starts with an error is")
            << with(node(false), "a", node(false, "StatusStarting", "x")) << u"a = StatusStarting: x"_s;
        QTest::newRow("no words at all") << with(node(false), "a", node(false)) << u"a = "_s;
    }
    void areTheDeepest()
    {
        QFETCH(ComponentHealth, health);
        QFETCH(QString, parts);
        QCOMPARE(textOf(failingParts(health)), parts);
    }

    // Anyone can reach the port.
    void aHostileTreeIsBounded()
    {
        ComponentHealth wide = node(false);
        for (int i = 0; i < 10'000; ++i)
            wide.components[QString::number(i)] = node(false, "", "x");
        QCOMPARE(failingParts(wide).size(), mostFailingParts);
        ComponentHealth deep = node(false, "", "the end");
        for (int i = 0; i < 60; ++i)
            deep = with(node(false), "part", deep);
        const FailingParts found = failingParts(deep);
        QCOMPARE(found.size(), size_t(1));
        QVERIFY(found.begin()->first.size() < 200);
    }

    void spansFollow()
    {
        OpenParts open;
        const auto step = [&open](const FailingParts &failing, qint64 ms) {
            QStringList told;
            for (const SpanStep &one : advanceParts(open, failing, at(ms))) {
                if (one.closed)
                    told.append(u"- "_s + one.closed->part + u' ' + one.closed->detail);
                if (one.opened)
                    told.append(u"+ "_s + one.opened->part + u' ' + one.opened->detail);
            }
            return told.join(u", "_s);
        };
        QCOMPARE(step({}, 0), QString());
        QCOMPARE(step({{u"a"_s, u"x"_s}}, 1), u"+ a x"_s);
        QCOMPARE(step({{u"a"_s, u"x"_s}}, 2), QString());
        QCOMPARE(step({{u"a"_s, u"x"_s}, {u"b"_s, u"y"_s}}, 3), u"+ b y"_s);
        QCOMPARE(step({{u"a"_s, u"z"_s}, {u"b"_s, u"y"_s}}, 4), u"- a x, + a z"_s);
        QCOMPARE(step({{u"b"_s, u"y"_s}}, 5), u"- a z"_s);
        QCOMPARE(step({}, 6), u"- b y"_s);
        QVERIFY(open.empty());
    }

    // The wall clock may step back: no span ends before it begins.
    void theClockStepsBack()
    {
        OpenParts open;
        static_cast<void>(advanceParts(open, {{u"a"_s, {}}}, at(100)));
        const std::vector<SpanStep> steps = advanceParts(open, {}, at(50));
        QCOMPARE(steps.size(), size_t(1));
        QCOMPARE(*steps.front().closed->to, at(100));
    }
};

QTEST_GUILESS_MAIN(TestFailingParts)
#include "tst_failingparts.moc"
