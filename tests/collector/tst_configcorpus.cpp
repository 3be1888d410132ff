// SPDX-License-Identifier: GPL-3.0-or-later
// The configs under tests/data/configs: those of broken/ say in their head what must be found, on which line below the
// head; those of valid/ must raise nothing.
#include "collector/check.h"
#include "collector/schema.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace flowgate::collector;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void addFiles(const QString &folder)
{
    QTest::addColumn<QString>("path");
    const QDir dir(QStringLiteral(FLOWGATE_TEST_DATA "/configs/") + folder);
    for (const QString &name : dir.entryList({QStringLiteral("*.yaml")}))
        QTest::addRow("%s", qPrintable(name)) << dir.filePath(name);
}

QString listed(const Problems &problems)
{
    QStringList lines;
    for (const Problem &problem : problems)
        lines.append(problemLine(QStringLiteral("config"), problem));
    return lines.join(u'\n');
}

} // namespace

class TestConfigCorpus : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void corpusIsWhole()
    {
        const auto count = [](const char *folder) {
            return QDir(QStringLiteral(FLOWGATE_TEST_DATA "/configs/") + QString::fromLatin1(folder))
                .entryList({QStringLiteral("*.yaml")})
                .size();
        };
        QVERIFY(count("broken") >= 30);
        QVERIFY(count("valid") >= 15);
    }

    void brokenIsReported_data() { addFiles(QStringLiteral("broken")); }
    void brokenIsReported()
    {
        QFETCH(QString, path);
        static const QRegularExpression expectation(QStringLiteral("^# expect (\\d+) (error|warning): (.*)$"));
        const QByteArray text = contentOf(path);
        QList<QRegularExpressionMatch> expected;
        for (const QByteArray &line : text.split('\n')) {
            const auto match = expectation.match(QString::fromUtf8(line));
            if (!match.hasMatch())
                break;
            expected.append(match);
        }
        QVERIFY(!expected.isEmpty());
        const Problems problems = check(text);
        QVERIFY2(qsizetype(problems.size()) == expected.size(), qPrintable(listed(problems)));
        for (qsizetype i = 0; i < expected.size(); ++i) {
            const Problem &problem = problems[size_t(i)];
            const int line = expected[i].captured(1).toInt();
            // A line of 0 is none: the config lacks something as a whole.
            QVERIFY2(problem.line == (line == 0 ? 0 : line + int(expected.size())), qPrintable(listed(problems)));
            QCOMPARE(word(problem.severity), expected[i].captured(2));
            QVERIFY2(problem.text.contains(expected[i].captured(3)), qPrintable(listed(problems)));
        }
    }

    void validIsQuiet_data() { addFiles(QStringLiteral("valid")); }
    void validIsQuiet()
    {
        QFETCH(QString, path);
        const Problems problems = check(contentOf(path));
        QVERIFY2(problems.empty(), qPrintable(listed(problems)));
    }

    /// Applied, each fix takes its problem away; what it uncovers (a component that is now unused) may be said.
    void fixesMend_data() { addFiles(QStringLiteral("broken")); }
    void fixesMend()
    {
        QFETCH(QString, path);
        const QByteArray text = contentOf(path);
        const Problems before = check(text);
        for (const Problem &problem : before) {
            if (!problem.fix)
                continue;
            QStringList lines = QString::fromUtf8(text).split(u'\n');
            QCOMPARE(problem.fix->line, problem.fix->endLine);
            QString &line = lines[problem.fix->line - 1];
            line.replace(problem.fix->column - 1, problem.fix->endColumn - problem.fix->column,
                         problem.fix->replacement);
            const Problems after = check(lines.join(u'\n').toUtf8());
            QVERIFY2(std::ranges::none_of(after, [&](const Problem &one) { return one.text == problem.text; }),
                     qPrintable(listed(after)));
        }
    }

    void shippedSchemaIsWhole()
    {
        const Schema &schema = shippedSchema();
        QVERIFY(!schema.collectorVersion().isEmpty());
        const SchemaComponent *debug = schema.find(ComponentKind::Exporter, QStringLiteral("debug"));
        QVERIFY(debug);
        QVERIFY(debug->signalTypes.contains(QStringLiteral("logs")));
        const SchemaValue *verbosity = debug->config.find("verbosity");
        QVERIFY(verbosity);
        QVERIFY(verbosity->words.contains(QStringLiteral("detailed")));
        QVERIFY(!debug->config.find("verbosty"));
        QVERIFY(schema.find(ComponentKind::Connector, QStringLiteral("forward"))
                    ->signalTypes.contains(QStringLiteral("logs-to-logs")));
        QVERIFY(schema.isKnown(ComponentKind::Receiver, QStringLiteral("kafka")));
        QVERIFY(!schema.find(ComponentKind::Receiver, QStringLiteral("kafka")));
        QCOMPARE(schema.types(ComponentKind::Connector).front(), QStringLiteral("forward"));
        QCOMPARE(schema.telemetry().type, SchemaValue::Type::Map);
    }

    void brokenSchemaIsNone()
    {
        for (const QByteArray &bad : {QByteArray(), QByteArray("{"), QByteArray("[]"), QByteArray("{\"receivers\":3}")})
            QVERIFY(Schema::read(bad, bad).isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestConfigCorpus)
#include "tst_configcorpus.moc"
