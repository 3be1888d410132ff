// SPDX-License-Identifier: GPL-3.0-or-later
// OTLP in JSON from whoever can reach the port: a value or a reason, never a crash, and never more than the limits
// allow.
#include "telemetry/batchcodec.h"
#include "telemetry/otlpcodec.h"

#include <QTest>

#include <cmath>
#include <random>

using namespace flowgate;
using namespace flowgate::telemetry;

namespace {

const domain::WallTime arrival(domain::milliseconds(1'800'000'000'000));

const QByteArray resource =
    R"("resource":{"attributes":[{"key":"service.instance.id","value":{"stringValue":"01a20a40-b847-7c64-a967-500bd08305b3"}}]})";

QByteArray metricsDocument(const QByteArray &metric)
{
    return R"({"resourceMetrics":[{)" + resource + R"(,"scopeMetrics":[{"scope":{"name":"s"},"metrics":[)" + metric +
           "]}]}]}";
}

QByteArray logsDocument(const QByteArray &record)
{
    return R"({"resourceLogs":[{)" + resource + R"(,"scopeLogs":[{"scope":{"name":"s"},"logRecords":[)" + record +
           "]}]}]}";
}

QByteArray gauge(const QByteArray &point)
{
    return metricsDocument(R"({"name":"up","unit":"1","gauge":{"dataPoints":[)" + point + "]}}");
}

/// Every kind of metric, with exemplars and ids.
QByteArray allMetrics()
{
    return metricsDocument(
        R"({"name":"g","gauge":{"dataPoints":[{"asDouble":-2.5,"timeUnixNano":"7000000","attributes":[{"key":"härte","value":{"intValue":"3"}}],"exemplars":[{"asInt":"1","traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"EEE19B7EC3C1B174"}]}]}},)"
        R"({"name":"s","sum":{"aggregationTemporality":2,"isMonotonic":true,"dataPoints":[{"asInt":"9007199254740993","startTimeUnixNano":"1"}]}},)"
        R"({"name":"h","histogram":{"aggregationTemporality":1,"dataPoints":[{"count":"3","sum":4.5,"min":0,"max":3,"bucketCounts":["1","2"],"explicitBounds":[1.0]}]}},)"
        R"({"name":"e","exponentialHistogram":{"aggregationTemporality":2,"dataPoints":[{"count":"3","scale":1,"zeroCount":"1","positive":{"offset":2,"bucketCounts":["1"]},"negative":{"offset":-1,"bucketCounts":["1"]}}]}},)"
        R"({"name":"q","summary":{"dataPoints":[{"count":"2","sum":1,"quantileValues":[{"quantile":0.5,"value":"NaN"}]}]}})");
}

QByteArray allLogs()
{
    return logsDocument(
        R"({"timeUnixNano":"7000000","observedTimeUnixNano":"8000000","severityNumber":13,"severityText":"warn","body":{"kvlistValue":{"values":[{"key":"a","value":{"arrayValue":{"values":[{"boolValue":true},{"bytesValue":"AQID"},{"doubleValue":"Infinity"}]}}}]}},"attributes":[{"key":"k","value":{"stringValue":"\u2620 \ud83c\udf10"}}],"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174","flags":1},)"
        R"({"body":{"stringValue":"second"}})");
}

bool withinLimits(const domain::Attributes &attributes, const OtlpLimits &limits)
{
    return static_cast<qsizetype>(attributes.size()) <= limits.attributes &&
           std::all_of(attributes.begin(), attributes.end(),
                       [&](const domain::Attribute &one) { return one.key.size() <= limits.text; });
}

bool withinLimits(const MetricPoint &point, const OtlpLimits &limits)
{
    return point.name.size() <= limits.text && point.unit.size() <= limits.text &&
           withinLimits(point.attributes, limits) &&
           (!point.distribution || static_cast<qsizetype>(point.distribution->steps.size()) <= limits.steps);
}

bool withinLimits(const LogLine &line, const OtlpLimits &limits)
{
    return line.text.size() <= limits.text && line.severityText.size() <= limits.text &&
           line.scope.size() <= limits.text && withinLimits(line.attributes, limits);
}

