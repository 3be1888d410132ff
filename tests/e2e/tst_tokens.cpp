// SPDX-License-Identifier: GPL-3.0-or-later
// Who is let in, at a listener that others can reach: tokens, revocation, approval. Only loopback addresses are used:
// the listener is judged by the address that it listens on.
#include "tests/e2e/support/processes.h"

#include <QDirIterator>
#include <QJsonArray>
#include <QTcpSocket>
#include <QTest>
#include <QUrl>

using namespace flowgate::tests;

namespace {

QString text(const char *latin1)
{
    return QString::fromLatin1(latin1);
}

/// The agent's part of a WebSocket, by hand.
class Agent
{
public:
    /// Asks for the upgrade. @param token  empty: without credentials @return the status line
    QByteArray connectTo(quint16 port, const QString &token)
    {
        m_socket.abort();
        m_socket.connectToHost(text("127.0.0.1"), port);
        if (!m_socket.waitForConnected(patience))
            return {};
        QByteArray head = "GET /v1/opamp HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n";
        if (!token.isEmpty())
            head += "Authorization: Bearer " + token.toLatin1() + "\r\n";
        m_socket.write(head + "\r\n");
        m_received.clear();
        readUntil([this] { return m_received.contains("\r\n\r\n"); });
        m_head = m_received.left(m_received.indexOf("\r\n\r\n"));
        m_received.remove(0, m_received.indexOf("\r\n\r\n") + 4);
        return m_head.left(m_head.indexOf("\r\n"));
    }
    /// A bare report of this gateway: uid, sequence number, capabilities that take a config.
    void report(char uid, quint8 sequence)
    {
        QByteArray message("\x00\x0a\x10", 3);
        message += QByteArray(15, 'u') + uid;
        message += QByteArray("\x10", 1) + char(sequence);
        message +=
            QByteArray("\x20\x87\x30", 3); // status, remote config, effective config, health, reports remote config
        message += QByteArray("\x1a\x00", 2); // a description: nothing is offered to who has reported nothing (S8)
        QByteArray frame("\x82", 1);
        frame += char(0x80 | message.size());
        frame += QByteArray(4, '\0') + message; // a mask of zeros changes nothing
        m_socket.write(frame);
        m_socket.flush();
    }
    /// The code of the Close frame that comes; 0: none in time.
    int closeCode()
    {
        int code = 0;
        readUntil([&] {
            const qsizetype at = m_received.lastIndexOf("\x88");
            if (at < 0 || m_received.size() < at + 4)
                return false;
            code = (quint8(m_received[at + 2]) << 8) | quint8(m_received[at + 3]);
            return code >= 1000 && code < 5000;
        });
        return code;
    }
    /// Whether a message of the server that holds these bytes comes within @p ms.
    bool hears(const QByteArray &bytes, int ms = patience)
    {
        return readUntil([&] { return m_received.contains(bytes); }, ms);
    }
    void forget() { m_received.clear(); }
    [[nodiscard]] const QByteArray &head() const { return m_head; }

private:
    bool readUntil(const std::function<bool()> &enough, int ms = patience)
    {
        return QTest::qWaitFor(
            [&] {
                m_received += m_socket.readAll();
                return enough();
            },
            ms);
    }

    QTcpSocket m_socket;
    QByteArray m_received;
    QByteArray m_head;
};

} // namespace

