// SPDX-License-Identifier: GPL-3.0-or-later
// What is said of a gateway rests on what was observed: through the programs, with an agent of the test's own.
#include "tests/e2e/support/processes.h"
#include "tests/e2e/support/rawagent.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QLocalSocket>
#include <QTest>

#include <csignal>

using namespace flowgate::tests;

namespace {

QString text(const char *latin1)
{
    return QString::fromLatin1(latin1);
}

QStringList words(const char *line)
{
    return text(line).split(u' ');
}

} // namespace

class TestObserved final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_daemon = std::make_unique<Daemon>();
        QVERIFY2(m_daemon->start(), m_daemon->log().constData());
    }
    void cleanup() { m_daemon.reset(); }

    // A stop of ours is not an outage of the gateways.
    void aCleanStopIsNoOutage()
    {
        RawAgent agent("edge-1");
        QVERIFY(agent.connectTo(m_daemon->port()) && agent.ask(agent.full()));
        QCOMPARE(presence(), text("connected"));
        m_daemon->signal(SIGTERM);
        QCOMPARE(agent.readClose(true), quint16(1001)); // T23
        QCOMPARE(m_daemon->terminate(), 0);
        QVERIFY(m_daemon->start());
        QCOMPARE(presence(), text("not_observed"));
        QCOMPARE(at(m_daemon->gateway(), "presence.why").toString(), text("Flowgate was not running"));
        QCOMPARE(at(m_daemon->gateway(), "health.state").toString(), text("not_observed"));
        for (const QString &event : events())
            QVERIFY2(!event.contains(text("lost")) && !event.contains(text("broke")), qPrintable(event));
        // Of the time before, what lasted less than a second is left out.
        QCOMPARE(presences().last(), text("not_observed: Flowgate was not running"));
        QVERIFY(presences().filter(text("lost")).isEmpty());
        QVERIFY(agent.connectTo(m_daemon->port()) && agent.ask(agent.full()));
        QCOMPARE(presence(), text("connected"));
    }

    // A connection that we close does not break.
    void whatWeCloseIsSaidSo_data()
    {
        QTest::addColumn<QString>("way");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("why");
        QTest::newRow("CS16 its token was revoked") << text("revoke") << 1008 << text("the token was revoked");
        QTest::newRow("SEC1 rejected") << text("reject") << 1008 << text("this gateway was rejected by the operator");
        QTest::newRow("T19 it sends nonsense") << text("nonsense") << 1008 << text("too many malformed messages");
    }
    void whatWeCloseIsSaidSo()
    {
        QFETCH(QString, way);
        QFETCH(int, code);
        QFETCH(QString, why);
        const CtlResult made = m_daemon->ctl(words("tokens create lab"));
        const QByteArray token = made.json[text("token")].toString().toLatin1();
        RawAgent agent("edge-1");
        QVERIFY(agent.connectTo(m_daemon->port(), token) && agent.ask(agent.full()));
        QCOMPARE(presence(), text("connected"));
        if (way == u"revoke")
            QCOMPARE(m_daemon->ctl(words("tokens revoke lab")).exit, 0);
        else if (way == u"reject")
            QCOMPARE(m_daemon->ctl({text("gateways"), text("reject"), agent.id()}).exit, 0);
        else
            QVERIFY(agent.client().send(frame(Op::Binary, QByteArray(1, '\0') + "\xff\xff").repeated(5)));
        QCOMPARE(agent.readClose(false), quint16(code)); // it does not even answer
        QTRY_COMPARE(presence(), text("not_observed"));
        QCOMPARE(at(m_daemon->gateway(), "presence.why").toString(), text("closed by Flowgate: ") + why);
        QVERIFY2(events().contains(text("connection_closed: Flowgate closed the connection of edge-1: ") + why),
                 qPrintable(events().join(u'\n')));
        agent.client().reset();
        RawAgent later("edge-2"); // once it is answered that end was read, too
        QVERIFY(later.connectTo(m_daemon->port()) && later.ask(later.full()));
        QCOMPARE(at(m_daemon->gateway(agent.id()), "presence.state").toString(), text("not_observed"));
        for (const QString &event : events())
            QVERIFY2(!event.contains(text("lost")) && !event.contains(text("broke")), qPrintable(event));
    }

    // The reason of an outage is not hidden, and not shown as if it were of now.
    void aLostGatewayShowsItsLastHealth()
    {
        RawAgent agent("edge-1");
        QVERIFY(agent.connectTo(m_daemon->port()) && agent.ask(agent.full(false, "queue is full")));
        const auto health = [&] { return m_daemon->ctl({text("gateways"), text("health"), agent.id()}).json; };
        QCOMPARE(health()[text("stale")], QJsonValue(false));
        QCOMPARE(at(m_daemon->gateway(), "health.last_reported.error").toString(), text("queue is full"));
        QCOMPARE(at(m_daemon->gateway(), "health.stale"), QJsonValue(false));
        agent.client().reset();
        QTRY_COMPARE(presence(), text("lost"));
        const QJsonObject gateway = m_daemon->gateway();
        QCOMPARE(at(gateway, "health.state").toString(), text("not_observed"));
        QCOMPARE(at(gateway, "health.stale"), QJsonValue(true));
        const QJsonObject last = at(gateway, "health.last_reported").toObject();
        QCOMPARE(last[text("healthy")], QJsonValue(false));
        QCOMPARE(last[text("status")].toString(), text("StatusRecoverableError"));
        QCOMPARE(last[text("error")].toString(), text("queue is full"));
        QCOMPARE(last[text("at")], at(gateway, "health.observed_at"));
        QCOMPARE(health()[text("stale")], QJsonValue(true));
        QCOMPARE(health()[text("observed_at")], last[text("at")]);
        QCOMPARE(health()[text("healthy")], QJsonValue(false));
        QVERIFY2(said({text("gateways"), text("health"), agent.id()}).startsWith("Not current: last reported "),
                 said({text("gateways"), text("health"), agent.id()}).constData());
        QVERIFY(said({text("gateways"), text("show"), agent.id()}).contains("queue is full, last reported "));
    }

    // A start time that differs is a restart, also where the clock was set back in between.
    void anOlderStartIsARestart()
    {
        RawAgent agent("edge-1");
        QVERIFY(agent.connectTo(m_daemon->port()) && agent.ask(agent.full()));
        const auto restart = m_daemon->startCtl({text("gateways"), text("restart"), agent.id(), text("--wait")});
        const auto command = agent.reply();
        QVERIFY(command && command->has_command());
        agent.startedAt -= 3'600'000'000'000;
        QVERIFY(agent.ask(agent.full()));
        QVERIFY(restart->waitForFinished(flowgate::tests::patience));
        QCOMPARE(restart->exitCode(), 0);
        QCOMPARE(m_daemon->gateway()[text("restarts")].toInt(), 1);
        agent.startedAt /= 1'000'000; // milliseconds
        QVERIFY(agent.ask(agent.full()));
        QCOMPARE(at(m_daemon->gateway(), "health.started_at"), QJsonValue(QJsonValue::Null));
        QCOMPARE(at(m_daemon->gateway(), "health.implausible_start").toString(), QString::number(agent.startedAt));
    }

    // X8: one agent on a bad link is one gateway.
    void aFlappingLinkIsOneGateway()
    {
        std::vector<RawClient> old; // half open until the end
        RawAgent agent("edge-1");
        for (int i = 0; i < 10; ++i) {
            agent.number += 2; // messages that were lost
            old.push_back(std::move(agent.client()));
            QVERIFY(agent.connectTo(m_daemon->port()));
            const auto reply = agent.ask(agent.full());
            QVERIFY(reply && !reply->has_agent_identification());
        }
        QCOMPARE(m_daemon->ctl(words("gateways list")).json[text("items")].toArray().size(), 1);
        QVERIFY(events().join(u'\n').contains(text("link_flapping: The link of edge-1 is flapping")));
        old.clear();
        QVERIFY(agent.ask(agent.message()));
        QCOMPARE(presence(), text("connected"));
    }

    // S17: two that are both alive are told apart, and settle.
    void twoLiveClonesAreToldApart()
    {
        RawAgent first("edge-1");
        RawAgent second("edge-1", first.uid());
        second.number = 400;
        RawAgent *connected = nullptr;
        std::optional<QByteArray> given;
        for (int i = 0; i < 20 && !given; ++i) {
            RawAgent &next = connected == &first ? second : first;
            next.number += 3; // of each some messages are lost, so that neither count is taken up
            QVERIFY(next.connectTo(m_daemon->port()));
            const auto reply = next.ask(next.full());
            QVERIFY(reply);
            if (reply->has_agent_identification()) {
                given = QByteArray::fromStdString(reply->agent_identification().new_instance_uid());
            } else if (connected) {
                QCOMPARE(connected->readClose(true), quint16(1000));
                QVERIFY(!connected->reply()); // the end of TCP: our answer was read
            }
            if (!given)
                connected = &next;
        }
        QVERIFY(given && given->size() == 16 && *given != first.uid());
        QVERIFY(events().join(u'\n').contains(text("gateway_clone: Two gateways use the instance_uid of edge-1")));
        QVERIFY(connected->ask(connected->message())); // the other one was left in peace
        QVERIFY(!events().join(u'\n').contains(text("link_flapping")));
    }

    // 27 ghosts are one command and one write.
    void ghostsAreForgottenByASelector()
    {
        std::vector<RawAgent> agents;
        for (int i = 0; i < 4; ++i) {
            RawAgent &agent = agents.emplace_back("edge-" + QByteArray::number(i));
            QVERIFY(agent.connectTo(m_daemon->port()) && agent.ask(agent.full()));
        }
        for (size_t i = 0; i < 3; ++i) {
            agents[i].client().reset();
            QTRY_COMPARE(at(m_daemon->gateway(agents[i].id()), "presence.state").toString(), text("lost"));
        }
        const auto total = [&] { return m_daemon->ctl(words("gateways list")).json[text("items")].toArray().size(); };
        const CtlResult dry = m_daemon->ctl(words("gateways forget --selector host.name!=edge-0 --dry-run"));
        QCOMPARE(dry.exit, 0);
        QCOMPARE(dry.json[text("items")].toArray().size(), 3);
        QCOMPARE(dry.json[text("forgotten")].toInt(), 0);
        QCOMPARE(total(), 4);
        const CtlResult lost = m_daemon->ctl(words("gateways forget --selector host.name!=edge-0 --state lost"));
        QCOMPARE(lost.exit, 0);
        QCOMPARE(lost.json[text("forgotten")].toInt(), 2);
        const QJsonValue first = lost.json[text("items")][0];
        QCOMPARE(first[text("id")].toString(), agents[1].id());
        QCOMPARE(first[text("name")].toString(), text("edge-1"));
        QCOMPARE(first[text("presence")][text("state")].toString(), text("lost"));
        for (const char *name : {"edge-1", "edge-2"})
            QVERIFY(events().contains(text("gateway_forgotten: %1 was forgotten, with its history").arg(text(name))));
        QCOMPARE(total(), 2);
        // One that is connected is forgotten as well, as by its id, and comes back as a new one.
        QCOMPARE(m_daemon->ctl(words("gateways forget --selector all")).json[text("forgotten")].toInt(), 2);
        QCOMPARE(agents[3].readClose(true), quint16(1000));
        QCOMPARE(total(), 0);
        QCOMPARE(m_daemon->ctl(words("gateways forget --selector all")).json[text("forgotten")].toInt(-1), 0);
        QCOMPARE(m_daemon->ctl(words("gateways forget --selector env=none")).exit, 0);
        QCOMPARE(m_daemon->ctl({text("gateways"), text("forget"), text("--selector"), QString()}).exit, 1);
        m_daemon->kill(); // it is on disk
        QVERIFY(m_daemon->start());
        QCOMPARE(total(), 0);
    }

    // Settings, command line and socket read waves alike.
    void wavesAreOneLanguage_data()
    {
        QTest::addColumn<QString>("waves");
        QTest::addColumn<bool>("good");
        QTest::newRow("usual") << text("1,50%,100%") << true;
        QTest::newRow("with blanks") << text("1, 50 %") << true;
        QTest::newRow("falling") << text("50%,20%") << false;
        QTest::newRow("no wave") << text("1,all") << false;
        QTest::newRow("too many") << text("1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21") << false;
    }
    void wavesAreOneLanguage()
    {
        QFETCH(QString, waves);
        QFETCH(bool, good);
        const QString advice = text("such as 1,50%,100%");
        const auto said = [&](const CtlResult &result) { return at(result.json, "error.message").toString(); };
        const CtlResult set = m_daemon->ctl({text("settings"), text("set"), text("rollout.waves"), waves});
        QCOMPARE(set.exit, good ? 0 : 1);
        QVERIFY2(good || said(set).contains(advice), set.output.constData());
        // Without a config the start fails all the same: of waves that are good nothing is said.
        const CtlResult start = m_daemon->ctl({text("rollouts"), text("start"), text("--config"), text("base"),
                                               text("--selector"), text("all"), text("--waves"), waves});
        QCOMPARE(start.exit, good ? 1 : 2);
        QCOMPARE(said(start).contains(advice), !good);
        const QJsonObject args{{text("config"), text("base")}, {text("selector"), text("all")}};
        for (const QJsonValue &given : {QJsonValue(waves), QJsonValue(QJsonArray::fromStringList(waves.split(u',')))}) {
            QJsonObject with = args;
            with[text("waves")] = given;
            const QString answer = ask({{text("verb"), text("rollouts start")}, {text("args"), with}});
            QCOMPARE(answer.contains(advice), !good);
        }
    }

