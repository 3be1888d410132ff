// SPDX-License-Identifier: GPL-3.0-or-later
// The whole control plane in one process, reached over its real socket.
#include "app/controlplane.h"
#include "domain/mailbox.h"
#include "domain/reach.h"
#include "tests/support/patience.h"

#include <QEventLoop>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWebSocket>

#include <future>
#include <thread>

using namespace flowgate;

namespace {

/// A heartbeat by the letter: header byte 0, then field 1 with a uid of 16 bytes.
QByteArray heartbeat(char which)
{
    return QByteArray(1, '\0') + QByteArray("\x0a\x10", 2) + QByteArray(16, which);
}

app::Options optionsIn(const QTemporaryDir &folder)
{
    app::Options options;
    options.folder = folder.filePath(QStringLiteral("data"));
    options.listen = {{QHostAddress(QHostAddress::LocalHost), 0}};
    return options;
}

/// A gateway on a thread of its own, which counts answers. Ends by a mailbox and a join: what orders them is seen by
/// ThreadSanitizer, unlike Qt's own queue and wait.
class Client
{
public:
    Client(const QString &endpoint, int messages)
        : m_thread([this, endpoint, messages] { run(endpoint, messages); })
    {
    }
    ~Client()
    {
        m_mailbox.get_future().get()->post([this] { m_loop->quit(); });
        m_thread.join();
    }

    QSemaphore answered;

private:
    void run(const QString &endpoint, int messages)
    {
        QEventLoop loop;
        m_loop = &loop;
        domain::Mailbox mailbox;
        QWebSocket socket;
        const auto say = [&socket] { socket.sendBinaryMessage(heartbeat('a')); };
        QObject::connect(&socket, &QWebSocket::connected, &socket, say);
        QObject::connect(&socket, &QWebSocket::binaryMessageReceived, &socket, [&, left = messages]() mutable {
            answered.release();
            if (--left > 0)
                say();
        });
        socket.open(QUrl(endpoint));
        m_mailbox.set_value(&mailbox);
        loop.exec();
        socket.abort();
    }

    QEventLoop *m_loop = nullptr;
    std::promise<domain::Mailbox *> m_mailbox;
    std::thread m_thread;
};

} // namespace

class TestControlPlane : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void blockedWindowDelaysNobody();
    void knowsTheFleetAfterARestart();
    void folderIsHeldOnce();
    void lateAnswerFindsNoGuard();
    void settingsAreToldAndKept();
};

// The gui thread stands still until fifty messages were answered: were it needed for a single one, none would come.
void TestControlPlane::blockedWindowDelaysNobody()
{
    const QTemporaryDir folder;
    const domain::SystemClock clock;
    app::ControlPlane plane(clock);
    const auto serving = plane.start(optionsIn(folder));
    QVERIFY(serving);
    Client client(serving->endpoints.constFirst(), 50);
    QVERIFY(client.answered.tryAcquire(50, 30'000));
}

void TestControlPlane::knowsTheFleetAfterARestart()
{
    const QTemporaryDir folder;
    const domain::SystemClock clock;
    std::unique_ptr<Client> client; // outlives the first one, so that it is us who close
    {
        app::ControlPlane plane(clock);
        const auto serving = plane.start(optionsIn(folder));
        QVERIFY(serving);
        client = std::make_unique<Client>(serving->endpoints.constFirst(), 1);
        QVERIFY(client->answered.tryAcquire(1, 30'000));
    }
    client.reset();
    app::ControlPlane plane(clock);
    std::vector<app::GatewayPtr> gateways;
    connect(&plane, &app::ControlPlane::fleetChanged, this, [&](const app::FleetDelta &delta) {
        gateways.insert(gateways.end(), delta.changed.begin(), delta.changed.end());
    });
    QVERIFY(plane.start(optionsIn(folder)));
    QTRY_COMPARE(gateways.size(), size_t(1));
    QCOMPARE(gateways.front()->id.bytes(), QByteArray(16, 'a'));
    // A stop, of the window as well, is no break: nobody looked since.
    QCOMPARE(gateways.front()->presence.state, domain::PresenceState::NotObserved);
    QCOMPARE(gateways.front()->presence.why, domain::notRunning());
}

void TestControlPlane::folderIsHeldOnce()
{
    const QTemporaryDir folder;
    const domain::SystemClock clock;
    app::ControlPlane plane(clock);
    QVERIFY(plane.start(optionsIn(folder)));
    app::ControlPlane second(clock);
    const auto refused = second.start(optionsIn(folder));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, app::StartError::Kind::FolderHeld);
    QCOMPARE(app::exitCode(refused.error()), 3);
}

void TestControlPlane::lateAnswerFindsNoGuard()
{
    const QTemporaryDir folder;
    const domain::SystemClock clock;
    app::ControlPlane plane(clock);
    QVERIFY(plane.start(optionsIn(folder)));
    bool first = false;
    bool second = false;
    auto guard = std::make_unique<QObject>();
    const auto ask = [&](QObject *object, bool &flag) {
        plane.ask<int>(
            object, [](app::Desk &desk, const app::Done<int> &done) { done(desk.status().gateways); },
            [&flag](const app::Outcome<int> &) { flag = true; });
    };
    ask(guard.get(), first);
    guard.reset();
    ask(this, second);
    QTRY_VERIFY(second); // the earlier one would have come before
    QVERIFY(!first);
}

void TestControlPlane::settingsAreToldAndKept()
{
    const QTemporaryDir folder;
    const domain::SystemClock clock;
    const auto valueIn = [](const std::vector<app::SettingValue> &settings) {
        for (const app::SettingValue &setting : settings) {
            if (setting.spec->setting == app::Setting::RolloutSoak)
                return setting.value;
        }
        return QString();
    };
    for (const QString &expected : {QStringLiteral("30s"), QStringLiteral("2m")}) {
        app::ControlPlane plane(clock);
        std::vector<app::SettingValue> told;
        connect(&plane, &app::ControlPlane::settingsChanged, this,
                [&told](const std::vector<app::SettingValue> &settings) { told = settings; });
        QVERIFY(plane.start(optionsIn(folder)));
        QTRY_COMPARE(valueIn(told), expected);
        bool answered = false;
        plane.ask<app::SettingValue>(
            this,
            [](app::Desk &desk, app::Done<app::SettingValue> done) {
                desk.setSetting(QStringLiteral("rollout.soak"), QStringLiteral("120s"), QStringLiteral("operator"),
                                std::move(done));
            },
            [&answered](const app::Outcome<app::SettingValue> &setting) {
                answered = setting && setting->value == u"2m" && !setting->isDefault();
            });
        QTRY_VERIFY(answered);
        QTRY_COMPARE(valueIn(told), QStringLiteral("2m"));
    }
}

QTEST_GUILESS_MAIN(TestControlPlane)
#include "tst_controlplane.moc"