/// What is wrong with records that a decoder let through; empty when nothing is. What is kept of them must be readable.
template<typename Record>
QString wrongWith(const Decoded<Record> &decoded, const OtlpLimits &limits)
{
    qsizetype count = 0;
    for (const Batch<Record> &batch : decoded.batches) {
        if (batch.records.empty())
            return QStringLiteral("an empty batch");
        count += static_cast<qsizetype>(batch.records.size());
        for (const Record &record : batch.records) {
            if (!withinLimits(record, limits))
                return QStringLiteral("a record over the limits");
        }
        const QByteArray kept = packed(batch.records);
        const auto back = [&] {
            if constexpr (std::is_same_v<Record, MetricPoint>)
                return unpackedPoints(kept);
            else
                return unpackedLines(kept);
        }();
        if (!back || back->size() != batch.records.size() || packed(*back) != kept)
            return QStringLiteral("records that do not come back as they were written");
    }
    return count <= limits.records ? QString() : QStringLiteral("more records than allowed");
}

/// What both readers made of a document.
struct Verdict
{
    int taken = 0; ///< by how many
    QString wrong;
};

Verdict read(const QByteArray &document, const OtlpLimits &limits = {})
{
    Verdict verdict;
    const auto note = [&](const auto &decoded) {
        if (!decoded)
            return;
        ++verdict.taken;
        verdict.wrong += wrongWith(*decoded, limits);
    };
    note(decodeMetrics(document, arrival, limits, Encoding::Json));
    note(decodeLogs(document, arrival, limits, Encoding::Json));
    return verdict;
}

QByteArray nested(const char *open, const char *close, int depth, const QByteArray &inner)
{
    return QByteArray(open).repeated(depth) + inner + QByteArray(close).repeated(depth);
}

} // namespace

class TestOtlpJson : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void wholeDocumentsAreRead();
    void everyCutIsSafe();
    void everyBendIsSafe_data();
    void everyBendIsSafe();
    void values_data();
    void values();
    void limitsHold();
    void depthIsLimited_data();
    void depthIsLimited();
};

void TestOtlpJson::wholeDocumentsAreRead()
{
    const auto metrics = decodeMetrics(allMetrics(), arrival, {}, Encoding::Json);
    QVERIFY(metrics);
    QCOMPARE(metrics->batches.size(), size_t(1));
    const std::vector<MetricPoint> &points = metrics->batches[0].records;
    QCOMPARE(points.size(), size_t(5));
    QCOMPARE(points[0].value, -2.5);
    QCOMPARE(points[0].attributes[0].key, QStringLiteral("h\u00e4rte"));
    QCOMPARE(points[1].value, double(9007199254740993));
    QCOMPARE(points[2].distribution->steps.size(), size_t(2));
    QCOMPARE(points[3].distribution->steps.size(), size_t(3));
    QVERIFY(std::isnan(points[4].distribution->steps[0].value));

    const auto logs = decodeLogs(allLogs(), arrival, {}, Encoding::Json);
    QVERIFY(logs);
    const std::vector<LogLine> &lines = logs->batches[0].records;
    QCOMPARE(lines.size(), size_t(2));
    QCOMPARE(lines[0].severity, 13);
    QCOMPARE(lines[0].text, QStringLiteral("{\"a\":[true,\"010203\",null]}"));
    QCOMPARE(domain::attributeText(lines[0].attributes[0].value), QStringLiteral("\u2620 \U0001F310"));
}

void TestOtlpJson::everyCutIsSafe()
{
    for (const QByteArray &whole : {allMetrics(), allLogs()}) {
        for (qsizetype size = 0; size < whole.size(); ++size) {
            const Verdict verdict = read(whole.first(size));
            QVERIFY2(verdict.wrong.isEmpty(), qPrintable(verdict.wrong));
            // Where it ends within the document there is none, so that nothing of it may be taken.
            QVERIFY2(verdict.taken == 0, whole.first(size).constData());
        }
    }
}

