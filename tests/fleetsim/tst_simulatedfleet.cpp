// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoint/opampcodec.h"
#include "fleetsim/simulatedfleet.h"
#include "tests/support/patience.h"

#include <QSet>
#include <QSignalSpy>
#include <QTest>
#include <QWebSocket>
#include <QWebSocketServer>

using namespace flowgate;
using namespace flowgate::fleetsim;
using namespace std::chrono_literals;

namespace {

/// A server that answers each message, offers one config to each gateway and counts.
class SmallServer : public QObject
{
public:
    explicit SmallServer(quint16 port = 0)
        : m_server(QStringLiteral("test"), QWebSocketServer::NonSecureMode)
    {
        config.files[QString()] = {"exporters: {debug: {verbosity: detailed}}", QStringLiteral("text/yaml")};
        connect(&m_server, &QWebSocketServer::newConnection, this, &SmallServer::onConnection);
        m_server.listen(QHostAddress::LocalHost, port);
    }
    [[nodiscard]] QUrl url() const { return m_server.serverUrl(); }
    void dropAll()
    {
        for (QWebSocket *socket : std::as_const(sockets))
            socket->abort();
        sockets.clear();
    }

    domain::ConfigSet config;
    QList<QWebSocket *> sockets;
    QSet<QByteArray> seen, healthy, applied, gone;
    QList<QByteArray> authorizations;
    int malformed = 0;

private:
    void onConnection()
    {
        while (QWebSocket *socket = m_server.nextPendingConnection()) {
            socket->setParent(this);
            sockets.append(socket);
            authorizations.append(socket->request().rawHeader("Authorization"));
            connect(socket, &QWebSocket::binaryMessageReceived, this,
                    [this, socket](const QByteArray &frame) { onMessage(*socket, frame); });
        }
    }
    void onMessage(QWebSocket &socket, const QByteArray &frame)
    {
        const auto report = frame.startsWith('\0') ? endpoint::decodeReport(QByteArrayView(frame).sliced(1))
                                                   : domain::unexpected(endpoint::DecodeFailure{});
        if (!report) {
            ++malformed;
            return;
        }
        domain::NormalReply reply;
        reply.capabilities = domain::ourServerCapabilities;
        if (report->description) {
            reply.remoteConfig = domain::RemoteConfigOffer{domain::canonicalHash(config),
                                                           std::make_shared<const domain::ConfigSet>(config)};
        }
        seen.insert(report->wireUid);
        if (report->health && report->health->healthy)
            healthy.insert(report->wireUid);
        if (report->remoteConfigStatus && report->remoteConfigStatus->status == domain::ApplyStatus::Applied)
            applied.insert(report->wireUid);
        if (report->disconnect)
            gone.insert(report->wireUid);
        socket.sendBinaryMessage('\0' + endpoint::encodeReply({report->wireUid, reply}));
    }

    QWebSocketServer m_server;
};

Options optionsFor(const QUrl &url, int count)
{
    Options options;
    options.endpoint = loopbackEndpoint(url).value();
    options.count = count;
    options.timing.apply = 50ms;
    return options;
}

} // namespace

class TestSimulatedFleet : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hundredTakeAConfigAndLeave();
    void comesBack();
    void waitsForAServer();
    void stopsWithoutAServer();
    void bringsItsToken();
};

void TestSimulatedFleet::hundredTakeAConfigAndLeave()
{
    SmallServer server;
    const domain::SystemClock clock;
    SimulatedFleet fleet(optionsFor(server.url(), 100), clock);
    QSignalSpy connected(&fleet, &SimulatedFleet::allConnected);
    QSignalSpy stopped(&fleet, &SimulatedFleet::stopped);
    fleet.start();
    QVERIFY(connected.wait(tests::patience));
    QTRY_COMPARE_WITH_TIMEOUT(server.seen.size(), 100, tests::patience);
    QTRY_COMPARE_WITH_TIMEOUT(server.applied.size(), 100, tests::patience);
    QTRY_COMPARE_WITH_TIMEOUT(server.healthy.size(), 100, tests::patience);
    QCOMPARE(fleet.counts().connected, 100);
    QCOMPARE(fleet.counts().applied, 100);
    QCOMPARE(fleet.counts().dropped, quint64(0));
    QCOMPARE(server.malformed, 0);
    fleet.stop();
    QTRY_COMPARE_WITH_TIMEOUT(stopped.size(), 1, tests::patience);
    QTRY_COMPARE_WITH_TIMEOUT(server.gone.size(), 100, tests::patience);
}

void TestSimulatedFleet::comesBack()
{
    SmallServer server;
    const domain::SystemClock clock;
    SimulatedFleet fleet(optionsFor(server.url(), 5), clock);
    QSignalSpy connected(&fleet, &SimulatedFleet::allConnected);
    fleet.start();
    QVERIFY(connected.wait(tests::patience));
    QTRY_COMPARE_WITH_TIMEOUT(server.sockets.size(), 5, tests::patience);
    server.dropAll();
    QVERIFY(connected.wait(tests::patience));
    QCOMPARE(fleet.counts().lost, quint64(5));
    QTRY_COMPARE_WITH_TIMEOUT(server.sockets.size(), 5, tests::patience);
    QTRY_COMPARE_WITH_TIMEOUT(server.seen.size(), 5, tests::patience); // the same ones, though some were cut off unread
}

void TestSimulatedFleet::waitsForAServer()
{
    quint16 port = 0;
    {
        const SmallServer gone;
        port = static_cast<quint16>(gone.url().port());
    }
    const domain::SystemClock clock;
    SimulatedFleet fleet(optionsFor(QUrl(QStringLiteral("ws://127.0.0.1:%1/v1/opamp").arg(port)), 3), clock);
    QSignalSpy connected(&fleet, &SimulatedFleet::allConnected);
    fleet.start();
    QTRY_VERIFY_WITH_TIMEOUT(fleet.counts().lost >= 3, tests::patience);
    SmallServer server(port);
    QVERIFY(connected.wait(tests::patience));
}

void TestSimulatedFleet::stopsWithoutAServer()
{
    const domain::SystemClock clock;
    SimulatedFleet fleet(optionsFor(QUrl(QStringLiteral("ws://127.0.0.1:1/v1/opamp")), 3), clock);
    QSignalSpy stopped(&fleet, &SimulatedFleet::stopped);
    fleet.start();
    fleet.stop();
    QTRY_COMPARE_WITH_TIMEOUT(stopped.size(), 1, tests::patience);
}

void TestSimulatedFleet::bringsItsToken()
{
    SmallServer server;
    const domain::SystemClock clock;
    Options options = optionsFor(server.url(), 1);
    options.token = "abc";
    SimulatedFleet fleet(options, clock);
    fleet.start();
    QTRY_COMPARE_WITH_TIMEOUT(server.authorizations, QList<QByteArray>{"Bearer abc"}, tests::patience);
}

QTEST_GUILESS_MAIN(TestSimulatedFleet)
#include "tst_simulatedfleet.moc"
