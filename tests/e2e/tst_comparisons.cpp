// SPDX-License-Identifier: GPL-3.0-or-later
// What is said of a gateway's effective config beside the desired one: through the programs, with an agent that reports
// what each row says.
#include "tests/e2e/support/processes.h"
#include "tests/support/rawclient.h"

#include <QJsonArray>
#include <QTest>

#include <opamp.pb.h>

using namespace flowgate::tests;

namespace {

using Entries = QMap<QByteArray, QByteArray>;

QString text(const char *latin1)
{
    return QString::fromLatin1(latin1);
}

const QByteArray base = "receivers: {nop: }\nexporters: {debug: }\n"
                        "service: {pipelines: {logs: {receivers: [nop], exporters: [debug]}}}\n";

/// An agent that takes a config and says of it what it is told to say.
class Agent
{
public:
    [[nodiscard]] bool connectTo(quint16 port)
    {
        return m_client.connectTo(port) && m_client.openWebSocket("/v1/opamp") && report({{"", base}}, {});
    }

    /// Waits for an offer; its hash, empty if none comes.
    [[nodiscard]] QByteArray offer()
    {
        while (auto reply = answer()) {
            if (reply->has_remote_config())
                return QByteArray::fromStdString(reply->remote_config().config_hash());
        }
        return {};
    }

    /// Says that the config of @p hash was applied and runs, and that the effective config is @p effective.
    [[nodiscard]] bool report(const Entries &effective, const QByteArray &hash)
    {
        opamp::proto::v1::AgentToServer message;
        message.set_instance_uid(std::string(16, 'a'));
        message.set_sequence_num(m_number++);
        message.set_capabilities(0x1807); // status, remote config, effective config, health
        message.mutable_agent_description();
        auto *health = message.mutable_health();
        health->set_healthy(true);
        health->set_start_time_unix_nano(1'790'000'000'000'000'000);
        auto *status = message.mutable_remote_config_status();
        status->set_last_remote_config_hash(hash.toStdString());
        status->set_status(hash.isEmpty() ? opamp::proto::v1::RemoteConfigStatuses_UNSET
                                          : opamp::proto::v1::RemoteConfigStatuses_APPLIED);
        auto &files = *message.mutable_effective_config()->mutable_config_map()->mutable_config_map();
        for (auto entry = effective.begin(); entry != effective.end(); ++entry)
            files[entry.key().toStdString()].set_body(entry->toStdString());
        return m_client.send(
            frame(Op::Binary, QByteArray(1, '\0') + QByteArray::fromStdString(message.SerializeAsString())));
    }

private:
    std::optional<opamp::proto::v1::ServerToAgent> answer()
    {
        const auto read = m_client.readData();
        opamp::proto::v1::ServerToAgent reply;
        if (!read || read->op != Op::Binary || !reply.ParseFromString(read->payload.mid(1).toStdString()))
            return {};
        return reply;
    }

    RawClient m_client;
    quint64 m_number = 0;
};

QByteArray utf16(const QByteArray &latin1)
{
    QByteArray bytes("\xff\xfe");
    for (const char c : latin1)
        bytes += QByteArray(1, c) + '\0';
    return bytes;
}

/// @p count exporters, as they are written or, with their defaults, reported.
QByteArray many(int count, bool isReported)
{
    const QByteArray settings =
        isReported ? QByteArray("{endpoint: 'http://x', compression: gzip, timeout: 30s, tls: {insecure: true}, "
                                "retry_on_failure: {enabled: true, initial_interval: 5s, max_interval: 30s}}\n")
                   : QByteArray("{endpoint: 'http://x'}\n");
    QByteArray exporters;
    QByteArray ids;
    for (int i = 0; i < count; ++i) {
        const QByteArray id = "otlp_http/" + QByteArray::number(i);
        exporters += "  " + id + ": " + settings;
        ids += id + ", ";
    }
    return "receivers: {nop: }\nexporters:\n" + exporters +
           "service: {pipelines: {logs: {receivers: [nop], exporters: [" + ids + "]}}}\n";
}

} // namespace

