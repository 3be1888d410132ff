// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/wavetext.h"
#include "ui/common/errortext.h"
#include "ui/common/relativetime.h"
#include "ui/common/theme.h"
#include "ui/common/visibletext.h"
#include "ui/common/words.h"

#include <QTest>

using namespace flowgate;
using namespace std::chrono_literals;

class TestUiText final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void oneLine_data()
    {
        QTest::addColumn<QString>("in");
        QTest::addColumn<QString>("out");
        QTest::addRow("plain text stays") << QStringLiteral("gw-1 ü 日本 😀") << QStringLiteral("gw-1 ü 日本 😀");
        QTest::addRow("escape is seen") << QStringLiteral("a\x1b[31m") << QStringLiteral("a\u241b[31m");
        QTest::addRow("line feed is seen") << QStringLiteral("a\nb") << QStringLiteral("a\u240ab");
        QTest::addRow("delete is seen") << QStringLiteral("a\x7f") << QStringLiteral("a\u2421");
        QTest::addRow("right-to-left override is named")
            << QStringLiteral("a\u202egnp") << QStringLiteral("a\u27e8U+202E\u27e9gnp");
        QTest::addRow("isolate is named") << QStringLiteral("\u2066x") << QStringLiteral("\u27e8U+2066\u27e9x");
        QTest::addRow("zero width is named") << QStringLiteral("a\u200bb") << QStringLiteral("a\u27e8U+200B\u27e9b");
        QTest::addRow("tag character is named")
            << QString::fromUcs4(U"a\U000E0041") << QStringLiteral("a\u27e8U+E0041\u27e9");
        QTest::addRow("lone surrogate is replaced") << QString(QChar(0xd800)) << QStringLiteral("\ufffd");
        QTest::addRow("NUL is seen") << QString(QChar(0)) << QStringLiteral("\u2400");
    }
    void oneLine()
    {
        QFETCH(QString, in);
        QFETCH(QString, out);
        QCOMPARE(common::oneLine(in), out);
    }

    void textIsCut()
    {
        QCOMPARE(common::oneLine(QStringLiteral("abcdef"), 3), QStringLiteral("abc\u2026"));
        QCOMPARE(common::oneLine(QStringLiteral("abc"), 3), QStringLiteral("abc"));
        QCOMPARE(common::manyLines(QStringLiteral("a\r\nb\tc")), QStringLiteral("a\nb\tc"));
        QCOMPARE(common::manyLines(QStringLiteral("a\rb")), QStringLiteral("a\u240db"));
    }

    void ages_data()
    {
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<QString>("text");
        QTest::addRow("ahead of us") << qint64(-5) << QStringLiteral("now");
        QTest::addRow("now") << qint64(0) << QStringLiteral("now");
        QTest::addRow("seconds") << qint64(59) << QStringLiteral("59 s");
        QTest::addRow("minutes") << qint64(14 * 60 + 59) << QStringLiteral("14 min");
        QTest::addRow("hours") << qint64(47 * 3600) << QStringLiteral("47 h");
        QTest::addRow("days") << qint64(5 * 86400) << QStringLiteral("5 d");
    }
    void ages()
    {
        QFETCH(qint64, seconds);
        QFETCH(QString, text);
        const domain::WallTime now{1'790'000'000'000ms};
        QCOMPARE(common::age(now - std::chrono::seconds(seconds), now), text);
    }

    void neverIsNoAge()
    {
        QCOMPARE(common::age({}, domain::WallTime{5s}), QStringLiteral("\u2013"));
        QCOMPARE(common::ago({}, domain::WallTime{5s}), QStringLiteral("never"));
        QCOMPARE(common::exactTime({}), QString());
    }

    void durations()
    {
        QCOMPARE(common::duration(125s), QStringLiteral("2 min 5 s"));
        QCOMPARE(common::duration(120s), QStringLiteral("2 min"));
        QCOMPARE(common::duration(1h), QStringLiteral("1 h"));
        QCOMPARE(common::duration(61min), QStringLiteral("1 h 1 min"));
        QCOMPARE(common::duration(48h), QStringLiteral("2 d"));
        QCOMPARE(common::duration(25h), QStringLiteral("1 d 1 h"));
        QCOMPARE(common::duration(3120ms), QStringLiteral("3.1 s"));
        QCOMPARE(common::duration(-3s), QStringLiteral("0 s"));
        for (const domain::milliseconds length : {domain::milliseconds(30s), domain::milliseconds(90s),
                                                  domain::milliseconds(1500ms), domain::milliseconds(0ms)})
            QCOMPARE(domain::durationFromText(common::durationInput(length)), std::optional(length));
    }

    void defaultWavesAreReadBack()
    {
        const domain::RolloutOptions options;
        const auto read = domain::wavesFromText(common::wavesText(options.waves));
        QVERIFY(read);
        QCOMPARE(*read, options.waves);
    }

    void everyStateHasAWord()
    {
        for (int i = 0; i <= static_cast<int>(domain::ConfigState::NotApproved); ++i)
            QVERIFY(!common::stateWord(static_cast<domain::ConfigState>(i)).word.isEmpty());
        for (int i = 0; i <= static_cast<int>(domain::HealthState::NotObserved); ++i)
            QVERIFY(!common::stateWord(static_cast<domain::HealthState>(i)).word.isEmpty());
        for (int i = 0; i <= static_cast<int>(domain::TargetStep::Skipped); ++i)
            QVERIFY(!common::stateWord(static_cast<domain::TargetStep>(i)).word.isEmpty());
        for (int i = 0; i <= static_cast<int>(domain::Verdict::NotApproved); ++i)
            QVERIFY(!common::stateWord(static_cast<domain::Verdict>(i)).word.isEmpty());
    }

    void everyFailureHasASentence()
    {
        for (int i = 0; i <= static_cast<int>(app::FailureCode::StoreFailed); ++i) {
            const QString text = common::text(app::Failure{static_cast<app::FailureCode>(i), QStringLiteral("ABOUT")});
            QVERIFY2(text.size() > 10, qPrintable(QString::number(i)));
        }
        const QString hostile = common::text(app::Failure{app::FailureCode::StoreFailed, QStringLiteral("x\u202ey")});
        QVERIFY(!hostile.contains(QChar(0x202e)));
    }

    void themeFollowsThePalette()
    {
        QVERIFY(!common::themeOf(common::lightTheme().palette()).dark);
        QVERIFY(common::themeOf(common::darkTheme().palette()).dark);
    }
};

QTEST_GUILESS_MAIN(TestUiText)
#include "tst_uitext.moc"
