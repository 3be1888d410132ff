// SPDX-License-Identifier: GPL-3.0-or-later
// Which web pages reach us: the rules alone, then a server that gets what browsers send.
#include "net/webrules.h"
#include "tests/net/servicefixture.h"
#include "tests/support/rawclient.h"

#include <QTest>

using namespace flowgate;
using namespace flowgate::tests;
using net::HostVerdict;
using net::OriginVerdict;

namespace {

net::RequestHead head(const QByteArray &host, const QByteArray &origin)
{
    net::RequestHead head;
    if (!host.isNull())
        head.headers.lines.push_back({"Host", host});
    if (!origin.isNull())
        head.headers.lines.push_back({"Origin", origin});
    return head;
}

net::WebRules rules()
{
    return {.origins = {*net::webOriginFromText("https://console.example.org")},
            .hosts = {"host.docker.internal", "gw.example.org"}};
}

} // namespace

class TestWebRules final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsOrigins_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("read"); // empty: none
        const auto row = [](const char *text, const char *read) {
            QTest::addRow("%s", text) << QByteArray(text) << QByteArray(read);
        };
        row("http://localhost:4320", "http://localhost:4320");
        row("HTTP://LocalHost:80", "http://localhost");
        row("https://gw.example.org:443", "https://gw.example.org");
        row("https://gw.example.org:80", "https://gw.example.org:80");
        row("ws://127.0.0.1:4320", "http://127.0.0.1:4320");
        row("wss://[::1]", "https://[::1]");
        row("http://[::FFFF:127.0.0.1]:1", "http://[::ffff:127.0.0.1]:1");
        for (const char *text :
             {"null", "", "http://", "file://", "localhost:4320", "http://a/", "http://a:0", "http://a:65536",
              "http://a:1x", "http://u@a", "http://[::1", "http://[a]", "http://[::1]x", "http://a b",
              "chrome-extension://abc", "http://a,http://b", "http://%6c"})
            row(text, "");
    }
    void readsOrigins()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, read);
        const auto origin = net::webOriginFromText(text);
        QCOMPARE(origin ? net::originText(*origin) : QByteArray(), read);
    }

    void judgesHosts_data()
    {
        QTest::addColumn<QByteArray>("host"); // null: no such line
        QTest::addColumn<bool>("onLoopback");
        QTest::addColumn<HostVerdict>("verdict");
        const auto row = [](const char *name, const char *host, bool onLoopback, HostVerdict verdict) {
            QTest::addRow("%s", name) << QByteArray(host) << onLoopback << verdict;
        };
        row("the address", "127.0.0.1:4320", true, HostVerdict::Good);
        row("another address of the loopback net", "127.8.9.1", true, HostVerdict::Good);
        row("IPv6", "[::1]:4320", true, HostVerdict::Good);
        row("IPv4 in IPv6", "[::ffff:127.0.0.1]", true, HostVerdict::Good);
        row("localhost", "localhost", true, HostVerdict::Good);
        row("localhost with a final dot and a port", "LOCALHOST.:1", true, HostVerdict::Good);
        row("a name that is allowed", "host.docker.internal:4320", true, HostVerdict::Good);
        row("the public name", "gw.example.org", true, HostVerdict::Good);
        row("HTTP/1.0 names none", nullptr, true, HostVerdict::Good);
        row("rebinding: a name of the page's own", "rebind.evil.example:4320", true, HostVerdict::Foreign);
        row("rebinding: a name below localhost", "evil.localhost", true, HostVerdict::Foreign);
        row("rebinding: a name that begins so", "127.0.0.1.evil.example", true, HostVerdict::Foreign);
        row("rebinding: localhost with two dots", "localhost..", true, HostVerdict::Foreign);
        row("another address", "192.0.2.1", true, HostVerdict::Foreign);
        row("every address", "0.0.0.0:4320", true, HostVerdict::Foreign);
        row("a short form that browsers never send", "127.1", true, HostVerdict::Foreign);
        row("a number that browsers never send", "2130706433", true, HostVerdict::Foreign);
        row("elsewhere any name is one of ours", "rebind.evil.example", false, HostVerdict::Good);
        row("a space", "a b", true, HostVerdict::Malformed);
        row("a space, elsewhere", "a b", false, HostVerdict::Malformed);
        row("empty", "", true, HostVerdict::Malformed);
        row("a port alone", ":4320", true, HostVerdict::Malformed);
        row("no port", "localhost:x", true, HostVerdict::Malformed);
        row("a user", "u@localhost", true, HostVerdict::Malformed);
        row("a path", "localhost/a", true, HostVerdict::Malformed);
        row("a list", "localhost,evil.example", true, HostVerdict::Malformed);
        row("an open bracket", "[::1", true, HostVerdict::Malformed);
        row("a zone", "[fe80::1%eth0]", true, HostVerdict::Malformed);
    }
    void judgesHosts()
    {
        QFETCH(QByteArray, host);
        QFETCH(bool, onLoopback);
        QFETCH(HostVerdict, verdict);
        QCOMPARE(net::judgeHost(head(host, {}), onLoopback, rules()), verdict);
    }

    void judgesOrigins_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<QByteArray>("origin");
        QTest::addColumn<bool>("encrypted");
        QTest::addColumn<OriginVerdict>("verdict");
        const auto row = [](const char *name, const char *host, const char *origin, OriginVerdict verdict,
                            bool encrypted = false) {
            QTest::addRow("%s", name) << QByteArray(host) << QByteArray(origin) << encrypted << verdict;
        };
        row("agents send none", "127.0.0.1:4320", nullptr, OriginVerdict::Good);
        row("a library sends the endpoint's own", "127.0.0.1:4320", "http://127.0.0.1:4320", OriginVerdict::Good);
        row("with the scheme of a WebSocket", "127.0.0.1:4320", "ws://127.0.0.1:4320", OriginVerdict::Good);
        row("case is ignored", "LocalHost:4320", "HTTP://localhost:4320", OriginVerdict::Good);
        row("the default port", "gw.example.org", "https://gw.example.org:443", OriginVerdict::Good, true);
        row("another port", "127.0.0.1:4320", "http://127.0.0.1:8080", OriginVerdict::Foreign);
        row("no port is port 80", "127.0.0.1:4320", "http://127.0.0.1", OriginVerdict::Foreign);
        row("another name of the same address", "127.0.0.1:4320", "http://localhost:4320", OriginVerdict::Foreign);
        row("another scheme", "127.0.0.1:4320", "https://127.0.0.1:4320", OriginVerdict::Foreign);
        row("plain to TLS", "gw.example.org", "http://gw.example.org:443", OriginVerdict::Foreign, true);
        row("a page somewhere", "127.0.0.1:4320", "https://evil.example", OriginVerdict::Foreign);
        row("a page that is allowed", "127.0.0.1:4320", "https://console.example.org", OriginVerdict::Good);
        row("a page that is allowed, another port", "127.0.0.1:4320", "https://console.example.org:8443",
            OriginVerdict::Foreign);
        row("a sandbox or a file", "127.0.0.1:4320", "null", OriginVerdict::Foreign);
        row("empty", "127.0.0.1:4320", "", OriginVerdict::Foreign);
        row("without Host it is nobody's own", nullptr, "http://127.0.0.1:4320", OriginVerdict::Foreign);
    }
    void judgesOrigins()
    {
        QFETCH(QByteArray, host);
        QFETCH(QByteArray, origin);
        QFETCH(bool, encrypted);
        QFETCH(OriginVerdict, verdict);
        QCOMPARE(net::judgeOrigin(head(host, origin), encrypted, rules()), verdict);
    }

    void refusesTwoOrigins()
    {
        net::RequestHead two = head("127.0.0.1", "http://127.0.0.1");
        two.headers.lines.push_back({"origin", "http://127.0.0.1"});
        QCOMPARE(net::judgeOrigin(two, false, rules()), OriginVerdict::Malformed);
    }

    // The order of answers, and what each counts as.
    void answersInOrder_data()
    {
        using domain::Refusal;
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<int>("status");
        QTest::addColumn<Refusal>("kind");
        const auto row = [](const char *name, const QByteArray &request, int status, Refusal kind) {
            QTest::addRow("%s", name) << request << status << kind;
        };
        const QByteArray upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                                   "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
        const QByteArray evil = "Origin: https://evil.example\r\n";
        const QByteArray own = "Host: 127.0.0.1\r\n";
        row("400 before 421", "GET /no HTTP/1.1\r\nHost: a b\r\n" + evil + upgrade, 400, Refusal::Malformed);
        row("400 for two origins before 421", "GET /no HTTP/1.1\r\nHost: evil.example\r\n" + evil + evil + upgrade, 400,
            Refusal::Malformed);
        row("421 before 403", "GET /no HTTP/1.1\r\nHost: evil.example\r\n" + evil + upgrade, 421, Refusal::WrongHost);
        row("403 before 404", "GET /no HTTP/1.1\r\n" + own + evil + upgrade, 403, Refusal::WrongOrigin);
        row("403 to fetch",
            "POST /echo HTTP/1.1\r\n" + own + evil + "Content-Type: text/plain\r\nContent-Length: 0\r\n\r\n", 403,
            Refusal::WrongOrigin);
        row("403 to a preflight",
            "OPTIONS /echo HTTP/1.1\r\n" + own + evil + "Access-Control-Request-Method: POST\r\n\r\n", 403,
            Refusal::WrongOrigin);
        row("404 before 405", "GET /no HTTP/1.1\r\n" + own + "\r\n", 404, Refusal::WrongPath);
        row("405 before 415", "PUT /echo HTTP/1.1\r\n" + own + "Content-Type: text/plain\r\n\r\n", 405,
            Refusal::WrongMethod);
        row("415 before 401",
            "POST /socket HTTP/1.1\r\n" + own +
                "Authorization: Bearer no\r\nContent-Type: text/plain\r\nContent-Length: 0\r\n\r\n",
            415, Refusal::WrongContentType);
        row("T2 an absolute target names another computer", "POST http://evil.example/echo HTTP/1.1\r\n" + own + "\r\n",
            421, Refusal::WrongHost);
        row("a header of 12,000 bytes",
            "GET /socket HTTP/1.1\r\n" + own + "X-A: " + QByteArray(12'000, 'a') + "\r\n" + upgrade, 431,
            Refusal::HeadSize);
        row("a Host that no URL could name", "GET /socket HTTP/1.1\r\nHost: a_b c\r\n" + upgrade, 400,
            Refusal::Malformed);
    }
    void answersInOrder()
    {
        QFETCH(QByteArray, request);
        QFETCH(int, status);
        QFETCH(domain::Refusal, kind);
        Service service;
        RawClient client;
        QVERIFY(client.connectTo(service.port) && client.send(request));
        const auto response = client.readResponse();
        QVERIFY(response.has_value());
        QCOMPARE(response->status, status);
        QCOMPARE(service.refused(kind), quint64(1));
        QCOMPARE(service.upgrades(), 0);
    }
};

QTEST_GUILESS_MAIN(TestWebRules)
#include "tst_webrules.moc"
