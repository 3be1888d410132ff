// SPDX-License-Identifier: GPL-3.0-or-later
// Who gets in by the loopback port, through the programs: web pages as browsers send them, the same user, other users
// of the computer, and what comes through a proxy.
#include "tests/e2e/support/processes.h"
#include "tests/e2e/support/rawagent.h"
#include "tests/support/otheruser.h"

#include <QJsonArray>
#include <QTest>

using namespace flowgate::tests;

namespace {

QString text(const char *latin1)
{
    return QString::fromLatin1(latin1);
}

/// A message of an agent nobody has heard of, as a POST.
QByteArray hello(const std::vector<QByteArray> &headers = {})
{
    RawAgent agent("edge-1");
    return post("/v1/opamp", QByteArray::fromStdString(agent.full().SerializeAsString()), headers);
}

int statusOf(const QByteArray &answer)
{
    return answer.mid(9, 3).toInt();
}

} // namespace

class TestTrust final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_daemon = std::make_unique<Daemon>(); }
    void cleanup() { m_daemon.reset(); }

    // What a page of another origin makes a browser send: it comes to nothing, and the operator is told.
    void noPageGetsAnything_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("kind");
        const auto row = [](const char *name, const QByteArray &bytes, int status, const char *kind) {
            QTest::addRow("%s", name) << bytes << status << text(kind);
        };
        const QByteArray page = "Origin: http://192.0.2.80";
        row("a WebSocket",
            upgrade("/v1/opamp", {page, "User-Agent: Mozilla/5.0", "Sec-WebSocket-Extensions: permessage-deflate"}),
            403, "wrong_origin");
        row("fetch without a preflight", hello({page, "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Site: cross-site"}), 403,
            "wrong_origin");
        row("a preflight", request("OPTIONS /v1/opamp HTTP/1.1", {page, "Access-Control-Request-Method: POST"}), 403,
            "wrong_origin");
        row("a beacon to telemetry",
            request("POST /v1/logs HTTP/1.1", {page, "Content-Type: text/plain;charset=UTF-8", "Content-Length: 2"},
                    "{}"),
            403, "wrong_origin");
        row("a sandboxed frame", upgrade("/v1/opamp", {"Origin: null"}), 403, "wrong_origin");
        row("a page on another port of this computer", upgrade("/v1/opamp", {"Origin: http://127.0.0.1:8080"}), 403,
            "wrong_origin");
        QByteArray rebound = upgrade("/v1/opamp", {"Origin: http://rebind.example:4320"});
        rebound.replace("Host: 127.0.0.1", "Host: rebind.example:4320");
        row("a name that leads here, of the page's own", rebound, 421, "wrong_host");
        QByteArray image = request("GET /v1/opamp HTTP/1.1");
        image.replace("Host: 127.0.0.1", "Host: rebind.example");
        row("an image, without Origin", image, 421, "wrong_host");
    }
    void noPageGetsAnything()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, status);
        QFETCH(QString, kind);
        QVERIFY2(m_daemon->start(), m_daemon->log().constData());
        RawClient client;
        QVERIFY(client.connectTo(m_daemon->port()) && client.send(bytes));
        const auto answer = client.readResponse();
        QVERIFY(answer.has_value());
        QCOMPARE(answer->status, status);
        QVERIFY2(!answer->head.toLower().contains("access-control"), answer->head.constData());
        const QJsonObject now = m_daemon->ctl({text("status")}).json;
        QCOMPARE(at(now, "refused")[kind].toInt(), 1);
        QCOMPARE(at(now, "gateways.total").toInt(), 0);
        QVERIFY(eventually([&] { return events(text("server_refused")).size() == 1; }));
    }

    void aPageThatIsAllowedComesIn()
    {
        QVERIFY2(m_daemon->start(), m_daemon->log().constData());
        QCOMPARE(m_daemon
                     ->ctl({text("settings"), text("set"), text("server.allowed_origins"),
                            text("https://console.example.org")})
                     .exit,
                 0);
        RawClient client;
        QVERIFY(client.connectTo(m_daemon->port()));
        QVERIFY(client.openWebSocket("/v1/opamp", {"Origin: https://console.example.org"}));
        RawClient other;
        QVERIFY(other.connectTo(m_daemon->port()));
        QVERIFY(!other.openWebSocket("/v1/opamp", {"Origin: https://console.example.org:8443"}));
    }

    // The user's own gateways need no token and nobody's approval.
    void theSameUserComesIn()
    {
        QVERIFY2(m_daemon->start(), m_daemon->log().constData());
        RawAgent agent("edge-1");
        QVERIFY(agent.connectTo(m_daemon->port()) && agent.ask(agent.full()));
        const QJsonObject gateway = m_daemon->gateway();
        QCOMPARE(at(gateway, "admission").toString(), text("approved"));
        QCOMPARE(at(gateway, "admitted.by").toString(), text("same_user"));
    }

    void anotherUserNeedsAToken_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<int>("status");
        QTest::addRow("without a token") << QStringList() << 401;
        QTest::addRow("where none is needed it waits") << QStringList{text("--require-token=no")} << 200;
    }
    void anotherUserNeedsAToken()
    {
        QFETCH(QStringList, options);
        QFETCH(int, status);
        if (!canBeAnotherUser())
            QSKIP("only root can connect as another user");
        QVERIFY2(m_daemon->start(options), m_daemon->log().constData());
        OtherUser nobody;
        QVERIFY(nobody.connectTo(m_daemon->port(), hello({"Connection: close"})));
        const QByteArray answer = nobody.readAll();
        QCOMPARE(statusOf(answer), status);
        if (status == 200)
            QCOMPARE(at(m_daemon->gateway(), "admission").toString(), text("pending"));
        else
            QVERIFY2(answer.contains("it is not of the user that runs this control plane"), answer.constData());
    }

    // Behind a proxy on this computer everybody has the proxy's user.
    void whatAProxySendsNeedsAToken_data()
    {
        QTest::addColumn<QByteArray>("header");
        for (const char *header : {"Forwarded: for=192.0.2.7", "X-Forwarded-For: 192.0.2.7", "Via: 1.1 proxy"})
            QTest::addRow("%s", header) << QByteArray(header);
        QTest::addRow("one that says nothing, with a public URL") << QByteArray();
    }
    void whatAProxySendsNeedsAToken()
    {
        QFETCH(QByteArray, header);
        const QStringList options =
            header.isEmpty() ? QStringList{text("--public-url=http://gw.example.org")} : QStringList();
        QVERIFY2(m_daemon->start(options), m_daemon->log().constData());
        const QByteArray token =
            m_daemon->ctl({text("tokens"), text("create"), text("lab")}).json[text("token")].toString().toLatin1();
        const std::vector<QByteArray> headers{header.isEmpty() ? "X-A: b" : header};
        RawClient client;
        QVERIFY(client.connectTo(m_daemon->port()) && client.send(hello(headers)));
        QCOMPARE(client.readResponse()->status, 401);
        RawClient second;
        QVERIFY(second.connectTo(m_daemon->port()) &&
                second.send(hello({headers.front(), "Authorization: Bearer " + token})));
        QCOMPARE(second.readResponse()->status, 200);
        QCOMPARE(at(m_daemon->gateway(), "admission").toString(), text("pending"));
    }

private:
    [[nodiscard]] QJsonArray events(const QString &kind)
    {
        QJsonArray found;
        for (const QJsonValue event : m_daemon->ctl({text("events")}).json[text("items")].toArray()) {
            if (event[text("kind")].toString() == kind)
                found.append(event);
        }
        return found;
    }

    std::unique_ptr<Daemon> m_daemon;
};

QTEST_GUILESS_MAIN(TestTrust)
#include "tst_trust.moc"
