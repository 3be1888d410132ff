// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/scalar.h"

#include <QTest>

using namespace flowgate::collector;

Q_DECLARE_METATYPE(flowgate::collector::ScalarMatch)

namespace {

Node node(const QByteArray &text, bool plain = true, const QByteArray &tag = {})
{
    Node result;
    result.text = text;
    result.plain = plain;
    result.tag = tag;
    return result;
}

/// "int -5", "str abc": type and value in one text.
QByteArray show(const Scalar &s)
{
    switch (s.type) {
    case Scalar::Type::Null:
        return "null";
    case Scalar::Type::Bool:
        return s.boolean ? "bool true" : "bool false";
    case Scalar::Type::Int:
        return QByteArray("int ") + (s.negative ? "-" : "") + QByteArray::number(s.magnitude);
    case Scalar::Type::Float:
        return "float " + QByteArray::number(s.number, 'g', 17);
    case Scalar::Type::String:
        return "str " + s.text;
    case Scalar::Type::Timestamp:
        return "time " + QByteArray::number(s.seconds) + '.' + QByteArray::number(s.nanoseconds);
    }
    return {};
}

/// "5s" plain, "'5s'" quoted.
Node written(QByteArray text)
{
    const bool quoted = text.startsWith('\'');
    return node(quoted ? text.mid(1, text.size() - 2) : text, !quoted);
}

} // namespace