void TestOtlpJson::everyBendIsSafe_data()
{
    QTest::addColumn<QByteArray>("whole");
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 4; ++seed) {
        QTest::addRow("SEC6 metrics, seed %u", seed) << allMetrics() << seed;
        QTest::addRow("SEC6 logs, seed %u", seed) << allLogs() << seed;
    }
}

/// Bytes changed, taken out, doubled and moved, up to eight at a time; words that JSON means something by put in.
void TestOtlpJson::everyBendIsSafe()
{
    QFETCH(QByteArray, whole);
    QFETCH(quint32, seed);
    const QByteArray words[] = {"null", "true", "NaN",     "-Infinity", "1e999", "-0",       "\"\"",
                                "{}",   "[]",   "\\ud800", "\\u0000",   "\xff",  "\xc0\x80", "{",
                                "}",    "[",    "]",       ",",         ":",     "\"",       "99999999999999999999",
                                "/**/"};
    std::mt19937 random(seed);
    const auto below = [&random](qsizetype end) {
        return static_cast<qsizetype>(random() % static_cast<quint32>(end));
    };
    int taken = 0;
    int refused = 0;
    for (int round = 0; round < 1500; ++round) {
        QByteArray bent = whole;
        for (qsizetype changes = below(8) + 1; changes > 0; --changes) {
            const qsizetype place = below(bent.size());
            switch (below(5)) {
            case 0:
                bent[place] = static_cast<char>(random() & 0xff);
                break;
            case 1:
                bent.remove(place, below(12) + 1);
                break;
            case 2:
                bent.insert(place, bent.mid(below(bent.size()), below(40)));
                break;
            case 3:
                bent.insert(place, words[below(std::ssize(words))]);
                break;
            default: // a value for another: from one comma or colon to the next
                if (const qsizetype from = bent.indexOf(':', place); from >= 0) {
                    const qsizetype to = std::max(bent.indexOf(',', from), from + 1);
                    bent.replace(from + 1, to - from - 1, words[below(std::ssize(words))]);
                }
            }
            if (bent.isEmpty())
                bent = whole;
        }
        const Verdict verdict = read(bent);
        QVERIFY2(verdict.wrong.isEmpty(), (verdict.wrong.toUtf8() + ": " + bent).constData());
        ++(verdict.taken ? taken : refused);
    }
    // Otherwise the bends are too strong or too weak to say anything.
    QVERIFY2(taken > 20 && refused > 200, qPrintable(QStringLiteral("%1 taken, %2 refused").arg(taken).arg(refused)));
}

