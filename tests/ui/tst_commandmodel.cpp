// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/commandmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace flowgate::models;
using Kind = Command::Kind;

class TestCommandModel final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void finds_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QList<int>>("positions"); // {-1}: does not fit
        const auto row = [](const char *what, const char *pattern, const char *text, const QList<int> &positions) {
            QTest::addRow("%s", what) << QString::fromUtf8(pattern) << QString::fromUtf8(text) << positions;
        };
        row("nothing typed fits anything", "", "Roll out", {});
        row("nothing fits nothing", "a", "", {-1});
        row("beginning", "rol", "Roll out", {0, 1, 2});
        row("initials of words", "ro", "Resume rollout of", {7, 8});
        row("letters of words", "rb", "Roll back", {0, 5});
        row("in order only", "br", "Roll back", {-1});
        row("case does not matter", "LAB", "lab-1", {0, 1, 2});
        row("a word's beginning before its middle", "in", "main in", {5, 6});
        row("words in any order", "out roll", "Roll out", {0, 1, 2, 3, 5, 6, 7});
        row("each word must be there", "roll x", "Roll out", {-1});
        row("through a gap", "eb2", "edge-ber-02", {0, 5, 10});
        row("not only letters", "2-0", "edge-2-03", {5, 6, 7});
        row("umlauts", "grö", "Größe", {0, 1, 2});
        row("longer than the text", "abcd", "abc", {-1});
        row("surrogates do no harm", "\xf0\x9f\x98\x80", "a \xf0\x9f\x98\x80", {2, 3});
    }

    void finds()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, text);
        QFETCH(QList<int>, positions);
        const auto match = fuzzyMatch(folded(pattern), folded(text));
        if (positions == QList<int>{-1}) {
            QVERIFY(!match);
            return;
        }
        QVERIFY(match);
        QCOMPARE(QList<int>(match->positions.begin(), match->positions.end()), positions);
    }

    void ranks_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("better");
        QTest::addColumn<QString>("worse");
        const auto row = [](const char *what, const QString &pattern, const QString &better, const QString &worse) {
            QTest::addRow("%s", what) << pattern << better << worse;
        };
        const auto s = [](const char *text) { return QString::fromLatin1(text); };
        row("beginning before middle", s("ed"), s("edge"), s("faded"));
        row("in one piece before pieces", s("base"), s("base"), s("b-a-s-e"));
        row("word before inside of a word", s("out"), s("roll out"), s("route out") + s("s").repeated(80));
        row("short before long", s("gw"), s("gw-1"), s("gw-1 in the far north of the far and wide north"));
    }

    void ranks()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, better);
        QFETCH(QString, worse);
        const auto first = fuzzyMatch(pattern, better);
        const auto second = fuzzyMatch(pattern, worse);
        QVERIFY(first);
        QVERIFY(second);
        QVERIFY2(first->score > second->score, qPrintable(QString::number(first->score)));
    }

    void foldingKeepsThePlaces()
    {
        const QString text = QString::fromUtf8("Straße İ ŉ ﬁ X");
        QCOMPARE(folded(text).size(), text.size());
    }

    void narrowsDownAndWidensAgain()
    {
        CommandModel model;
        const QAbstractItemModelTester tester(&model);
        model.setCommands(
            {{Kind::Page, QStringLiteral("Fleet"), {}, {}, {}, {}},
             {Kind::Action, QStringLiteral("Forget"), QStringLiteral("Gateway"), {}, QStringLiteral("none chosen"), {}},
             {Kind::Gateway, QStringLiteral("lab-1"), QStringLiteral("env=forest"), {}, {}, {}}});
        QCOMPARE(model.rowCount(), 3);
        model.setPattern(QStringLiteral("for"));
        QCOMPARE(model.rowCount(), 2);
        // The title counts more than the detail.
        QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("Forget"));
        QCOMPARE(model.index(0, 0).data(CommandModel::PositionsRole).value<QList<int>>(), (QList<int>{0, 1, 2}));
        QCOMPARE(model.index(0, 0).data(CommandModel::WhyNotRole).toString(), QStringLiteral("none chosen"));
        QVERIFY(model.index(1, 0).data(CommandModel::PositionsRole).value<QList<int>>().isEmpty());
        model.setPattern(QStringLiteral("forest"));
        QCOMPARE(model.rowCount(), 1);
        model.setPattern(QStringLiteral("fl"));
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.commandAt(model.index(0, 0))->title, QStringLiteral("Fleet"));
        model.setPattern({});
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.index(2, 0).data().toString(), QStringLiteral("lab-1"));
        QVERIFY(!model.commandAt(model.index(3, 0)));
    }

    void aThousandthGatewayIsFound()
    {
        std::vector<Command> commands;
        for (int i = 0; i < 10'000; ++i)
            commands.push_back({Kind::Gateway,
                                QStringLiteral("edge-%1").arg(i),
                                QStringLiteral("env=lab"),
                                {},
                                {},
                                QString::number(i)});
        CommandModel model;
        model.setCommands(std::move(commands));
        QCOMPARE(model.rowCount(), CommandModel::mostShown);
        QCOMPARE(model.fittingCount(), 10'000);
        // As it is typed; each letter looks at what the last one left.
        for (const QString &typed : {QStringLiteral("e"), QStringLiteral("edge"), QStringLiteral("edge-9"),
                                     QStringLiteral("edge-987"), QStringLiteral("edge-9876")})
            model.setPattern(typed);
        QCOMPARE(model.fittingCount(), 1);
        QCOMPARE(model.commandAt(model.index(0, 0))->key, QStringLiteral("9876"));
        model.setPattern(QStringLiteral("9876 lab"));
        QCOMPARE(model.fittingCount(), 1);
        QBENCHMARK
        {
            model.setPattern(QStringLiteral("e9"));
            model.setPattern(QStringLiteral("x"));
        }
    }
};

QTEST_GUILESS_MAIN(TestCommandModel)
#include "tst_commandmodel.moc"
