// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/textdiff.h"

#include <QRandomGenerator>
#include <QTest>

using namespace flowgate::collector;

namespace {

/// " a", "-b", "+c", one a line.
QByteArray show(const TextDiff &diff)
{
    QByteArray text;
    for (const DiffLine &line : diff.lines)
        text += (line.kind == DiffLine::Kind::Same    ? ' '
                 : line.kind == DiffLine::Kind::Added ? '+'
                                                      : '-') +
                line.text + '|';
    return text;
}

/// The texts that a diff was made of.
std::pair<QByteArray, QByteArray> undo(const TextDiff &diff)
{
    QByteArray before;
    QByteArray after;
    for (const DiffLine &line : diff.lines) {
        if (line.kind != DiffLine::Kind::Added)
            before += line.text + '\n';
        if (line.kind != DiffLine::Kind::Removed)
            after += line.text + '\n';
    }
    return {before, after};
}

QByteArray lines(const char *letters)
{
    QByteArray text;
    for (const char *c = letters; *c != '\0'; ++c)
        text += QByteArray(1, *c) + '\n';
    return text;
}

} // namespace

class TestTextDiff : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void compares_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *name, const QByteArray &before, const QByteArray &after, const char *expected) {
            QTest::addRow("%s", name) << before << after << QByteArray(expected);
        };
        row("nothing", "", "", "");
        row("equal", lines("abc"), lines("abc"), " a| b| c|");
        row("all new", "", lines("ab"), "+a|+b|");
        row("all gone", lines("ab"), "", "-a|-b|");
        row("one in the middle", lines("abc"), lines("axc"), " a|-b|+x| c|");
        row("insert", lines("ac"), lines("abc"), " a|+b| c|");
        row("remove", lines("abc"), lines("ac"), " a|-b| c|");
        row("Myers' example", lines("abcabba"), lines("cbabac"), "-a|-b| c|+b| a| b|-b| a|+c|");
        row("nothing in common", lines("ab"), lines("xy"), "-a|-b|+x|+y|");
        row("line end at the end", "a\nb", "a\nb\n", " a|-b|+b|");
        row("Windows line ends", "a\r\n", "a\n", "-a\r|+a|");
        row("empty lines", "\n\na\n", "\na\n", " |-| a|");
    }
    void compares()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QFETCH(QByteArray, expected);
        const TextDiff diff = diffLines(before, after);
        QCOMPARE(show(diff), expected);
        QCOMPARE(diff.added, int(expected.count('+')));
        QCOMPARE(diff.removed, int(expected.count('-')));
        QVERIFY(!diff.coarse);
    }

    void knowsWhatIsInvisible_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<InvisibleDifference>("expected");
        using enum InvisibleDifference;
        const QByteArray mark("\xef\xbb\xbf");
        QTest::addRow("equal") << QByteArray("a\nb\n") << QByteArray("a\nb\n") << None;
        QTest::addRow("another line") << QByteArray("a\nb\n") << QByteArray("a\r\nc\r\n") << None;
        QTest::addRow("LF and CRLF") << QByteArray("a\nb\n") << QByteArray("a\r\nb\r\n") << LineEnds;
        QTest::addRow("CRLF and LF") << QByteArray("a\r\nb\r\n") << QByteArray("a\nb\n") << LineEnds;
        QTest::addRow("one line end") << QByteArray("a\nb\n") << QByteArray("a\nb\r\n") << LineEnds;
        QTest::addRow("no line end at the end") << QByteArray("a\nb\n") << QByteArray("a\nb") << None;
        QTest::addRow("a byte order mark") << mark + "a\n" << QByteArray("a\n") << ByteOrderMark;
        QTest::addRow("both") << QByteArray("a\n") << mark + "a\r\n" << Both;
        QTest::addRow("a mark and another line") << QByteArray("a\n") << mark + "b\n" << None;
        QTest::addRow("marks on both") << mark + "a\n" << mark + "a\r\n" << LineEnds;
    }
    void knowsWhatIsInvisible()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QFETCH(InvisibleDifference, expected);
        QCOMPARE(invisibleDifference(before, after), expected);
    }

    /// As many edits as are allowed, each diagonal as long as the texts: given up, not walked to the end.
    void givesUpInTime()
    {
        QByteArray before;
        for (int i = 0; i < 100'000; ++i)
            before += "a\n";
        QByteArray after = before;
        for (int i = 0; i < 1500; ++i)
            after.prepend("b\n").append("c\n");
        const TextDiff diff = diffLines(before, after);
        QCOMPARE(undo(diff), std::pair(before, after));
    }

    void numbersLines()
    {
        const TextDiff diff = diffLines(lines("abc"), lines("axc"));
        QCOMPARE(diff.lines[1].oldLine, 2);
        QCOMPARE(diff.lines[1].newLine, 0);
        QCOMPARE(diff.lines[2].oldLine, 0);
        QCOMPARE(diff.lines[2].newLine, 2);
        QCOMPARE(diff.lines[3].oldLine, 3);
        QCOMPARE(diff.lines[3].newLine, 3);
    }

    void isTrueForRandomTexts()
    {
        QRandomGenerator random(7);
        for (int round = 0; round < 500; ++round) {
            const auto text = [&] {
                QByteArray result;
                for (auto i = random.bounded(40); i > 0; --i)
                    result += QByteArray(1, static_cast<char>('a' + random.bounded(4))) + '\n';
                return result;
            };
            const QByteArray before = text();
            const QByteArray after = text();
            for (const int maxEdits : {2000, 5}) {
                const TextDiff diff = diffLines(before, after, maxEdits);
                QCOMPARE(undo(diff), std::pair(before, after));
                QVERIFY(diff.coarse || diff.added + diff.removed <= maxEdits);
            }
        }
    }

    void unified_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<int>("context");
        QTest::addColumn<QByteArray>("expected");
        const QByteArray head = "--- v1\n+++ v2\n";
        QTest::addRow("equal") << lines("abc") << lines("abc") << 3 << QByteArray();
        QTest::addRow("one change") << lines("abcdefghi") << lines("abcdXfghi") << 3
                                    << head + "@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+X\n f\n g\n h\n";
        QTest::addRow("two hunks") << lines("abcdefghi") << lines("Xbcdefghi\x59") << 1
                                   << head + "@@ -1,2 +1,2 @@\n-a\n+X\n b\n@@ -9 +9,2 @@\n i\n+Y\n";
        QTest::addRow("near changes are one hunk")
            << lines("abcde") << lines("XbcdY") << 2 << head + "@@ -1,5 +1,5 @@\n-a\n+X\n b\n c\n d\n-e\n+Y\n";
        QTest::addRow("from nothing") << QByteArray() << lines("a") << 3 << head + "@@ -0,0 +1 @@\n+a\n";
        QTest::addRow("to nothing") << lines("ab") << QByteArray() << 3 << head + "@@ -1,2 +0,0 @@\n-a\n-b\n";
        QTest::addRow("no line end") << QByteArray("a\nb") << QByteArray("a\nb\n") << 3
                                     << head + "@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n";
        QTest::addRow("no context") << lines("abc") << lines("ac") << 0 << head + "@@ -2 +1,0 @@\n-b\n";
    }
    void unified()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QFETCH(int, context);
        QFETCH(QByteArray, expected);
        QCOMPARE(unifiedDiff(before, after, QStringLiteral("v1"), QStringLiteral("v2"), context), expected);
    }

    void isBounded_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<bool>("coarse");
        QByteArray counting;
        QByteArray backwards;
        for (int i = 0; i < 100'000; ++i) {
            counting += QByteArray::number(i) + '\n';
            backwards += QByteArray::number(100'000 - i) + '\n';
        }
        QTest::addRow("a hundred thousand lines, all different") << counting << backwards << true;
        QTest::addRow("a hundred thousand lines, two different")
            << counting << 'x' + counting.first(400'000) + "y\n" + counting.mid(400'000) << false;
        QTest::addRow("eight megabytes of line ends")
            << QByteArray(8'000'000, '\n') << QByteArray(7'999'999, '\n') << false;
        QTest::addRow("one line of ten megabytes")
            << QByteArray(10'000'000, 'x') << QByteArray(10'000'000, 'y') << false;
    }
    void isBounded()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QFETCH(bool, coarse);
        const TextDiff diff = diffLines(before, after);
        QCOMPARE(diff.coarse, coarse);
        QVERIFY(!diff.isEmpty());
        QVERIFY(diff.lines.size() <= 400'000);
    }
};

QTEST_APPLESS_MAIN(TestTextDiff)
#include "tst_textdiff.moc"
