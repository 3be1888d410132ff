// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/headrules.h"
#include "net/requesthead.h"

#include <QTest>

using namespace flowgate::net;

namespace {

QByteArray lines(const QByteArrayList &all)
{
    return all.join("\r\n") + "\r\n\r\n";
}

ParsedHead parsed(const QByteArray &bytes)
{
    auto result = parseHead(bytes);
    return std::holds_alternative<ParsedHead>(result) ? std::get<ParsedHead>(result) : ParsedHead{};
}

} // namespace

class TestRequestHead : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reads();
    void paths_data();
    void paths();
    void refuses_data();
    void refuses();
    void everyPrefixIsIncomplete();
    void limits();
    void framing();
    void firstBytes_data();
    void firstBytes();
    void keepAlive_data();
    void keepAlive();
    void methods_data();
    void methods();
    void posts_data();
    void posts();
};

void TestRequestHead::reads()
{
    const QByteArray bytes = lines(
        {"POST /v1/opamp?x=1 HTTP/1.1", "Host: a", "X-Two:  one ", "x-two:\ttwo\t", "Empty:", "Content-Length: 12"});
    const ParsedHead head = parsed(bytes + "body");
    QCOMPARE(head.consumed, bytes.size());
    QCOMPARE(head.head.method, QByteArray("POST"));
    QCOMPARE(head.head.path, QByteArray("/v1/opamp"));
    QCOMPARE(head.head.query, QByteArray("x=1"));
    QCOMPARE(head.head.minorVersion, 1);
    QCOMPARE(head.head.contentLength, std::optional<quint64>(12));
    QCOMPARE(head.head.headers.all("X-TWO"), (std::vector<QByteArray>{"one", "two"}));
    QCOMPARE(head.head.headers.joined("x-two"), QByteArray("one, two"));
    QCOMPARE(head.head.headers.first("empty"), std::optional(QByteArray()));
    QCOMPARE(head.head.headers.first("absent"), std::optional<QByteArray>());
}

void TestRequestHead::paths_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("path");
    QTest::addRow("T2 plain") << QByteArray("/v1/opamp") << QByteArray("/v1/opamp");
    QTest::addRow("T2 query ignored") << QByteArray("/v1/opamp?token=a/b?c") << QByteArray("/v1/opamp");
    QTest::addRow("T2 through a proxy") << QByteArray("http://host:4320/v1/opamp?x") << QByteArray("/v1/opamp");
    QTest::addRow("T2 host alone") << QByteArray("http://host") << QByteArray("/");
    QTest::addRow("T2 escapes stay") << QByteArray("/v1%2Fopamp") << QByteArray("/v1%2Fopamp");
}

void TestRequestHead::paths()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, path);
    QCOMPARE(parsed(lines({"GET " + target + " HTTP/1.1", "Host: a"})).head.path, path);
}

