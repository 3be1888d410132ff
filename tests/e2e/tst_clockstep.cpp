// SPDX-License-Identifier: GPL-3.0-or-later
// The wall clock is set, by hours or by a year, in the middle of a rollout and between two runs.
#include "app/controlplane.h"
#include "tests/e2e/support/processes.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <QUrl>

#include <atomic>

using namespace flowgate;
using namespace flowgate::tests;
using namespace std::chrono_literals;

namespace {

/// The machine's clocks, with a wall clock that a test sets.
class SetClock final : public domain::Clock
{
public:
    [[nodiscard]] domain::WallTime now() const override
    {
        return m_system.now() + domain::milliseconds(m_ahead.load());
    }
    [[nodiscard]] domain::milliseconds awake() const override { return m_system.awake(); }
    [[nodiscard]] domain::milliseconds elapsed() const override { return m_system.elapsed(); }
    void step(domain::milliseconds by) { m_ahead += by.count(); }

private:
    domain::SystemClock m_system;
    std::atomic<qint64> m_ahead = 0;
};

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(u' ');
}

/// A control plane of this process; flowgatectl reaches it as any other.
class Plane
{
public:
    Plane(const QString &folder, const domain::Clock &clock, quint16 port)
        : m_folder(folder)
        , m_plane(clock)
    {
        app::Options options;
        options.folder = folder;
        options.listen = {{QHostAddress(QHostAddress::LocalHost), port}};
        const auto serving = m_plane.start(options);
        if (serving)
            endpoint = serving->endpoints.at(0);
    }
    [[nodiscard]] QJsonObject ctl(const QStringList &arguments, const QByteArray &input = {}) const
    {
        return runCtl(m_folder, arguments, input).json;
    }
    [[nodiscard]] QJsonArray items(const QStringList &arguments) const
    {
        return ctl(arguments)[QStringLiteral("items")].toArray();
    }
    [[nodiscard]] int count(const char *path) const { return at(ctl(words("status")), path).toInt(); }

    QString endpoint;

private:
    QString m_folder;
    app::ControlPlane m_plane;
};

} // namespace

class TestClockStep final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingIsMadeOfIt_data()
    {
        QTest::addColumn<qint64>("hours");
        QTest::addRow("ten hours ahead") << qint64(10);
        QTest::addRow("ten hours back") << qint64(-10);
        QTest::addRow("a year ahead") << qint64(24 * 365);
        QTest::addRow("a year back") << qint64(-24 * 365);
    }

    void nothingIsMadeOfIt()
    {
        QFETCH(qint64, hours);
        const QTemporaryDir base;
        const QString folder = base.filePath(QStringLiteral("data"));
        SetClock clock;
        QProcess fleet;
        quint16 port = 0;
        {
            const Plane plane(folder, clock, 0);
            QVERIFY(!plane.endpoint.isEmpty());
            port = static_cast<quint16>(QUrl(plane.endpoint).port());
            bindToParent(fleet);
            fleet.start(QStringLiteral(FLOWGATE_BIN "/flowgate-fleetsim"),
                        {QStringLiteral("--endpoint"), plane.endpoint, QStringLiteral("--count"), QStringLiteral("3"),
                         QStringLiteral("--heartbeat"), QStringLiteral("1s"), QStringLiteral("--apply"),
                         QStringLiteral("500ms")});
            QVERIFY(eventually([&] { return plane.count("gateways.presence.connected") == 3; }));
            (void)plane.ctl(words("configs add base -"),
                            "receivers: {otlp: {protocols: {grpc: {}}}}\nexporters: {debug: {}}\n"
                            "service: {pipelines: {logs: {receivers: [otlp], exporters: [debug]}}}\n");
            const QString rollout =
                plane
                    .ctl(words("rollouts start --config base --selector all --waves 100% --soak 3s --timeout 120s"))
                        [QStringLiteral("id")]
                    .toString();
            const auto shown = [&] { return plane.ctl({QStringLiteral("rollouts"), QStringLiteral("show"), rollout}); };
            QVERIFY(eventually([&] {
                return shown()[QStringLiteral("targets")][0][QStringLiteral("step")].toString() == u"soaking";
            }));
            clock.step(std::chrono::hours(hours));
            // It soaks on for what is left, no less: whoever is proven now was so before the step, or in its time.
            QVERIFY2(eventually([&] { return shown()[QStringLiteral("state")].toString() == u"succeeded"; }),
                     QJsonDocument(shown()).toJson().constData());
            const double messages = plane.ctl(words("status"))[QStringLiteral("messages")].toDouble();
            QVERIFY(eventually(
                [&] { return plane.ctl(words("status"))[QStringLiteral("messages")].toDouble() >= messages + 9; }));
            QCOMPARE(plane.count("gateways.presence.connected"), 3);
            QCOMPARE(plane.count("gateways.health.healthy"), 3);
            QCOMPARE(plane.count("gateways.config.in_sync"), 3);
            const QJsonArray events = plane.items(words("events --since 3000d"));
            QVERIFY(!events.isEmpty());
            for (const QJsonValue event : events) {
                const QString kind = event[QStringLiteral("kind")].toString();
                for (const char *alarm : {"gateway_lost", "gateway_silent", "gateway_unhealthy", "not_observed"})
                    QVERIFY2(kind != QString::fromLatin1(alarm), qPrintable(kind));
            }
            for (const QJsonValue gateway : plane.items(words("gateways list"))) {
                const QString id = gateway[QStringLiteral("id")].toString();
                const QJsonArray spans = plane.items({QStringLiteral("gateways"), QStringLiteral("timeline"), id,
                                                      QStringLiteral("--since"), QStringLiteral("3000d")});
                QVERIFY(!spans.isEmpty());
                for (const QJsonValue span : spans) {
                    const QString to = span[QStringLiteral("to")].toString();
                    QVERIFY2(to.isEmpty() || to >= span[QStringLiteral("from")].toString(), qPrintable(to));
                }
            }
        }
        // The next run has the right time again: what is on disk may be of the future, or of long ago.
        clock.step(std::chrono::hours(-hours));
        const Plane plane(folder, clock, port);
        QVERIFY(!plane.endpoint.isEmpty());
        QVERIFY(eventually([&] { return plane.count("gateways.presence.connected") == 3; }));
        QVERIFY(eventually([&] { return plane.count("gateways.config.in_sync") == 3; }));
        QCOMPARE(plane.count("gateways.total"), 3);
        fleet.kill();
        fleet.waitForFinished(flowgate::tests::patience);
    }
};

QTEST_GUILESS_MAIN(TestClockStep)
#include "tst_clockstep.moc"