void TestOtlpJson::values_data()
{
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<bool>("taken");
    QTest::addColumn<QString>("seen"); // what came of the first record
    const auto metric = [](const char *name, const char *point, bool taken, const char *seen = "") {
        QTest::addRow("%s", name) << gauge(point) << taken << QString::fromUtf8(seen);
    };
    metric("OTLP 64 bit numbers are texts", R"({"asInt":"-9223372036854775808"})", true, "-9.223372036854776e+18");
    metric("OTLP and numbers too", R"({"asInt":7})", true, "7");
    metric("SEC6 one over 64 bits", R"({"asInt":"9223372036854775808"})", false);
    metric("SEC6 twenty more digits", R"({"asInt":99999999999999999999999999999})", false);
    metric("SEC6 a fraction where a whole number must be", R"({"asInt":1.5})", false);
    metric("SEC6 a double beyond doubles", R"({"asDouble":1e999})", false);
    metric("OTLP NaN as a text", R"({"asDouble":"NaN"})", true, "nan");
    metric("OTLP infinity as a text", R"({"asDouble":"-Infinity"})", true, "-inf");
    metric("SEC6 NaN bare", R"({"asDouble":NaN})", false);
    metric("SEC6 infinity bare", R"({"asDouble":Infinity})", false);
    metric("SEC6 a double that is a list", R"({"asDouble":[1]})", false);
    metric("SEC6 a double that is an object", R"({"asDouble":{}})", false);
    metric("SEC6 a double that is a word", R"({"asDouble":"many"})", false);
    metric("OTLP null is not set", R"({"asDouble":null})", true, "none");
    metric("OTLP no value", "{}", true, "none");
    metric("SEC6 a negative time", R"({"timeUnixNano":"-1","asInt":1})", false);
    metric("SEC6 the last time that 64 bits hold", R"({"timeUnixNano":"18446744073709551615","asInt":1})", true, "1");
    metric("SEC6 one value of two kinds", R"({"asInt":1,"asDouble":2})", false);
    metric("SEC6 a key twice", R"({"timeUnixNano":"1","timeUnixNano":"2","asInt":1})", true, "1");
    metric("T13 a key that is not known", R"({"tomorrow":{"a":[1,{"b":null}]},"asInt":1})", true, "1");
    metric("SEC6 flags beyond 32 bits", R"({"flags":4294967296})", false);
    metric("OTLP no recorded value", R"({"flags":1,"asInt":1})", true, "none");
    metric("SEC6 behind the end", "{}]}}]}]}]}{", false);

    const auto log = [](const char *name, const QByteArray &record, bool taken, const char *seen = "") {
        QTest::addRow("%s", name) << logsDocument(record) << taken << QString::fromUtf8(seen);
    };
    log("OTLP trace and span ids are hex",
        R"({"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174","body":{"stringValue":"x"}})",
        true, "x");
    log("OTLP in upper case too", R"({"traceId":"5B8EFFF798038103D269B633813FC60C","body":{"stringValue":"x"}})", true,
        "x");
    log("OTLP no id", R"({"traceId":"","spanId":"","body":{"stringValue":"x"}})", true, "x");
    log("SEC6 an id that is a number", R"({"traceId":5})", false);
    log("SEC6 an id that is a list", R"({"traceId":["5b"]})", false);
    log("SEC6 an id of other letters", R"({"traceId":"*&%"})", false);
    log("OTLP bytes are base64", R"({"body":{"bytesValue":"AP8="}})", true, "00ff");
    log("SEC6 bytes that are not", R"({"body":{"bytesValue":"AP8*"}})", false);
    log("OTLP a severity by name", R"({"severityNumber":"SEVERITY_NUMBER_WARN","body":{"stringValue":"x"}})", true,
        "x");
    log("S20 a severity that is not known", R"({"severityNumber":77,"body":{"stringValue":"x"}})", true, "x");
    log("SEC6 a severity beyond 32 bits", R"({"severityNumber":4294967309})", false);
    log("OTLP a character by its number", R"({"body":{"stringValue":"\u2620\ud83c\udf10"}})", true,
        "\xe2\x98\xa0\xf0\x9f\x8c\x90");
    log("SEC6 a NUL within a text", R"({"body":{"stringValue":"a\u0000b"}})", true, "a?b");
    log("SEC6 half of a character", R"({"body":{"stringValue":"a\ud800"}})", false);
    log("SEC6 no hex", R"({"body":{"stringValue":"\uzzzz"}})", false);
    log("SEC6 a byte that is no UTF-8", "{\"body\":{\"stringValue\":\"a\xff\"}}", false);
    log("SEC6 a character in more bytes than needed", "{\"body\":{\"stringValue\":\"\xc0\x80\"}}", false);
    log("SEC6 half of a character as bytes", "{\"body\":{\"stringValue\":\"\xed\xa0\x80\"}}", false);
    log("SEC6 a body that is a list", R"({"body":[]})", false);
    log("SEC6 a body of two kinds", R"({"body":{"stringValue":"x","intValue":"1"}})", false);
    log("SEC6 a record that is a text", R"("x")", false);
    log("OTLP a record that is null is none", "null", true, "none");
}