private:
    /// The answer of the control socket to a request that flowgatectl would not make.
    [[nodiscard]] QString ask(const QJsonObject &request) const
    {
        QLocalSocket socket;
        socket.connectToServer(m_daemon->folder() + text("/control.sock"));
        socket.write(QJsonDocument(request).toJson(QJsonDocument::Compact) + '\n');
        while (!socket.canReadLine() && socket.waitForReadyRead(patience)) {
        }
        return QString::fromUtf8(socket.readLine());
    }
    [[nodiscard]] QString presence() const { return at(m_daemon->gateway(), "presence.state").toString(); }
    /// "kind: text", the oldest first.
    [[nodiscard]] QStringList events() const
    {
        QStringList all;
        const QJsonArray items = m_daemon->ctl(words("events")).json[text("items")].toArray();
        for (const QJsonValue item : items)
            all.append(item[text("kind")].toString() + text(": ") + item[text("text")].toString());
        return all;
    }
    /// The presence spans, "state: detail", the oldest first.
    [[nodiscard]] QStringList presences() const
    {
        QStringList states;
        const QString id = m_daemon->gateway()[text("id")].toString();
        const QJsonArray items = m_daemon->ctl({text("gateways"), text("timeline"), id}).json[text("items")].toArray();
        for (const QJsonValue item : items) {
            if (item[text("kind")] == text("presence"))
                states.append(item[text("state")].toString() + text(": ") + item[text("detail")].toString());
        }
        return states;
    }
    /// What flowgatectl prints for people.
    [[nodiscard]] QByteArray said(const QStringList &arguments) const
    {
        QProcess process;
        process.start(QStringLiteral(FLOWGATE_BIN "/flowgatectl"),
                      QStringList{text("--data"), m_daemon->folder()} + arguments);
        process.waitForFinished(flowgate::tests::patience);
        return process.readAllStandardOutput();
    }

    std::unique_ptr<Daemon> m_daemon;
};

QTEST_GUILESS_MAIN(TestObserved)
#include "tst_observed.moc"