class TestScalar : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void resolves_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *text, const char *expected) {
            QTest::addRow("yaml.v3 %s", text) << QByteArray(text) << QByteArray(expected);
        };
        row("", "null");
        row("~", "null");
        row("null", "null");
        row("NULL", "null");
        row("nULL", "str nULL");
        row("true", "bool true");
        row("TRUE", "bool true");
        row("False", "bool false");
        row("yes", "str yes");
        row("on", "str on");
        row("y", "str y");
        row("0", "int 0");
        row("-0", "int -0");
        row("+12", "int 12");
        row("1_000", "int 1000");
        row("0x1F", "int 31");
        row("0XfF", "int 255");
        row("-0x10", "int -16");
        row("0b101", "int 5");
        row("-0b11", "int -3");
        row("0o17", "int 15");
        row("017", "int 15");
        row("089", "float 89");
        row("0x", "str 0x");
        row("0b2", "str 0b2");
        row("1__0", "int 10");
        row("9223372036854775807", "int 9223372036854775807");
        row("-9223372036854775808", "int -9223372036854775808");
        row("18446744073709551615", "int 18446744073709551615");
        row("+18446744073709551615", "float 1.8446744073709552e+19");
        row("18446744073709551616", "float 1.8446744073709552e+19");
        row("1.", "float 1");
        row(".5", "float 0.5");
        row("-.5", "float -0.5");
        row(".", "str .");
        row("1e3", "float 1000");
        row("1.5E+2", "float 150");
        row("1e", "str 1e");
        row("1e999", "str 1e999");
        row(".inf", "float inf");
        row("-.INF", "float -inf");
        row(".nan", "float nan");
        row(".Nan", "str .Nan");
        row("0.0.0.0", "str 0.0.0.0");
        row("127.0.0.1:4317", "str 127.0.0.1:4317");
        row("190:20:30", "str 190:20:30");
        row("5s", "str 5s");
        row("-", "str -");
        row("2001-01-02", "time 978393600.0");
        row("2001-1-2", "time 978393600.0");
        row("2001-12-14T21:59:43.10-05:00", "time 1008385183.100000000");
        row("2001-12-14t21:59:43Z", "time 1008367183.0");
        row("2001-12-14 21:59:43.1", "time 1008367183.100000000");
        row("2001-12-14 21:59:43 -5", "str 2001-12-14 21:59:43 -5");
        row("2001-13-14", "str 2001-13-14");
        row("2001-02-30", "str 2001-02-30");
    }
    void resolves()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        QCOMPARE(show(resolveScalar(node(text))), expected);
    }

    void resolvesWithStyleAndTag_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("plain");
        QTest::addColumn<QByteArray>("tag");
        QTest::addColumn<QByteArray>("expected");
        QTest::addColumn<bool>("valid");
        const QByteArray prefix = "tag:yaml.org,2002:";
        QTest::addRow("quoted number") << QByteArray("5") << false << QByteArray() << QByteArray("str 5") << true;
        QTest::addRow("quoted nothing") << QByteArray("") << false << QByteArray() << QByteArray("str ") << true;
        QTest::addRow("!!str 5") << QByteArray("5") << true << prefix + "str" << QByteArray("str 5") << true;
        QTest::addRow("!!int '5'") << QByteArray("5") << false << prefix + "int" << QByteArray("int 5") << true;
        QTest::addRow("!!int abc") << QByteArray("abc") << true << prefix + "int" << QByteArray("str abc") << false;
        QTest::addRow("!!float 1") << QByteArray("1") << true << prefix + "float" << QByteArray("float 1") << true;
        QTest::addRow("!!bool yes") << QByteArray("yes") << true << prefix + "bool" << QByteArray("str yes") << false;
        QTest::addRow("!!binary") << QByteArray("aGk=") << true << prefix + "binary" << QByteArray("str hi") << true;
        QTest::addRow("!own 5") << QByteArray("5") << true << QByteArray("!own") << QByteArray("str 5") << true;
    }
    void resolvesWithStyleAndTag()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, plain);
        QFETCH(QByteArray, tag);
        QFETCH(QByteArray, expected);
        QFETCH(bool, valid);
        const Scalar scalar = resolveScalar(node(text, plain, tag));
        QCOMPARE(show(scalar), expected);
        QCOMPARE(scalar.valid, valid);
    }

    void readsDurations_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("valid");
        QTest::addColumn<qint64>("nanoseconds");
        const auto row = [](const char *text, qint64 nanoseconds) {
            QTest::addRow("ParseDuration %s", text) << QByteArray(text) << true << nanoseconds;
        };
        const auto bad = [](const char *text) {
            QTest::addRow("ParseDuration refuses '%s'", text) << QByteArray(text) << false << qint64(0);
        };
        row("5s", 5'000'000'000);
        row("5000ms", 5'000'000'000);
        row("1h30m0s", 5'400'000'000'000);
        row("1.5h", 5'400'000'000'000);
        row(".5s", 500'000'000);
        row("1.s", 1'000'000'000);
        row("-1.5s", -1'500'000'000);
        row("+2us", 2'000);
        row("3\xc2\xb5s", 3'000);
        row("3\xce\xbcs", 3'000);
        row("0", 0);
        row("-0", 0);
        row("0s", 0);
        row("05s", 5'000'000'000);
        row("9223372036854775807ns", INT64_MAX);
        row("-9223372036854775808ns", INT64_MIN);
        bad("9223372036854775808ns");
        bad("99999999999999999999h");
        bad("0.005ks");
        bad("");
        bad("-");
        bad("5");
        bad("s");
        bad(".s");
        bad("5 s");
        bad("5s ");
        bad("1d");
        bad("5S");
        bad("--5s");
        bad("1e3s");
    }
    void readsDurations()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, valid);
        QFETCH(qint64, nanoseconds);
        const auto duration = goDuration(text);
        QCOMPARE(duration.has_value(), valid);
        if (valid)
            QCOMPARE(qint64(duration->count()), nanoseconds);
    }

    void knowsReferences_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("has"); // one stands in it
        QTest::addColumn<bool>("is");  // it is one
        const auto row = [](const char *text, bool has, bool is) {
            QTest::addRow("%s", text) << QByteArray(text) << has << is;
        };
        row("${env:X}", true, true);
        row("${X}", true, true);
        row("${file:/etc/a b.yaml}", true, true);
        row("${yaml:exporters::debug::verbosity: detailed}", true, true);
        row("${env:${NAME}}", true, true);
        row("${env:X:-none}", true, true);
        row("${env:A$$}", true, true);
        row("a${env:X}", true, false);
        row("${env:X}b", true, false);
        row("${env:A}${env:B}", true, false);
        row("${env:${A}", true, false); // which brace is missing is not told
        row(" ${env:X}", true, false);
        row("$${env:X}", false, false);
        row("$$${env:X}", true, false);
        row("${env:X", false, false);
        row("$X", false, false);
        row("", false, false);
        QTest::addRow("many that never close") << QByteArray("${").repeated(1'000'000) << false << false;
    }
    void knowsReferences()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, has);
        QFETCH(bool, is);
        QCOMPARE(hasReference(text), has);
        QCOMPARE(isReference(text), is);
    }

    void matches_data()
    {
        QTest::addColumn<QByteArray>("wanted");
        QTest::addColumn<QByteArray>("effective");
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<ScalarMatch>("expected");
        const auto row = [](const char *wanted, const char *effective, ScalarMatch expected, const char *key = "k") {
            QTest::addRow("Contains %s: %s vs %s", key, wanted, effective)
                << QByteArray(wanted) << QByteArray(effective) << QByteArray(key) << expected;
        };
        using enum ScalarMatch;
        row("a", "a", Same);
        row("a", "'a'", Same);
        row("a", "A", Different);
        row("normal", "Normal", Same, "verbosity");
        row("WARN", "warn", Same, "level");
        row("GZIP", "gzip", Same, "compression");
        row("Lab-1", "lab-1", Different, "site");
        row("5", "'5'", Same);
        row("'1001'", "1001", Same);
        row("0123", "'0123'", Same);
        row("'0123'", "83", Different);
        row("true", "'true'", Same);
        row("'True'", "true", Different);
        row("'1_000'", "1000", Different);
        row("0x10", "16", Same);
        row("1e3", "1000", Same);
        row("1.5", "1.50", Same);
        row("1", "1.5", Different);
        row("True", "true", Same);
        row("yes", "true", Different);
        row("yes", "'yes'", Same);
        row("5s", "5000ms", Same);
        row("'5s'", "0m5s", Same);
        row("1h", "60m0s", Same);
        row("5s", "5001ms", Different);
        row("5s", "0.005ks", Different);
        row("0", "0s", Same);
        row("1000000000", "1s", Same);
        row("1", "1s", Different);
        row("${env:HOST}", "anything", Reference);
        row("${env:PORT}", "4317", Reference);
        row("a-${X}-b", "", Reference);
        row("${env:X", "x", Different);
        row("$${env:X}", "${env:X}", Same);
        row("$${env:X}", "x", Different);
        row("a$$b", "a$b", Same);
        row("a$$b", "a$$b", Same);
        row("secret", "'[REDACTED]'", Masked);
        row("${env:S}", "'[REDACTED]'", Masked);
        row("5", "'[REDACTED]'", Masked);
        row("x", "'[REDACTED] '", Different);
        row("2001-01-02", "2001-01-02T00:00:00Z", Same);
        row("2001-01-02", "'2001-01-02'", Same);
        row("a", "null", Different);
        row("18446744073709551615", "-1", Different);
    }
    void matches()
    {
        QFETCH(QByteArray, wanted);
        QFETCH(QByteArray, effective);
        QFETCH(QByteArray, key);
        QFETCH(ScalarMatch, expected);
        QCOMPARE(matchScalar(written(wanted), written(effective), key), expected);
    }

    void namesKeys_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        QTest::addRow("hex") << QByteArray("0x10") << QByteArray("16");
        QTest::addRow("bool") << QByteArray("True") << QByteArray("true");
        QTest::addRow("null") << QByteArray("~") << QByteArray("<nil>");
        QTest::addRow("text") << QByteArray("otlp/2") << QByteArray("otlp/2");
        QTest::addRow("float") << QByteArray("1.50") << QByteArray("1.5");
        QTest::addRow("minus zero") << QByteArray("-0") << QByteArray("0");
    }
    void namesKeys()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        QCOMPARE(keyText(node(text)), expected);
    }
};

QTEST_APPLESS_MAIN(TestScalar)
#include "tst_scalar.moc"