class TestTokens final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_daemon = std::make_unique<Daemon>();
        QVERIFY2(m_daemon->start({text("--listen"), text("0.0.0.0:0"), text("--tls"), text("no")}),
                 m_daemon->log().constData());
        // The first endpoint is the harness's own on loopback; the other one is the one in question.
        m_port = m_daemon->portOn(text("0.0.0.0"));
        QVERIFY(m_port != 0);
    }
    void cleanup() { m_daemon.reset(); }

    // T6, ER6: the answer is an HTTP status, before any upgrade.
    void nobodyGetsInWithout()
    {
        Agent agent;
        QVERIFY2(agent.connectTo(m_port, {}).contains("401"), agent.head().constData());
        QVERIFY(agent.head().contains("WWW-Authenticate: Bearer"));
        QVERIFY(agent.connectTo(m_port, text("fgt_wrong")).contains("401"));
        QVERIFY(agent.connectTo(m_port, make(text("lab"))).contains("101"));
        QVERIFY(agent.connectTo(m_daemon->port(), {}).contains("101")); // a loopback listener asks for none
    }

    // CS16, T23: its connections end at once, with 1008, and it is refused from then on.
    void revokingEndsConnections()
    {
        const QString token = make(text("lab"));
        const QString other = make(text("other"));
        Agent agent;
        Agent bystander;
        QVERIFY(agent.connectTo(m_port, token).contains("101"));
        QVERIFY(bystander.connectTo(m_port, other).contains("101"));
        agent.report('a', 1);
        bystander.report('b', 1);
        QTRY_COMPARE(status()[text("gateways")][text("total")].toInt(), 2);
        QCOMPARE(m_daemon->ctl({text("tokens"), text("revoke"), text("lab")}).exit, 0);
        QCOMPARE(agent.closeCode(), 1008);
        QVERIFY(agent.connectTo(m_port, token).contains("401"));
        bystander.forget();
        bystander.report('b', 2);
        QVERIFY(bystander.hears(QByteArray(15, 'u') + 'b')); // others are not affected
    }

    void expiryEndsConnections()
    {
        Agent agent;
        QString token;
        // A busy machine may take longer to connect than the token lives: it gets more time then.
        for (int seconds = 2; !agent.connectTo(m_port, token).contains("101"); seconds *= 2) {
            QVERIFY2(seconds < 100, agent.head().constData());
            token = make(text("short-%1").arg(seconds), {text("--expires"), text("%1s").arg(seconds)});
        }
        agent.report('a', 1);
        QCOMPARE(agent.closeCode(), 1008);
        QVERIFY(agent.connectTo(m_port, token).contains("401"));
    }

    // CS14: who waits is answered, and gets nothing; a rollout says why, and reaches it once it is approved.
    void whoWaitsGetsNothing()
    {
        const QByteArray secret = "# planted-in-a-config";
        QCOMPARE(m_daemon
                     ->ctl({text("configs"), text("add"), text("base"), text("-")},
                           "receivers: {nop: }\nexporters: {nop: }\nservice: {pipelines: {logs: {receivers: [nop], "
                           "exporters: [nop]}}}\n" +
                               secret + "\n")
                     .exit,
                 0);
        Agent agent;
        QVERIFY(agent.connectTo(m_port, make(text("lab"))).contains("101"));
        agent.report('a', 1);
        QTRY_COMPARE(gateway()[text("admission")].toString(), text("pending"));
        const QString id = gateway()[text("id")].toString();
        const QJsonArray planned = m_daemon
                                       ->ctl({text("rollouts"), text("preview"), text("--config"), text("base"),
                                              text("--selector"), text("all")})
                                       .json[text("items")]
                                       .toArray();
        QCOMPARE(planned.at(0)[text("verdict")].toString(), text("not_approved"));
        QVERIFY(m_daemon
                    ->ctl({text("rollouts"), text("start"), text("--config"), text("base"), text("--selector"),
                           text("all"), text("--force")})
                    .exit >= 0);
        agent.forget();
        agent.report('a', 2);
        QVERIFY(agent.hears(QByteArray(15, 'u') + 'a')); // it is answered (S2)
        QVERIFY(!agent.hears(secret, 1500));
        QCOMPARE(m_daemon->ctl({text("gateways"), text("approve"), id}).exit, 0);
        QCOMPARE(gateway()[text("admission")].toString(), text("approved"));
        QCOMPARE(m_daemon
                     ->ctl({text("rollouts"), text("start"), text("--config"), text("base"), text("--selector"),
                            text("all")})
                     .exit,
                 0);
        QVERIFY(agent.hears(secret));
    }

    void theRejectedAreTurnedAway()
    {
        const QString token = make(text("lab"));
        Agent agent;
        QVERIFY(agent.connectTo(m_port, token).contains("101"));
        agent.report('a', 1);
        QTRY_VERIFY(!gateway().isEmpty());
        QCOMPARE(m_daemon->ctl({text("gateways"), text("reject"), gateway()[text("id")].toString()}).exit, 0);
        QCOMPARE(agent.closeCode(), 1008);
        QVERIFY(agent.connectTo(m_port, token).contains("101")); // its uid is not known before its first message
        agent.report('a', 2);
        QCOMPARE(agent.closeCode(), 1008);
    }

    // SEC7: a token for one gateway lets in no other.
    void aTokenForOneGateway()
    {
        const QString token = make(text("one"), {text("--per-gateway"), text("--approve")});
        Agent agent;
        QVERIFY(agent.connectTo(m_port, token).contains("101"));
        agent.report('a', 1);
        QTRY_COMPARE(gateway()[text("admission")].toString(), text("approved"));
        Agent thief;
        QVERIFY(thief.connectTo(m_port, token).contains("101"));
        thief.report('b', 1);
        QCOMPARE(thief.closeCode(), 1008);
        QCOMPARE(status()[text("gateways")][text("total")].toInt(), 1);
    }

    // SEC5: the text of a token is on no disk and in no log; it counts again after a restart all the same.
    void theTextIsKeptNowhere()
    {
        const QString token = make(text("lab"));
        Agent agent;
        QVERIFY(agent.connectTo(m_port, token).contains("101"));
        agent.report('a', 1);
        QTRY_VERIFY(!gateway().isEmpty());
        const QByteArray listed = m_daemon->ctl({text("tokens"), text("list")}).output +
                                  m_daemon->ctl({text("events")}).output + m_daemon->ctl({text("status")}).output;
        QVERIFY(listed.contains("lab"));
        QVERIFY(!listed.contains(token.toUtf8()));
        QCOMPARE(m_daemon->terminate(), 0);
        QVERIFY(!m_daemon->log().contains(token.toUtf8()));
        QDirIterator files(m_daemon->folder(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        int looked = 0;
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!file.readAll().contains(token.toUtf8()), qPrintable(file.fileName()));
            ++looked;
        }
        QVERIFY(looked >= 1);
        QVERIFY(m_daemon->start({text("--require-token=yes")})); // the same folder
        QVERIFY(agent.connectTo(m_daemon->port(), {}).contains("401"));
        QVERIFY(agent.connectTo(m_daemon->port(), token).contains("101"));
    }

private:
    [[nodiscard]] QString make(const QString &name, const QStringList &options = {})
    {
        return m_daemon->ctl(QStringList{text("tokens"), text("create"), name} + options)
            .json[text("token")]
            .toString();
    }
    [[nodiscard]] QJsonObject status() { return m_daemon->ctl({text("status")}).json; }
    /// The only one; empty: there is none.
    [[nodiscard]] QJsonObject gateway() { return m_daemon->gateway(); }

    std::unique_ptr<Daemon> m_daemon;
    quint16 m_port = 0;
};

QTEST_GUILESS_MAIN(TestTokens)
#include "tst_tokens.moc"
