// SPDX-License-Identifier: GPL-3.0-or-later
// Whether our checks and the real Collector agree: what we call valid it accepts, what we refuse it refuses, and the
// shipped schema is what its factories say.
#include "collector/adopt.h"
#include "collector/binarycheck.h"
#include "collector/check.h"
#include "collector/schema.h"
#include "tests/e2e/support/processes.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace flowgate;
using namespace flowgate::tests;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString collectorBinary()
{
    return gatewayBinaries() + QStringLiteral("/otelcol.bin");
}

void addFiles(const QString &folder, const std::function<bool(const QByteArray &)> &fits)
{
    QTest::addColumn<QString>("path");
    const QDir dir(QStringLiteral(FLOWGATE_TEST_DATA "/configs/") + folder);
    for (const QString &name : dir.entryList({QStringLiteral("*.yaml")})) {
        if (fits(contentOf(dir.filePath(name))))
            QTest::addRow("%s", qPrintable(name)) << dir.filePath(name);
    }
}

collector::BinaryVerdict verdictOn(const QByteArray &text)
{
    domain::ConfigSet config;
    config.files[QString()].body = text;
    collector::BinaryCheck check;
    collector::BinaryVerdict verdict;
    QObject::connect(&check, &collector::BinaryCheck::finished,
                     [&verdict](const collector::BinaryVerdict &said) { verdict = said; });
    check.start(collectorBinary(), config);
    check.wait([] { return false; });
    return verdict;
}

} // namespace

class TestConfigValidate : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { needGatewayBinary(QStringLiteral("otelcol.bin")); }

    /// Those made of the components that this Collector has.
    void acceptsWhatWeCallValid_data()
    {
        addFiles(QStringLiteral("valid"), [](const QByteArray &text) { return text.contains("# collector: own"); });
    }
    void acceptsWhatWeCallValid()
    {
        QFETCH(QString, path);
        const auto verdict = verdictOn(contentOf(path));
        QVERIFY2(verdict.outcome == collector::BinaryVerdict::Outcome::Accepted, qPrintable(verdict.words));
    }

    /// But for what only shows when it runs: `validate` opens no port.
    void refusesWhatWeRefuse_data()
    {
        addFiles(QStringLiteral("broken"),
                 [](const QByteArray &text) { return text.contains(" error: ") && !text.contains("error: Port"); });
    }
    void refusesWhatWeRefuse()
    {
        QFETCH(QString, path);
        const auto verdict = verdictOn(contentOf(path));
        QVERIFY2(verdict.outcome == collector::BinaryVerdict::Outcome::Refused, qPrintable(verdict.words));
        QVERIFY(collector::hasErrors(verdict.problems));
    }

    /// What is taken up from a gateway is a config that its Collector takes.
    void acceptsWhatWeTakeUp_data()
    {
        QTest::addColumn<QString>("path");
        const QDir folder(QStringLiteral(FLOWGATE_TEST_DATA "/collector/pairs"));
        for (const QString &name : folder.entryList({QStringLiteral("*.effective.yaml")})) {
            if (!name.startsWith(QStringLiteral("fresh-start"))) // runs nothing
                QTest::addRow("%s", qPrintable(name)) << folder.filePath(name);
        }
    }
    void acceptsWhatWeTakeUp()
    {
        QFETCH(QString, path);
        domain::ConfigSet effective;
        effective.files[QString()].body = contentOf(path);
        const auto adopted = collector::adopt(collector::shippedSchema(), effective);
        const auto verdict = verdictOn(adopted.text);
        QVERIFY2(verdict.outcome == collector::BinaryVerdict::Outcome::Accepted,
                 qPrintable(verdict.words + QString::fromUtf8(adopted.text)));
    }

    void schemaHasAllComponents()
    {
        QProcess program;
        program.start(collectorBinary(), {QStringLiteral("components")});
        QVERIFY(program.waitForFinished(patience));
        const collector::ComponentKind *kind = nullptr; // of the section that the line is in
        int found = 0;
        for (const QByteArray &line : program.readAllStandardOutput().split('\n')) {
            if (!line.startsWith(' ')) {
                kind = nullptr;
                for (const collector::ComponentKind &one : collector::allComponentKinds) {
                    if (line.trimmed() == collector::sectionName(one).toUtf8() + ':')
                        kind = &one;
                }
            } else if (kind && line.trimmed().startsWith("- name: ")) {
                const QString type = QString::fromUtf8(line.trimmed().mid(8));
                QVERIFY2(collector::shippedSchema().find(*kind, type), qPrintable(type));
                ++found;
            }
        }
        QVERIFY(found >= 9);
    }

    void schemaIsWhatTheFactoriesSay()
    {
        const QTemporaryDir folder;
        const QString made = folder.filePath(QStringLiteral("schema.json"));
        QProcess generator;
        generator.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        generator.start(QStringLiteral(FLOWGATE_SOURCE "/tools/make-schema"), {made});
        QVERIFY(generator.waitForFinished(15 * patience));
        QCOMPARE(generator.exitCode(), 0);
        QVERIFY(!contentOf(made).isEmpty());
        QVERIFY2(contentOf(made) == contentOf(QStringLiteral(FLOWGATE_SOURCE "/resources/schema/collector.json")),
                 "tools/make-schema gives another file: commit it");
    }
};

QTEST_GUILESS_MAIN(TestConfigValidate)
#include "tst_configvalidate.moc"
