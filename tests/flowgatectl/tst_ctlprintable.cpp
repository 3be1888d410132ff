// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowgatectl/moments.h"
#include "flowgatectl/printable.h"
#include "flowgatectl/table.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace flowgate;
using namespace flowgate::ctl;
using namespace std::chrono_literals;

class TestCtlPrintable : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsWhatHides_data();
    void showsWhatHides();
    void jsonMeansTheSame();
    void measures_data();
    void measures();
    void shortens();
    void alignsTables();
    void tellsTimes_data();
    void tellsTimes();
    void tellsLengths_data();
    void tellsLengths();
    void tellsBytes();
};

void TestCtlPrintable::showsWhatHides_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("lines");
    const auto same = [](const char *name, const QString &text, const QString &expected) {
        QTest::addRow("%s", name) << text << expected << expected;
    };
    const auto text = [](const char16_t *t) { return QString::fromUtf16(t); };
    same("plain", text(u"lab-1 äöü 網関 😀"), text(u"lab-1 äöü 網関 😀"));
    same("colour", text(u"\u001b[31mred"), text(u"\\x1b[31mred"));
    same("window title", text(u"\u001b]0;x\u0007"), text(u"\\x1b]0;x\\x07"));
    same("C1 introducer", text(u"\u009b2J"), text(u"\\x9b2J"));
    same("backspace and delete", text(u"a\u0008\u007f"), text(u"a\\x08\\x7f"));
    same("direction override", text(u"a\u202eb"), text(u"a\\u202eb"));
    same("isolate", text(u"\u2066a\u2069"), text(u"\\u2066a\\u2069"));
    same("zero width", text(u"a\u200bb\ufeff"), text(u"a\\u200bb\\ufeff"));
    same("line separator", text(u"a\u2028b"), text(u"a\\u2028b"));
    same("lone carriage return", text(u"a\rb"), text(u"a\\rb"));
    same("tag character", QString::fromUtf16(u"a\U000E0041"), text(u"a\\ue0041"));
    same("lone surrogate", QString(QChar(0xD800)) + u'a', text(u"\\ud800a"));
    same("surrogates in the wrong order", QString(QChar(0xDC00)) + QChar(0xD800), text(u"\\udc00\\ud800"));
    same("NUL", QString(QChar(u'\0')), text(u"\\x00"));
    QTest::addRow("line ends and tabs") << text(u"a\n\tb\r\n") << text(u"a\\n\\tb\\r\\n") << text(u"a\n\tb\r\n");
}

void TestCtlPrintable::showsWhatHides()
{
    QFETCH(QString, text);
    QTEST(printable(text), "line");
    QTEST(printableLines(text), "lines");
    QCOMPARE(printable(printable(text)), printable(text));
}

void TestCtlPrintable::jsonMeansTheSame()
{
    const QString hostile = QString::fromUtf16(u"\u001b[2J\u009b\u007f\u202e\u2028\n\"ä😀\U000E0041");
    const QJsonObject object{{hostile, hostile}};
    const QByteArray json = printableJson(QJsonDocument(object).toJson(QJsonDocument::Compact));
    QCOMPARE(QJsonDocument::fromJson(json).object(), object);
    QCOMPARE(printable(QString::fromUtf8(json)), QString::fromUtf8(json)); // nothing hides in it any more
    QVERIFY(json.contains("\xC3\xA4"));                                    // and what is harmless stays readable
}

void TestCtlPrintable::measures_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qsizetype>("width");
    QTest::addRow("latin") << QStringLiteral("abc") << qsizetype(3);
    QTest::addRow("wide") << QString::fromUtf16(u"網関") << qsizetype(4);
    QTest::addRow("combining") << QString::fromUtf16(u"e\u0301") << qsizetype(1);
    QTest::addRow("outside the first plane") << QString::fromUtf16(u"😀") << qsizetype(2);
}

void TestCtlPrintable::measures()
{
    QFETCH(QString, text);
    QTEST(displayWidth(text), "width");
}

void TestCtlPrintable::shortens()
{
    QCOMPARE(shortened(QStringLiteral("abcdef"), 6), QStringLiteral("abcdef"));
    QCOMPARE(shortened(QStringLiteral("abcdefg"), 6), QString::fromUtf16(u"abcde…"));
    QCOMPARE(shortened(QString::fromUtf16(u"網網網網"), 6), QString::fromUtf16(u"網網…"));
    // A pair of surrogates is never cut apart.
    QCOMPARE(shortened(QString::fromUtf16(u"😀😀😀"), 4), QString::fromUtf16(u"😀…"));
    // Marks without end on one character have no width, and no way around the limit.
    QVERIFY(shortened(QString(1'000'000, QChar(0x0301)), 60).size() < 1000);
}