void TestRequestHead::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<HeadError>("expected");
    const QByteArray start = "POST / HTTP/1.1\r\nHost: a\r\n";
    const auto add = [](const char *name, const QByteArray &bytes, HeadError error = HeadError::Malformed) {
        QTest::addRow("%s", name) << bytes << error;
    };
    add("T40 length and chunked", start + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n");
    add("T40 two lengths", start + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n");
    add("T40 two equal lengths", start + "Content-Length: 1\r\nContent-Length: 1\r\n\r\n");
    add("T40 a list of lengths", start + "Content-Length: 1, 1\r\n\r\n");
    add("T40 negative length", start + "Content-Length: -1\r\n\r\n");
    add("T40 signed length", start + "Content-Length: +1\r\n\r\n");
    add("T40 hexadecimal length", start + "Content-Length: 0x1\r\n\r\n");
    add("T40 length beyond 64 bits", start + "Content-Length: 99999999999999999999\r\n\r\n");
    add("T40 empty length", start + "Content-Length:\r\n\r\n");
    add("T40 gzip, chunked", start + "Transfer-Encoding: gzip, chunked\r\n\r\n", HeadError::UnsupportedCoding);
    add("T40 chunked twice", start + "Transfer-Encoding: chunked, chunked\r\n\r\n", HeadError::UnsupportedCoding);
    add("T40 two lines of it", start + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
        HeadError::UnsupportedCoding);
    add("T40 identity", start + "Transfer-Encoding: identity\r\n\r\n", HeadError::UnsupportedCoding);
    add("T40 chunked in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n");
    add("head: bare LF", "POST / HTTP/1.1\nHost: a\r\n\r\n");
    add("head: bare LF in a header", start + "A: b\nC: d\r\n\r\n");
    add("head: bare CR in a header", start + "A: b\rC: d\r\n\r\n");
    add("head: NUL", start + QByteArray("A: b\0c\r\n\r\n", 10));
    add("head: NUL in a line without end", QByteArray("GE\0T", 4));
    add("head: control character", start + "A: b\x01\r\n\r\n");
    add("head: space before the colon", start + "A : b\r\n\r\n");
    add("head: no colon", start + "nothing\r\n\r\n");
    add("head: no name", start + ": b\r\n\r\n");
    add("head: folded line", start + "A: b\r\n c\r\n\r\n");
    add("head: no host", "GET / HTTP/1.1\r\n\r\n");
    add("head: two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n");
    add("head: no target", "GET HTTP/1.1\r\nHost: a\r\n\r\n");
    add("head: space in the target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n");
    add("head: relative target", "GET v1/opamp HTTP/1.1\r\nHost: a\r\n\r\n");
    add("head: bad method", "G@T / HTTP/1.1\r\nHost: a\r\n\r\n");
    add("head: no version", "GET /\r\nHost: a\r\n\r\n");
    add("head: not HTTP", "GET / HTTQ/1.1\r\nHost: a\r\n\r\n");
    add("head: HTTP/2.0", "PRI * HTTP/2.0\r\n\r\n", HeadError::UnsupportedVersion);
    add("head: HTTP/1.2", "GET / HTTP/1.2\r\nHost: a\r\n\r\n", HeadError::UnsupportedVersion);
    add("head: HTTP/0.9", "GET / HTTP/0.9\r\n\r\n", HeadError::UnsupportedVersion);
    add("head: TLS on a plain port", QByteArray::fromHex("16030100f5010000f10303"));
}

void TestRequestHead::refuses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(HeadError, expected);
    const auto result = parseHead(bytes);
    QVERIFY(std::holds_alternative<HeadError>(result));
    QCOMPARE(std::get<HeadError>(result), expected);
}

void TestRequestHead::everyPrefixIsIncomplete()
{
    const QByteArray bytes = lines({"\r\nGET /v1/opamp HTTP/1.1", "Host: a", "Upgrade: websocket"});
    for (qsizetype size = 0; size < bytes.size(); ++size)
        QVERIFY(std::holds_alternative<HeadIncomplete>(parseHead(bytes.first(size))));
    QCOMPARE(parsed(bytes).consumed, bytes.size());
}

void TestRequestHead::limits()
{
    const QByteArray start = "GET / HTTP/1.1\r\nHost: a\r\n";
    const auto isTooLarge = [](const auto &result) {
        return std::holds_alternative<HeadError>(result) && std::get<HeadError>(result) == HeadError::TooLarge;
    };
    const HeadLimits small{.bytes = 100, .lines = 3};
    QVERIFY(isTooLarge(parseHead(start + "A: " + QByteArray(100, 'x'), small)));
    QVERIFY(isTooLarge(parseHead(QByteArray(100, 'x'), small)));
    QVERIFY(isTooLarge(parseHead(QByteArray("\r\n").repeated(50), small)));
    QVERIFY(isTooLarge(parseHead(start + "A: 1\r\nB: 2\r\nC: 3\r\n\r\n", small)));
    QVERIFY(std::holds_alternative<ParsedHead>(parseHead(start + "A: 1\r\nB: 2\r\n\r\n", small)));
    const QByteArray exact = start + "A: " + QByteArray(100 - start.size() - 7, 'x') + "\r\n\r\n";
    QCOMPARE(exact.size(), qsizetype(100));
    QVERIFY(std::holds_alternative<ParsedHead>(parseHead(exact + "body", small)));
}