void TestOtlpJson::values()
{
    QFETCH(QByteArray, document);
    QFETCH(bool, taken);
    QFETCH(QString, seen);
    const Verdict verdict = read(document);
    QVERIFY2(verdict.wrong.isEmpty(), qPrintable(verdict.wrong));
    const bool logs = document.startsWith("{\"resourceLogs");
    if (logs) {
        const auto decoded = decodeLogs(document, arrival, {}, Encoding::Json);
        QCOMPARE(decoded.has_value(), taken);
        if (!taken)
            return;
        const QString text = decoded->batches.empty() ? QStringLiteral("none") : decoded->batches[0].records.at(0).text;
        QCOMPARE(QString(text).replace(QChar(0), u'?'), seen);
        return;
    }
    const auto decoded = decodeMetrics(document, arrival, {}, Encoding::Json);
    QCOMPARE(decoded.has_value(), taken);
    if (taken) {
        const auto value = decoded->batches.at(0).records.at(0).value;
        QCOMPARE(value ? QString::number(*value, 'g', 16) : QStringLiteral("none"), seen);
    }
}

void TestOtlpJson::limitsHold()
{
    OtlpLimits limits;
    limits.records = 3;
    limits.attributes = 2;
    limits.text = 5;
    limits.steps = 2;
    limits.fields = 400;
    const QByteArray point =
        R"({"asInt":1,"attributes":[{"key":"longer than five"},{"key":"b"},{"key":"c"},{"key":"d"}]},)";
    QByteArray five = point.repeated(5);
    five.chop(1);
    QCOMPARE(read(gauge(five), limits).wrong, QString());
    const auto decoded = decodeMetrics(gauge(five), arrival, limits, Encoding::Json);
    QVERIFY(decoded);
    QCOMPARE(decoded->batches[0].records.size(), size_t(3));
    QVERIFY(decoded->batches[0].records[0].cut);
    QCOMPARE(decoded->refused.overLimit, 2);

    const QByteArray wide = metricsDocument(
        R"({"name":"h","histogram":{"dataPoints":[{"count":"3","bucketCounts":["1","1","1"],"explicitBounds":[1,2]}]}})");
    QCOMPARE(read(wide, limits).wrong, QString());

    // Neither many small fields nor lists of nothing make more of themselves than is allowed.
    for (const QByteArray &many : {point.repeated(200), QByteArray("{},").repeated(1000)}) {
        const auto refused = decodeMetrics(gauge(many + "{}"), arrival, limits, Encoding::Json);
        QVERIFY(!refused);
        QCOMPARE(refused.error(), OtlpFailure::TooManyFields);
    }
}

void TestOtlpJson::depthIsLimited_data()
{
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<bool>("taken");
    const auto body = [](int depth) {
        return logsDocument(R"({"body":)" +
                            nested(R"({"arrayValue":{"values":[)", "]}}", depth, R"({"stringValue":"x"})") + "}");
    };
    QTest::addRow("OTLP lists within lists") << body(10) << true;
    QTest::addRow("SEC6 a hundred of them") << body(100) << false;
    QTest::addRow("SEC6 a million brackets") << QByteArray(1'000'000, '[') << false;
    // Each open list within one that is known cost 300 bytes.
    QTest::addRow("SEC6 sixteen million brackets where lists are")
        << logsDocument(R"({"body":{"arrayValue":{"values":)" + QByteArray(16'000'000, '[')) << false;
    QTest::addRow("OTLP brackets within a text are none")
        << logsDocument(R"({"body":{"stringValue":")" + QByteArray(1000, '[') + R"(\"{{"}})") << true;
    QTest::addRow("SEC6 a million braces") << QByteArray("{\"a\":").repeated(300'000) << false;
    QTest::addRow("SEC6 deep within what is not known")
        << logsDocument(R"({"tomorrow":)" + nested("[", "]", 100'000, "1") + "}") << false;
    QTest::addRow("SEC6 deep objects within what is not known")
        << logsDocument(R"({"tomorrow":)" + nested("{\"a\":", "}", 100'000, "1") + "}") << false;
}

void TestOtlpJson::depthIsLimited()
{
    QFETCH(QByteArray, document);
    QFETCH(bool, taken);
    QCOMPARE(decodeLogs(document, arrival, {}, Encoding::Json).has_value(), taken);
    QVERIFY(!taken || read(document).wrong.isEmpty());
}

QTEST_APPLESS_MAIN(TestOtlpJson)
#include "tst_otlpjson.moc"