class TestComparisons final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_daemon = std::make_unique<Daemon>();
        QVERIFY2(m_daemon->start(), m_daemon->log().constData());
    }
    void cleanup() { m_daemon.reset(); }

    void states_data()
    {
        QTest::addColumn<QByteArray>("desired");
        QTest::addColumn<Entries>("effective");
        QTest::addColumn<QString>("state");
        QTest::addColumn<QString>("why");
        QTest::addColumn<QJsonValue>("contains");
        QTest::addColumn<QJsonValue>("notCompared");
        const auto row = [](const char *name, const QByteArray &desired, const Entries &effective, const char *state,
                            const char *why, const QJsonValue &contains, const QJsonValue &notCompared) {
            QTest::addRow("%s", name) << desired << effective << text(state) << text(why) << contains << notCompared;
        };
        const QByteArray mark = "\xef\xbb\xbf";
        const QByteArray nothing = "receivers: {nop: }\nexporters: {nop: }\n"
                                   "service: {pipelines: {traces: {receivers: [nop], exporters: [nop]}}}\n";
        const QByteArray sections = "receivers: {nop: }\nexporters: ${file:/etc/e.yaml}\n"
                                    "service: {pipelines: {logs: {receivers: [nop], exporters: [debug, x]}}}\n";
        const QByteArray lists = "receivers: {nop: '${file:/etc/n.yaml}'}\nexporters: {debug: }\n"
                                 "service: {pipelines: {logs: {receivers: '${env:R}', exporters: [debug]}}}\n";
        row("a section behind a reference", sections,
            {{"", "receivers: {nop: }\nexporters: {debug: {verbosity: Normal}, x: }\n"
                  "service: {pipelines: {logs: {receivers: [nop], exporters: [debug, x]}}}\n"}},
            "in_sync", "", true, 1);
        row("a section behind a reference, and another exporter", sections,
            {{"", "receivers: {nop: }\nexporters: {debug: {verbosity: Normal}, x: }\n"
                  "service: {pipelines: {logs: {receivers: [nop], exporters: [debug, y]}}}\n"}},
            "drifted", "", false, 1);
        row("a section behind a reference that is not there", sections,
            {{"", "receivers: {nop: }\nservice: {pipelines: {logs: {receivers: [nop], exporters: [debug, x]}}}\n"}},
            "drifted", "", false, 0);
        row("a component and a list behind references", lists,
            {{"", "receivers: {nop: {a: 1}}\nexporters: {debug: {}}\n"
                  "service: {pipelines: {logs: {receivers: [nop], exporters: [debug]}}}\n"}},
            "in_sync", "", true, 2);
        row("a byte order mark before the first key", mark + base, {{"", base}}, "in_sync", "", true, 0);
        row("a byte order mark, and it runs something else", mark + base, {{"", nothing}}, "drifted", "", false, 0);
        row("raw beside what runs", base, {{"", nothing}, {"raw", base}}, "drifted", "", false, 0);
        row("notes beside what runs", base, {{"main.yaml", base}, {"notes", "up since: 12:00: fine"}}, "in_sync", "",
            true, 0);
        row("cut off", base, {{"", base + "x: ["}}, "applied",
            "cannot be compared: the effective config, line 4: The text ends where a value is expected; a [ or { "
            "before is not closed",
            QJsonValue::Null, QJsonValue::Null);
        row("a second document", base, {{"", base + "---\na: 1\n"}}, "applied",
            "cannot be compared: the effective config has more than one YAML document, of which a Collector reads the "
            "first",
            QJsonValue::Null, QJsonValue::Null);
        row("too large", many(5'000, false), {{"", "x: [" + QByteArray("1, ").repeated(200'000) + "]\n" + base}},
            "applied", "too large to compare: the effective config has more than 200,000 values", QJsonValue::Null,
            QJsonValue::Null);
        row("large, compared in the pool", many(5'000, false), {{"", many(5'000, true)}}, "in_sync", "", true, 0);
        row("large and different, compared in the pool", many(5'000, false), {{"", many(4'999, true)}}, "drifted", "",
            false, 0);
    }
    void states()
    {
        QFETCH(QByteArray, desired);
        QFETCH(Entries, effective);
        QFETCH(QString, state);
        QFETCH(QString, why);
        QFETCH(QJsonValue, contains);
        QFETCH(QJsonValue, notCompared);
        Agent agent;
        QVERIFY(agent.connectTo(m_daemon->port()));
        QTRY_VERIFY(!m_daemon->gateway().isEmpty());
        const CtlResult added = add("c", desired);
        QVERIFY2(added.exit == 0, added.errors.constData());
        // Long enough that no deadline passes while the state is looked at.
        const CtlResult started = m_daemon->ctl({text("rollouts"), text("start"), text("--config"), text("c"),
                                                 text("--selector"), text("all"), text("--timeout"), text("600s")});
        QVERIFY2(started.exit == 0, started.errors.constData());
        const QByteArray hash = agent.offer();
        QVERIFY(!hash.isEmpty());
        QVERIFY(agent.report(effective, hash));
        const auto config = [&] { return m_daemon->gateway()[text("config")].toObject(); };
        QTRY_COMPARE_WITH_TIMEOUT(config()[text("state")].toString() + config()[text("why")].toString(), state + why,
                                  30'000);
        const QJsonObject seen = config()[text("effective")].toObject();
        QCOMPARE(seen[text("contains_wanted")], contains);
        QCOMPARE(seen[text("not_compared")], notCompared);
        QCOMPARE(seen[text("not_comparable")].toString(), why);
        QCOMPARE(seen[text("files")].toArray().size(), effective.size());
        QCOMPARE(seen[text("differences")].toArray().isEmpty(), state != u"drifted");
    }

    /// What cannot be seen here is no error, and its rollout is proven by what can be seen.
    void aReferenceIsProven()
    {
        Agent agent;
        QVERIFY(agent.connectTo(m_daemon->port()));
        QTRY_VERIFY(!m_daemon->gateway().isEmpty());
        QCOMPARE(add("c", "receivers: {nop: }\nexporters: ${file:/etc/e.yaml}\n"
                          "service: {pipelines: {logs: {receivers: [nop], exporters: [debug]}}}\n")
                     .exit,
                 0);
        const auto rollout =
            m_daemon->startCtl({text("rollouts"), text("start"), text("--config"), text("c"), text("--selector"),
                                text("all"), text("--soak"), text("0s"), text("--wait")});
        const QByteArray hash = agent.offer();
        QVERIFY(!hash.isEmpty());
        QVERIFY(agent.report({{"", base}}, hash));
        QVERIFY(rollout->waitForFinished(patience));
        QVERIFY2(rollout->exitCode() == 0, rollout->readAllStandardError().constData());
        QCOMPARE(m_daemon->gateway()[text("config")][text("last_proven")][text("config")].toString(), text("c"));
        const QByteArray shown = said({text("gateways"), text("show"), text("61616161")});
        QVERIFY2(shown.contains("1 value cannot be compared"), shown.constData());
        const QByteArray diff = said({text("configs"), text("diff"), text("c@1"), text("--gateway"), text("61616161")});
        QVERIFY2(diff.contains("1 value cannot be compared") && diff.contains("has all of c@1"), diff.constData());
    }

    void checksAndDiffsSayWhatIsInvisible()
    {
        const auto check = [&](const QByteArray &body) {
            return m_daemon->ctl({text("configs"), text("check"), text("-")}, body);
        };
        QCOMPARE(check("\xef\xbb\xbf" + base).exit, 0);
        for (const QByteArray &body : {utf16(base), utf16(base).mid(2)}) {
            const CtlResult checked = check(body);
            QCOMPARE(checked.exit, 1);
            QCOMPARE(checked.json[text("items")].toArray().size(), 1);
            QVERIFY2(checked.output.contains("Save the file with UTF-8 encoding"), checked.output.constData());
        }
        QCOMPARE(add("c", base).exit, 0);
        QCOMPARE(add("c", QByteArray(base).replace("\n", "\r\n")).exit, 0);
        QCOMPARE(add("c", "\xef\xbb\xbf" + base).exit, 0);
        const auto diff = [&](const char *from, const char *to) {
            return said({text("configs"), text("diff"), text(from), text(to)});
        };
        QVERIFY2(diff("c@1", "c@2").endsWith("c@1 and c@2 differ only in their line ends (LF and CRLF).\n"),
                 diff("c@1", "c@2").constData());
        QVERIFY2(diff("c@1", "c@3").endsWith("c@1 and c@3 differ only in a byte order mark at the beginning.\n"),
                 diff("c@1", "c@3").constData());
        QVERIFY2(
            diff("c@2", "c@3")
                .endsWith("differ only in their line ends (LF and CRLF) and a byte order mark at the beginning.\n"),
            diff("c@2", "c@3").constData());
    }

private:
    CtlResult add(const char *name, const QByteArray &body)
    {
        return m_daemon->ctl({text("configs"), text("add"), text(name), text("-")}, body);
    }

    /// What flowgatectl prints for people.
    QByteArray said(const QStringList &arguments)
    {
        QProcess ctl;
        bindToParent(ctl);
        ctl.start(QStringLiteral(FLOWGATE_BIN "/flowgatectl"),
                  QStringList{text("--data"), m_daemon->folder()} + arguments);
        return ctl.waitForFinished(flowgate::tests::patience) ? ctl.readAllStandardOutput() : QByteArray();
    }

    std::unique_ptr<Daemon> m_daemon;
};

QTEST_GUILESS_MAIN(TestComparisons)
#include "tst_comparisons.moc"
