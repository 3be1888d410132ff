// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/wavetext.h"

#include <QTest>

using namespace flowgate::domain;

class TestWaveText final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("written");
        const auto row = [](const char *name, const char *text, const char *written) {
            QTest::addRow("%s", name) << QString::fromLatin1(text) << QString::fromLatin1(written);
        };
        row("default", "1,50%,100%", "1,50%,100%");
        row("blanks around entries", " 1 ,\t50% ", "1,50%");
        row("a blank before %", "1,50 %", "1,50%");
        row("one share", "100%", "100%");
        row("counts and shares grow apart", "10%,2,20%,3", "10%,2,20%,3");
        row("the largest count", "2147483647", "2147483647");
        row("20 entries", "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20",
            "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20");
    }
    void reads()
    {
        QFETCH(QString, text);
        const auto waves = wavesFromText(text);
        QVERIFY2(waves, waves ? "" : qPrintable(explanation(waves.error())));
        QTEST(wavesText(*waves), "written");
        QCOMPARE(wavesFromText(wavesText(*waves)), waves);
        QCOMPARE(wavesFromEntries(text.split(u',')), waves);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<WaveError>("error");
        using Kind = WaveError::Kind;
        const auto row = [](const char *name, const QString &text, Kind kind, const char *entry) {
            QTest::addRow("%s", name) << text << WaveError{kind, QString::fromUtf8(entry)};
        };
        row("empty", {}, Kind::NotAWave, "");
        row("an entry is missing at the end", QStringLiteral("1,"), Kind::NotAWave, "");
        row("an entry is missing at the beginning", QStringLiteral(",1"), Kind::NotAWave, "");
        row("no gateway", QStringLiteral("0"), Kind::NotAWave, "0");
        row("no share", QStringLiteral("0%"), Kind::NotAWave, "0%");
        row("% alone", QStringLiteral("%"), Kind::NotAWave, "%");
        row("negative", QStringLiteral("-1"), Kind::NotAWave, "-1");
        row("a sign", QStringLiteral("+1"), Kind::NotAWave, "+1");
        row("a fraction", QStringLiteral("1.5"), Kind::NotAWave, "1.5");
        row("a word", QStringLiteral("1, all"), Kind::NotAWave, "all");
        row("a number that does not fit", QStringLiteral("99999999999"), Kind::NotAWave, "99999999999");
        row("other digits than 0 to 9", QString(QChar(0x661)), Kind::NotAWave, "\u0661");
        row("more than all", QStringLiteral("101%"), Kind::OverAll, "101%");
        row("counts fall", QStringLiteral("3, 2"), Kind::DoesNotGrow, "2");
        row("shares stay", QStringLiteral("50%,50%"), Kind::DoesNotGrow, "50%");
        row("shares fall behind a count", QStringLiteral("50%,7,20%"), Kind::DoesNotGrow, "20%");
        row("21 entries", QStringLiteral("1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21"), Kind::TooMany, "");
    }
    void refuses()
    {
        QFETCH(QString, text);
        QFETCH(WaveError, error);
        const auto waves = wavesFromText(text);
        QVERIFY(!waves);
        QVERIFY2(waves.error() == error, qPrintable(explanation(waves.error())));
        const QString said = explanation(waves.error());
        QVERIFY2(said.contains(error.entry) && said.contains(QStringLiteral("1,50%,100%")), qPrintable(said));
    }

    void aListIsNoWayAround()
    {
        QVERIFY(!wavesFromEntries({}));
        QVERIFY(!wavesFromEntries({QStringLiteral("1,50%")}));
        QVERIFY(!wavesFromEntries({QStringLiteral("50%"), QStringLiteral("20%")}));
    }
};

QTEST_APPLESS_MAIN(TestWaveText)
#include "tst_wavetext.moc"
