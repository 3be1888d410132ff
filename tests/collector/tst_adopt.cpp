// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/adopt.h"
#include "collector/check.h"
#include "collector/contains.h"
#include "collector/yamlwriter.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace flowgate;
using namespace flowgate::collector;

namespace {

domain::ConfigSet single(const QByteArray &text)
{
    domain::ConfigSet config;
    config.files[QString()].body = text;
    return config;
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestAdopt : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void writesWhatItRead_data()
    {
        QTest::addColumn<QByteArray>("text");
        const std::pair<const char *, QByteArray> rows[] = {
            {"scalars", "a: 1\nb: text\nc: \"1\"\nd: true\ne: \"true\"\nf: null\ng: 2020-01-01\nh: 5s\n"},
            {"texts that need quotes", "a: \"x: y\"\nb: \"#x\"\nc: \"- x\"\nd: \"\"\ne: \"a\\nb\"\nf: \"\\\"q\\\"\"\n"},
            {"characters that YAML does not take",
             "a: \"x\\x82y\"\nb: \"x\\u2028y\"\nc: \"\\uFEFFx\"\nd: \"x\\x85\"\n\"e\\x90\": \"\\U0001F4A5\\0\"\n"},
            {"maps and lists", "a:\n  b: [1, two]\n  c: {}\n  d: []\ne:\n  - f: 1\n    g:\n      h: 2\n  - [x]\n"},
            {"a question mark in a list", "a: [\"x?y\", http]\n"},
            {"a key that ends no document", "\"--- v\": a\n\"... w\": b\n"},
            {"a key that merges nothing", "!x <<: a\nb: {\"<<\": c}\n"},
            {"keys that need quotes", "\"1\": a\n\"a b:\": c\n\"true\": d\n"},
            {"a long list", "a: [" + QByteArray("looooooooong, ").repeated(8) + "end]\n"}};
        for (const auto &[name, text] : rows)
            QTest::addRow("%s", name) << text;
    }
    void writesWhatItRead()
    {
        QFETCH(QByteArray, text);
        const ConfigTree tree = readConfig(text);
        QVERIFY(tree.isReadable());
        const QByteArray written = writeYaml(tree.root);
        const ConfigTree again = readConfig(written);
        QVERIFY2(again.isReadable(), written.constData());
        QCOMPARE(nodeText(again.root, 2000), nodeText(tree.root, 2000));
        QCOMPARE(writeYaml(again.root), written);
    }

    void takesRealConfigsUp_data()
    {
        QTest::addColumn<QString>("path");
        const QDir folder(QStringLiteral(FLOWGATE_TEST_DATA "/collector/pairs"));
        for (const QString &name : folder.entryList({QStringLiteral("*.effective.yaml")}))
            QTest::addRow("%s", qPrintable(name)) << folder.filePath(name);
    }
    /// What was taken up has no errors, holds nothing of the supervisor, and is contained in what it was taken from.
    void takesRealConfigsUp()
    {
        QFETCH(QString, path);
        const domain::ConfigSet effective = single(contentOf(path));
        const AdoptedConfig adopted = adopt(shippedSchema(), effective);
        QVERIFY(!adopted.text.isEmpty());
        QVERIFY2(!adopted.text.contains("opamp"), adopted.text.constData());
        QVERIFY2(!adopted.text.contains("service.instance.id"), adopted.text.constData());
        QVERIFY2(!adopted.text.contains("[REDACTED]"), adopted.text.constData());
        const ContainmentResult held = contains(single(adopted.text), effective);
        QVERIFY2(held.contains,
                 held.differences.empty() ? adopted.text.constData() : qPrintable(held.differences.front().path));
        if (path.contains(QStringLiteral("fresh-start")))
            return; // runs nothing
        const Problems problems = check(adopted.text);
        QVERIFY2(!hasErrors(problems), problems.empty() ? "" : qPrintable(problems.front().text));
    }

    void leavesOutWhatNobodyWrote()
    {
        const QByteArray text =
            adopt(shippedSchema(), single("receivers:\n"
                                          "  otlp:\n"
                                          "    protocols:\n"
                                          "      grpc: {endpoint: \"localhost:4317\", transport: tcp}\n"
                                          "      http: null\n"
                                          "exporters:\n"
                                          "  debug: {verbosity: Detailed, sampling_initial: 2, "
                                          "sampling_thereafter: 1, use_internal_logger: true}\n"
                                          "extensions:\n"
                                          "  opamp: {instance_uid: x}\n"
                                          "service:\n"
                                          "  extensions: [opamp]\n"
                                          "  telemetry: {resource: {a: b}, logs: {level: debug}}\n"
                                          "  pipelines:\n"
                                          "    logs: {receivers: [otlp], processors: [], exporters: [debug]}\n"))
                .text;
        QCOMPARE(text, QByteArray("receivers:\n"
                                  "  otlp:\n"
                                  "    protocols:\n"
                                  "      grpc: {}\n"
                                  "exporters:\n"
                                  "  debug:\n"
                                  "    verbosity: Detailed\n"
                                  "service:\n"
                                  "  telemetry:\n"
                                  "    logs:\n"
                                  "      level: debug\n"
                                  "  pipelines:\n"
                                  "    logs:\n"
                                  "      receivers: [otlp]\n"
                                  "      exporters: [debug]\n"));
    }

    void asksForSecrets()
    {
        const domain::ConfigSet effective = single("exporters:\n"
                                                   "  otlp_http:\n"
                                                   "    endpoint: http://x\n"
                                                   "    headers:\n"
                                                   "      - {name: Authorization, value: \"[REDACTED]\"}\n"
                                                   "  kafka: {auth: {password: \"[REDACTED]\"}}\n");
        AdoptedConfig adopted = adopt(shippedSchema(), effective);
        QCOMPARE(adopted.secrets.size(), size_t(2));
        QCOMPARE(adopted.secrets[0].path, QStringLiteral("exporters::otlp_http::headers::Authorization::value"));
        QCOMPARE(adopted.secrets[1].variable, QStringLiteral("EXPORTERS_KAFKA_AUTH_PASSWORD"));
        QVERIFY(adopted.text.contains("${env:EXPORTERS_KAFKA_AUTH_PASSWORD}"));
        adopted = adopt(shippedSchema(), effective,
                        {{QStringLiteral("exporters::kafka::auth::password"), QStringLiteral("it's \"so\"")}});
        QVERIFY2(adopted.text.contains("password: \"it's \\\"so\\\"\""), adopted.text.constData());
    }

    void saysWhatCannotBeRead()
    {
        const AdoptedConfig adopted = adopt(shippedSchema(), single("a: [\n"));
        QVERIFY(adopted.text.isEmpty());
        QVERIFY(hasErrors(adopted.problems));
    }
};

QTEST_APPLESS_MAIN(TestAdopt)
#include "tst_adopt.moc"