void TestRequestHead::framing()
{
    const RequestHead chunked = parsed(lines({"POST / HTTP/1.1", "Host: a", "Transfer-Encoding: Chunked"})).head;
    QVERIFY(chunked.chunked && chunked.hasBody() && !chunked.contentLength);
    QVERIFY(!parsed(lines({"POST / HTTP/1.1", "Host: a"})).head.hasBody());
    QVERIFY(!parsed(lines({"POST / HTTP/1.1", "Host: a", "Content-Length: 0"})).head.hasBody());
    QVERIFY(parsed(lines({"POST / HTTP/1.1", "Host: a", "Expect: 100-Continue"})).head.expectsContinue());
}

void TestRequestHead::keepAlive_data()
{
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<QByteArray>("connection");
    QTest::addColumn<bool>("expected");
    QTest::addRow("T41 1.1") << QByteArray("1.1") << QByteArray("x") << true;
    QTest::addRow("T41 1.1 close") << QByteArray("1.1") << QByteArray("Foo, Close") << false;
    QTest::addRow("T41 1.0") << QByteArray("1.0") << QByteArray("x") << false;
    QTest::addRow("T41 1.0 keep-alive") << QByteArray("1.0") << QByteArray("Keep-Alive") << true;
}

void TestRequestHead::keepAlive()
{
    QFETCH(QByteArray, version);
    QFETCH(QByteArray, connection);
    QFETCH(bool, expected);
    QCOMPARE(parsed(lines({"GET / HTTP/" + version, "Host: a", "Connection: " + connection})).head.keepAlive(),
             expected);
}

