// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/bodyreader.h"
#include "tests/support/rawbytes.h"

#include <QTest>

using namespace flowgate;
using net::BodyReader;
using State = net::BodyReader::State;

namespace {

net::RequestHead withLength(quint64 length)
{
    net::RequestHead head;
    head.contentLength = length;
    return head;
}

net::RequestHead chunkedHead()
{
    net::RequestHead head;
    head.chunked = true;
    return head;
}

/// Feeds @p bytes in pieces of @p step, as a socket would, and gives back what was not used.
QByteArray feedAll(BodyReader &reader, const QByteArray &bytes, qsizetype step)
{
    QByteArray pending;
    for (qsizetype at = 0; at < bytes.size(); at += step) {
        pending += bytes.mid(at, step);
        pending.remove(0, reader.feed(pending));
    }
    return pending;
}

} // namespace

class TestBodyReader : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void collects_data();
    void collects();
    void refuses_data();
    void refuses();
    void waits();
    void nothingToRead();
    void lengthOverTheLimitIsKnownAtOnce();
};

void TestBodyReader::collects_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("isChunked");
    const QByteArray body = "0123456789abcdefghij";
    QTest::addRow("T40 with a length") << body << false;
    QTest::addRow("T40 one chunk") << tests::chunked(body, {20}) << true;
    QTest::addRow("T40 odd chunks") << tests::chunked(body, {1, 7, 3}) << true;
    QTest::addRow("T40 extensions") << tests::chunked(body, {5}, ";name=value;q=\"a;b\"") << true;
    QTest::addRow("T40 trailers") << QByteArray(tests::chunked(body, {9})).chopped(2) + "X-Sum: 1\r\nY: z\r\n\r\n"
                                  << true;
    QTest::addRow("T40 capital and padded sizes")
        << QByteArray("000A\r\n0123456789\r\n0a\r\nabcdefghij\r\n0\r\n\r\n") << true;
}

void TestBodyReader::collects()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, isChunked);
    for (const qsizetype step : {1, 2, 3, 7, 1000}) {
        BodyReader reader(isChunked ? chunkedHead() : withLength(20), 20);
        const QByteArray rest = feedAll(reader, bytes + "POST /next", step);
        QCOMPARE(reader.state(), State::Done);
        QCOMPARE(rest, QByteArray("POST /next"));
        QCOMPARE(reader.take(), QByteArray("0123456789abcdefghij"));
    }
}

void TestBodyReader::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<State>("expected");
    QTest::addRow("T36 chunks grow past the limit") << tests::chunked(QByteArray(21, 'x'), {7}) << State::TooLarge;
    QTest::addRow("T36 one huge chunk") << QByteArray("ffffffff\r\n") << State::TooLarge;
    QTest::addRow("T40 size beyond 64 bits") << QByteArray("fffffffffffffffff\r\n") << State::Malformed;
    QTest::addRow("T40 no size") << QByteArray("\r\n\r\n") << State::Malformed;
    QTest::addRow("T40 bad size") << QByteArray("xyz\r\nabc\r\n") << State::Malformed;
    QTest::addRow("T40 negative size") << QByteArray("-1\r\nabc\r\n") << State::Malformed;
    QTest::addRow("T40 no CRLF behind the data") << QByteArray("3\r\nabcdef\r\n0\r\n\r\n") << State::Malformed;
    QTest::addRow("T40 no CRLF behind the data, at the end of what is there")
        << QByteArray("5\r\nhello\r\n6\r\n world 0\r\n") << State::Malformed;
    QTest::addRow("T40 a last chunk without the CRLF before it")
        << QByteArray("5\r\nhello0\r\n\r\n") << State::Malformed;
    QTest::addRow("T40 endless extension") << "3;" + QByteArray(20'000, 'a') << State::Malformed;
    QTest::addRow("T40 endless trailers") << "0\r\n" + QByteArray("A: b\r\n").repeated(4000) << State::Malformed;
}

void TestBodyReader::refuses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(State, expected);
    for (const qsizetype step : {1, 2, 3, 5, 7, 64 * 1024}) {
        BodyReader reader(chunkedHead(), 20);
        feedAll(reader, bytes, step);
        QCOMPARE(reader.state(), expected);
    }
}

/// What is not whole yet waits for more, however it is cut.
void TestBodyReader::waits()
{
    const QByteArray whole = "5\r\n0000\r\r\n0A;x=0\r\n0123456789\r\n00\r\nX: 0\r\n\r\n";
    for (qsizetype size = 0; size < whole.size(); ++size) {
        for (const qsizetype step : {1, 2, 3, 4, 5, 6, 1000}) {
            BodyReader reader(chunkedHead(), 20);
            const QByteArray rest = feedAll(reader, whole.first(size), step);
            QCOMPARE(reader.state(), State::NeedMore);
            QCOMPARE(reader.feed(rest + whole.sliced(size)), rest.size() + whole.size() - size);
            QCOMPARE(reader.state(), State::Done);
            QCOMPARE(reader.take(), QByteArray("0000\r0123456789"));
        }
    }
}

void TestBodyReader::nothingToRead()
{
    QCOMPARE(BodyReader(net::RequestHead{}, 20).state(), State::Done);
    QCOMPARE(BodyReader(withLength(0), 20).state(), State::Done);
    BodyReader empty(chunkedHead(), 20);
    feedAll(empty, "0\r\n\r\n", 1);
    QCOMPARE(empty.state(), State::Done);
    QCOMPARE(empty.take(), QByteArray());
}

void TestBodyReader::lengthOverTheLimitIsKnownAtOnce()
{
    QCOMPARE(BodyReader(withLength(21), 20).state(), State::TooLarge);
    QCOMPARE(BodyReader(withLength(999'999'999'999'999'999), 20).state(), State::TooLarge);
    QCOMPARE(BodyReader(withLength(20), 20).state(), State::NeedMore);
}

QTEST_APPLESS_MAIN(TestBodyReader)
#include "tst_bodyreader.moc"