void TestCtlPrintable::alignsTables()
{
    Table table({QStringLiteral("ID"), QStringLiteral("N"), QStringLiteral("TEXT")});
    table.alignRight(1);
    QVERIFY(table.isEmpty());
    QCOMPARE(table.text(), QString());
    table.addRow({QStringLiteral("a"), QStringLiteral("7"), QString()});
    table.addRow({QString::fromUtf16(u"網関"), QStringLiteral("10"), QStringLiteral("x y")});
    QCOMPARE(table.text(), QString::fromUtf16(u"ID     N  TEXT\n"
                                              u"a      7\n"
                                              u"網関  10  x y\n"));
    Table wide({QStringLiteral("A"), QStringLiteral("B")});
    wide.addRow({QString(5000, u'a'), QString(5000, u'b')});
    for (const QString &line : wide.text().split(u'\n'))
        QVERIFY(line.size() <= Table::widestCell + 2 + Table::widestLastCell);
}

void TestCtlPrintable::tellsTimes_data()
{
    QTest::addColumn<QString>("time");
    QTest::addColumn<QString>("expected");
    QTest::addRow("now") << QStringLiteral("2026-11-23T12:00:00.000Z") << QStringLiteral("now");
    QTest::addRow("seconds") << QStringLiteral("2026-11-23T11:59:15.000Z") << QStringLiteral("45 s ago");
    QTest::addRow("minutes") << QStringLiteral("2026-11-23T11:57:30.000Z") << QStringLiteral("2 min ago");
    QTest::addRow("hours") << QStringLiteral("2026-11-22T12:00:01.000Z") << QStringLiteral("23 h ago");
    QTest::addRow("days") << QStringLiteral("2026-11-20T12:00:00.000Z") << QStringLiteral("3 d ago");
    QTest::addRow("a clock ahead") << QStringLiteral("2026-11-23T12:00:05.000Z") << QStringLiteral("in 5 s");
    QTest::addRow("not a time") << QStringLiteral("soon\u001b[2J") << QStringLiteral("-");
}

void TestCtlPrintable::tellsTimes()
{
    QFETCH(QString, time);
    QFETCH(QString, expected);
    const domain::WallTime now = *domain::fromRfc3339(u"2026-11-23T12:00:00.000Z");
    QCOMPARE(ago(time, now), expected);
    QCOMPARE(agoAndExact(time, now), expected == u"-" ? expected : QStringLiteral("%1 (%2)").arg(expected, time));
    QCOMPARE(ago(QJsonValue::Null, now), QStringLiteral("-"));
    QCOMPARE(ago(7, now), QStringLiteral("-"));
}

void TestCtlPrintable::tellsLengths_data()
{
    QTest::addColumn<qint64>("ms");
    QTest::addColumn<QString>("expected");
    QTest::addRow("0") << qint64(0) << QStringLiteral("0 ms");
    QTest::addRow("ms") << qint64(350) << QStringLiteral("350 ms");
    QTest::addRow("s") << qint64(45'900) << QStringLiteral("45 s");
    QTest::addRow("min") << qint64(60'000) << QStringLiteral("1 min");
    QTest::addRow("min s") << qint64(90'000) << QStringLiteral("1 min 30 s");
    QTest::addRow("h min") << qint64(11'520'000) << QStringLiteral("3 h 12 min");
    QTest::addRow("d h") << qint64(187'200'000) << QStringLiteral("2 d 4 h");
}

void TestCtlPrintable::tellsLengths()
{
    QFETCH(qint64, ms);
    QTEST(lengthText(domain::milliseconds(ms)), "expected");
}

void TestCtlPrintable::tellsBytes()
{
    QCOMPARE(bytesText(0), QStringLiteral("0 bytes"));
    QCOMPARE(bytesText(1023), QStringLiteral("1023 bytes"));
    QCOMPARE(bytesText(1536), QStringLiteral("1.5 KiB"));
    QCOMPARE(bytesText(5.0 * 1024 * 1024 * 1024), QStringLiteral("5.0 GiB"));
}

QTEST_GUILESS_MAIN(TestCtlPrintable)
#include "tst_ctlprintable.moc"