void TestRequestHead::methods_data()
{
    QTest::addColumn<QByteArrayList>("head");
    QTest::addColumn<int>("status"); // 1: a POST, 101: an upgrade
    const QByteArrayList good{"GET / HTTP/1.1",
                              "Host: a",
                              "Connection: keep-alive, Upgrade",
                              "Upgrade: WebSocket",
                              "Sec-WebSocket-Version: 13",
                              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="};
    const auto with = [good](int line, const QByteArray &text) {
        QByteArrayList other = good;
        other[line] = text;
        return other;
    };
    QTest::addRow("T4 POST") << QByteArrayList{"POST / HTTP/1.1", "Host: a"} << 1;
    QTest::addRow("T4 upgrade") << good << 101;
    QTest::addRow("T5 HEAD") << QByteArrayList{"HEAD / HTTP/1.1", "Host: a"} << 405;
    QTest::addRow("T5 GET without upgrade") << QByteArrayList{"GET / HTTP/1.1", "Host: a"} << 405;
    QTest::addRow("T5 PUT") << QByteArrayList{"PUT / HTTP/1.1", "Host: a"} << 405;
    QTest::addRow("T5 methods are case-sensitive") << QByteArrayList{"post / HTTP/1.1", "Host: a"} << 405;
    QTest::addRow("T5 other upgrade") << with(3, "Upgrade: h2c") << 426;
    QTest::addRow("T5 other version") << with(4, "Sec-WebSocket-Version: 8") << 426;
    QTest::addRow("T5 no version") << with(4, "X: 13") << 426;
    QTest::addRow("T5 no connection token") << with(2, "Connection: close") << 400;
    QTest::addRow("T5 short key") << with(5, "Sec-WebSocket-Key: YWJj") << 400;
    QTest::addRow("T5 key is no base64") << with(5, "Sec-WebSocket-Key: ????????????????????????") << 400;
    QTest::addRow("T5 no key") << with(5, "X: y") << 400;
    QTest::addRow("T5 two keys") << (good + QByteArrayList{good[5]}) << 400;
    QTest::addRow("T5 HTTP/1.0") << with(0, "GET / HTTP/1.0") << 400;
    QTest::addRow("T5 body") << (good + QByteArrayList{"Content-Length: 3"}) << 400;
}

void TestRequestHead::methods()
{
    QFETCH(QByteArrayList, head);
    QFETCH(int, status);
    const auto asked = judgeMethod(parsed(lines(head)).head, true);
    if (status <= 101) {
        QVERIFY(asked.has_value());
        QCOMPARE(*asked, status == 1 ? Asked::Post : Asked::Upgrade);
    } else {
        QVERIFY(!asked.has_value());
        QCOMPARE(asked.error().status, status);
        if (status == 405)
            QCOMPARE(asked.error().headers, (std::vector<Header>{{"Allow", "POST"}}));
    }
    // The same head under a path without WebSocket is just another method.
    const auto plain = judgeMethod(parsed(lines(head)).head, false);
    QCOMPARE(plain.has_value(), status == 1);
    if (!plain)
        QCOMPARE(plain.error().status, 405);
}

void TestRequestHead::posts_data()
{
    QTest::addColumn<QByteArrayList>("headers");
    QTest::addColumn<int>("status"); // 0: nothing to object
    const QByteArray type = "Content-Type: application/x-protobuf";
    QTest::addRow("T4 exact type") << QByteArrayList{type} << 0;
    QTest::addRow("T4 parameters ignored") << QByteArrayList{type + "; charset=utf-8"} << 0;
    QTest::addRow("T4 any case") << QByteArrayList{"content-type: Application/X-Protobuf"} << 0;
    QTest::addRow("T5 other type") << QByteArrayList{"Content-Type: application/json"} << 415;
    QTest::addRow("T5 no type") << QByteArrayList{} << 415;
    QTest::addRow("T5 two types") << QByteArrayList{type, type} << 415;
    QTest::addRow("T33 gzip") << QByteArrayList{type, "Content-Encoding: gzip"} << 0;
    QTest::addRow("T33 deflate") << QByteArrayList{type, "Content-Encoding: deflate"} << 415;
    QTest::addRow("T40 100-continue") << QByteArrayList{type, "Expect: 100-continue"} << 0;
    QTest::addRow("T40 other expectation") << QByteArrayList{type, "Expect: tea"} << 417;
}

void TestRequestHead::posts()
{
    QFETCH(QByteArrayList, headers);
    QFETCH(int, status);
    const auto head = parsed(lines(QByteArrayList{"POST / HTTP/1.1", "Host: a"} + headers)).head;
    const auto refused = judgePost(head, "application/x-protobuf");
    QCOMPARE(refused ? refused->status : 0, status);
}

void TestRequestHead::firstBytes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<FirstBytes>("expected");
    QTest::addRow("nothing yet") << QByteArray() << FirstBytes::Unknown;
    QTest::addRow("HTTP") << QByteArray("POST /v1/opamp HTTP/1.1") << FirstBytes::Http;
    QTest::addRow("HTTP, the shortest method") << QByteArray("GET") << FirstBytes::Http;
    QTest::addRow("HTTP, too short to tell") << QByteArray("GE") << FirstBytes::Unknown;
    QTest::addRow("HTTP/2") << QByteArray("PRI * HTTP/2.0") << FirstBytes::Http;
    QTest::addRow("ClientHello") << QByteArray::fromHex("1603010200010001fc") << FirstBytes::Tls;
    QTest::addRow("ClientHello, six bytes") << QByteArray::fromHex("160303020001") << FirstBytes::Tls;
    QTest::addRow("ClientHello, five bytes") << QByteArray::fromHex("1603030200") << FirstBytes::Unknown;
    QTest::addRow("ClientHello, one byte") << QByteArray::fromHex("16") << FirstBytes::Unknown;
    QTest::addRow("a ServerHello") << QByteArray::fromHex("160303020002") << FirstBytes::Other;
    QTest::addRow("no TLS version") << QByteArray::fromHex("160203") << FirstBytes::Other;
    QTest::addRow("no TLS version either") << QByteArray::fromHex("160305") << FirstBytes::Other;
    QTest::addRow("lower case") << QByteArray("get / HTTP/1.1") << FirstBytes::Other;
    QTest::addRow("an empty line") << QByteArray("\r\nGET") << FirstBytes::Other;
    QTest::addRow("zeros") << QByteArray(8, '\0') << FirstBytes::Other;
}

void TestRequestHead::firstBytes()
{
    QFETCH(QByteArray, bytes);
    QFETCH(FirstBytes, expected);
    QCOMPARE(flowgate::net::firstBytes(bytes), expected);
}

QTEST_APPLESS_MAIN(TestRequestHead)
#include "tst_requesthead.moc"
