// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/language/uses.h"

#include <QTest>

using namespace flowgate;
using namespace flowgate::collector;

namespace {

const QByteArray text = R"(receivers:
  otlp:
  nop/in: {}
exporters:
  debug: &d {}
  "debug/two": {}
connectors:
  forward/x:
extensions:
  file_storage/q:
  basicauth:
processors:
  batch: {}
service:
  extensions: [file_storage/q, basicauth]
  pipelines:
    logs:
      receivers: [otlp, nop/in]
      processors: [batch]
      exporters: ['debug/two', forward/x]
    logs/b:
      receivers: [forward/x]
      exporters:
        - debug
        - debug/two # debug/two
)";

domain::ConfigSet configOf(const QByteArray &body, const QByteArray &second = {})
{
    domain::ConfigSet config;
    config.files[QStringLiteral("a.yaml")] = {body, {}};
    if (!second.isEmpty())
        config.files[QStringLiteral("b.yaml")] = {second, {}};
    return config;
}

/// "5d 20 25": the lines, with d at definitions.
QString shown(const std::optional<IdUses> &uses)
{
    if (!uses)
        return QStringLiteral("nothing");
    QStringList parts{uses->id};
    for (const IdPlace &place : uses->places)
        parts.append(QString::number(place.line) + (place.defines ? QStringLiteral("d") : QString()));
    return parts.join(u' ');
}

QByteArray applied(const QByteArray &body, const std::vector<Fix> &fixes)
{
    return fixed(QString::fromUtf8(body), fixes).toUtf8();
}

} // namespace

class TestUses : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void finds_data()
    {
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("column");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, int line, int column, const QString &expected) {
            QTest::addRow("%s", name) << line << column << expected;
        };
        row("a definition", 2, 4, QStringLiteral("otlp 2d 18"));
        row("behind its last letter", 2, 7, QStringLiteral("otlp 2d 18"));
        row("a use", 18, 19, QStringLiteral("otlp 2d 18"));
        row("with a name", 18, 25, QStringLiteral("nop/in 3d 18"));
        row("an anchor behind it", 5, 3, QStringLiteral("debug 5d 24"));
        row("in quotes", 6, 5, QStringLiteral("debug/two 6d 20 25"));
        row("a comment is none", 25, 25, QStringLiteral("nothing"));
        row("a connector is both ends", 22, 20, QStringLiteral("forward/x 8d 20 22"));
        row("an extension", 10, 5, QStringLiteral("file_storage/q 10d 15"));
        row("a section", 1, 3, QStringLiteral("nothing"));
        row("a pipeline", 17, 6, QStringLiteral("nothing"));
        row("no such line", 99, 1, QStringLiteral("nothing"));
    }
    void finds()
    {
        QFETCH(int, line);
        QFETCH(int, column);
        QFETCH(QString, expected);
        QCOMPARE(shown(usesAt(configOf(text), QStringLiteral("a.yaml"), line, column)), expected);
    }

    void extensionsAreNamedByKeysOfComponents()
    {
        const QByteArray body = "extensions:\n  file_storage/q: {}\nexporters:\n  otlp:\n    sending_queue:\n"
                                "      storage: file_storage/q\n";
        QCOMPARE(shown(usesAt(configOf(body), QStringLiteral("a.yaml"), 6, 20)), QStringLiteral("file_storage/q 2d 6"));
    }

    void renamesEverywhere()
    {
        const auto uses = usesAt(configOf(text), QStringLiteral("a.yaml"), 6, 5);
        QVERIFY(uses);
        const auto changes = renaming(*uses, QStringLiteral("debug/three"));
        QCOMPARE(changes.size(), size_t(1));
        QByteArray expected = text;
        expected.replace("\"debug/two\": {}", "\"debug/three\": {}")
            .replace("'debug/two'", "'debug/three'")
            .replace("- debug/two #", "- debug/three #");
        QCOMPARE(applied(text, changes.begin()->second), expected);
    }

    void renamesInAllFiles()
    {
        const QByteArray second = "service:\n  pipelines:\n    logs: {receivers: [otlp, otlp], exporters: [debug]}\n";
        const auto uses = usesAt(configOf("receivers:\n  otlp: {}\n", second), QStringLiteral("a.yaml"), 2, 3);
        QVERIFY(uses);
        const auto changes = renaming(*uses, QStringLiteral("otlp/x"));
        QCOMPARE(applied(second, changes.at(QStringLiteral("b.yaml"))),
                 QByteArray("service:\n  pipelines:\n    logs: {receivers: [otlp/x, otlp/x], exporters: [debug]}\n"));
        QCOMPARE(changes.at(QStringLiteral("a.yaml")).size(), size_t(1));
    }

    void refusesNames_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<bool>("taken");
        const auto row = [](const char *id, bool taken) {
            QTest::addRow("%s", id) << QString::fromLatin1(id) << taken;
        };
        row("debug/three", true);
        row("debug/a-b_c.1", true);
        row("debug/two", true); // as it is
        row("debug", false);    // there is one
        row("otlp/two", false);
        row("", false);
        row("debug/", false);
        row("debug/a b", false);
        row("debug/a]", false);
        row("debug/a:", false);
        row("debug/#", false);
    }
    void refusesNames()
    {
        QFETCH(QString, id);
        QFETCH(bool, taken);
        const auto uses = usesAt(configOf(text), QStringLiteral("a.yaml"), 6, 5);
        QCOMPARE(renameTrouble(configOf(text), *uses, id).isEmpty(), taken);
    }

    void aConnectorTakesNoIdOfAReceiver()
    {
        const QByteArray body = "receivers:\n  forward/a: {}\nconnectors:\n  forward/b: {}\n";
        const auto uses = usesAt(configOf(body), QStringLiteral("a.yaml"), 4, 3);
        QVERIFY(!renameTrouble(configOf(body), *uses, QStringLiteral("forward/a")).isEmpty());
    }

    void referencesAreNoComponents()
    {
        const QByteArray body = "receivers: {otlp: }\nservice: {pipelines: {logs: {receivers: ['${env:R}']}}}\n";
        QCOMPARE(shown(usesAt(configOf(body), QStringLiteral("a.yaml"), 2, 47)), QStringLiteral("nothing"));
    }

    /// All on one line of a megabyte: its text is not copied for each place.
    void longLinesAreCut()
    {
        QByteArray ids;
        QByteArray defined;
        for (int i = 0; i < 20'000; ++i) {
            ids += "otlp/" + QByteArray::number(100'000 + i) + ", ";
            defined += "otlp/" + QByteArray::number(100'000 + i) + ": , ";
        }
        const QByteArray body =
            "{receivers: {" + defined + "}, service: {pipelines: {logs: {receivers: [" + ids + "]}}}}";
        const auto at = static_cast<int>(body.indexOf("[otlp/")) + 2;
        const auto uses = usesAt(configOf(body), QStringLiteral("a.yaml"), 1, at);
        QVERIFY(uses);
        QCOMPARE(uses->places.size(), size_t(2));
        QVERIFY(uses->places.back().text.size() <= 300);
        QVERIFY(uses->places.back().text.contains(QStringLiteral("otlp/100000")));
    }
};

QTEST_GUILESS_MAIN(TestUses)
#include "tst_uses.moc"
