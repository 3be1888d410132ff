// SPDX-License-Identifier: GPL-3.0-or-later
// Who gets in and who gets anything, over the real sockets of a whole control plane. The listener is on all addresses,
// which is no loopback one, and is reached through 127.0.0.1.
#include "app/controlplane.h"
#include "app/tokens/tokens.h"
#include "tests/support/patience.h"
#include "tests/support/rawclient.h"

#include <QDirIterator>
#include <QLoggingCategory>
#include <QMutex>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

using namespace flowgate;
using namespace std::chrono_literals;
using namespace flowgate::tests;
using domain::Admission;

namespace {

QByteArray heartbeat(char which)
{
    return QByteArray("\x0a\x10", 2) + QByteArray(16, which);
}

struct Rig
{
    explicit Rig(std::optional<bool> required = {}, const QHostAddress &host = QHostAddress(QHostAddress::AnyIPv4))
    {
        app::Options options;
        options.folder = folder.filePath(QStringLiteral("data"));
        options.listen = {{host, 0}};
        options.requireToken = required;
        options.tls = app::Options::Tls::Never; // what is said is read here
        const auto serving = plane.start(options);
        if (!serving)
            qFatal("cannot start: %s", qPrintable(serving.error().about));
        port = static_cast<quint16>(QUrl(serving->endpoints.constFirst()).port());
        QObject::connect(&plane, &app::ControlPlane::eventAdded, &plane, [this](const domain::Event &event) {
            events += event.kind + u' ' + event.text + u'\n';
            kinds.append(event.kind);
        });
        QObject::connect(&plane, &app::ControlPlane::tokensChanged, &plane,
                         [this](const std::vector<domain::Token> &all) { tokens = all; });
        QObject::connect(&plane, &app::ControlPlane::fleetChanged, &plane, [this](const app::FleetDelta &delta) {
            for (const app::GatewayPtr &gateway : delta.changed)
                gateways.insert(gateway->id, gateway);
        });
    }

    template<typename T>
    std::optional<app::Outcome<T>> wait(std::function<void(app::Desk &, app::Done<T>)> operation)
    {
        std::optional<app::Outcome<T>> outcome;
        plane.ask<T>(&plane, std::move(operation), [&](const app::Outcome<T> &answer) { outcome = answer; });
        (void)QTest::qWaitFor([&] { return outcome.has_value(); }, patience);
        return outcome;
    }

    QByteArray token(const app::TokenWish &wish)
    {
        const auto made = wait<app::MadeToken>(
            [&](app::Desk &desk, app::Done<app::MadeToken> done) { desk.parts().tokens.create(wish, done); });
        return made && *made ? (*made)->text.toLatin1() : QByteArray();
    }

    bool revoke(const QString &name)
    {
        const auto revoked = wait<domain::Token>([&](app::Desk &desk, app::Done<domain::Token> done) {
            desk.parts().tokens.revoke(name, QStringLiteral("operator"), done);
        });
        return revoked && *revoked;
    }

    bool admit(char which, Admission admission)
    {
        const auto done = wait<app::Nothing>([&](app::Desk &desk, app::Done<app::Nothing> then) {
            desk.admit(domain::GatewayId(QByteArray(16, which)), admission, then);
        });
        return done && *done;
    }

    Admission admission(char which) const
    {
        const auto gateway = gateways.value(domain::GatewayId(QByteArray(16, which)));
        return gateway ? gateway->admission : Admission::Rejected;
    }

    /// The status that a POST gets.
    RawResponse post(const QByteArray &path, const std::vector<QByteArray> &headers, const QByteArray &body,
                     const QByteArray &type = "application/x-protobuf") const
    {
        RawClient client;
        if (!client.connectTo(port))
            return {};
        QByteArray head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type + "\r\n";
        for (const QByteArray &header : headers)
            head += header + "\r\n";
        client.send(head + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
        return client.readResponse().value_or(RawResponse{});
    }

    /// The answer to an upgrade.
    RawResponse upgrade(RawClient &client, const std::vector<QByteArray> &headers) const
    {
        if (!client.connectTo(port))
            return {};
        QByteArray head = "GET /v1/opamp HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                          "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
        for (const QByteArray &header : headers)
            head += header + "\r\n";
        client.send(head + "\r\n");
        return client.readResponse(false).value_or(RawResponse{});
    }

    bool set(const char *key, const char *value)
    {
        const auto done = wait<app::SettingValue>([&](app::Desk &desk, app::Done<app::SettingValue> then) {
            desk.setSetting(QString::fromLatin1(key), QString::fromLatin1(value), QStringLiteral("operator"), then);
        });
        return done && *done;
    }

    domain::RefusalCounts refusals()
    {
        const auto status =
            wait<app::Status>([](app::Desk &desk, const app::Done<app::Status> &done) { done(desk.status()); });
        return status && *status ? (*status)->refusals : domain::RefusalCounts();
    }

    QTemporaryDir folder;
    domain::SystemClock clock;
    quint16 port = 0;
    QString events;
    QStringList kinds;
    std::vector<domain::Token> tokens; ///< as they were last told
    QHash<domain::GatewayId, app::GatewayPtr> gateways;
    app::ControlPlane plane{clock};
};

QByteArray bearer(const QByteArray &text)
{
    return "Authorization: Bearer " + text;
}

app::TokenWish named(const char *name)
{
    app::TokenWish wish;
    wish.name = QString::fromLatin1(name);
    return wish;
}

} // namespace

class TestAdmission : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nobodyComesInWithoutAToken();
    void revokingShowsOut();
    void expiryShowsOut();
    void waitsUntilApproved();
    void rejectedIsTurnedAway();
    void tokenBelongsToItsGateway();
    void telemetryIsForItsGateway();
    void bootstrapTokenBringsNoTelemetry();
    void noHeaderOfAProxyIsTrusted();
    void tokenFollowsTheUid();
    void linkedGatewaysAreOneOnDisk();
    void failedAttemptsWait();
    void whoNeedsNoTokenDoesNotWait();
    void knownGatewaysComeIn();
    void secretIsNowhere();
};

// ER6, T6: none, wrong and right, on both transports and for own telemetry.
void TestAdmission::nobodyComesInWithoutAToken()
{
    Rig rig;
    const QByteArray right = bearer(rig.token(named("lab")));
    for (const QByteArray &path : {QByteArray("/v1/opamp"), QByteArray("/v1/metrics"), QByteArray("/v1/logs")}) {
        const QByteArray body = path == "/v1/opamp" ? heartbeat('a') : QByteArray();
        const RawResponse none = rig.post(path, {}, body);
        QCOMPARE(none.status, 401);
        QVERIFY(none.header("WWW-Authenticate").startsWith("Bearer"));
        QCOMPARE(rig.post(path, {bearer("fgt_wrong")}, body).status, 401);
        QCOMPARE(rig.post(path, {right, right}, body).status, 400);
        QCOMPARE(rig.post(path, {right}, body).status, 200);
    }
    RawClient none, wrong, right1;
    QCOMPARE(rig.upgrade(none, {}).status, 401);
    QCOMPARE(rig.upgrade(wrong, {bearer("fgt_wrong")}).status, 401);
    QCOMPARE(rig.upgrade(right1, {right}).status, 101);

    Rig loopback({}, QHostAddress(QStringLiteral("127.0.0.1")));
    QCOMPARE(loopback.post("/v1/opamp", {}, heartbeat('a')).status, 200);
    Rig asked(true, QHostAddress(QStringLiteral("127.0.0.1")));
    QCOMPARE(asked.post("/v1/opamp", {}, heartbeat('a')).status, 401);
    Rig open(false);
    QCOMPARE(open.post("/v1/opamp", {}, heartbeat('a')).status, 200);
}

// CS16, T23: those who are in go at once, also one that has said nothing yet; others stay.
void TestAdmission::revokingShowsOut()
{
    Rig rig;
    const QByteArray lab = bearer(rig.token(named("lab")));
    const QByteArray other = bearer(rig.token(named("other")));
    RawClient talked, silent, stays;
    QCOMPARE(rig.upgrade(talked, {lab}).status, 101);
    QCOMPARE(rig.upgrade(silent, {lab}).status, 101);
    QCOMPARE(rig.upgrade(stays, {other}).status, 101);
    talked.send(frame(Op::Binary, QByteArray(1, '\0') + heartbeat('a')));
    QVERIFY(talked.readData());
    QVERIFY(rig.revoke(QStringLiteral("lab")));
    for (RawClient *client : {&talked, &silent}) {
        const auto end = client->readData();
        QVERIFY(end);
        QCOMPARE(end->op, Op::Close);
        QCOMPARE(end->closeCode(), quint16(1008));
    }
    QCOMPARE(rig.post("/v1/opamp", {lab}, heartbeat('a')).status, 401);
    stays.send(frame(Op::Binary, QByteArray(1, '\0') + heartbeat('b')));
    const auto answer = stays.readData();
    QVERIFY(answer);
    QCOMPARE(answer->op, Op::Binary);
    QVERIFY(!rig.revoke(QStringLiteral("lab")));
    QTRY_COMPARE(rig.tokens.size(), size_t(2));
    QTRY_VERIFY(rig.tokens.front().revokedAt);
    QVERIFY(!rig.tokens.back().revokedAt);
}

void TestAdmission::expiryShowsOut()
{
    Rig rig;
    app::TokenWish wish = named("short");
    wish.lifetime = domain::milliseconds(3000);
    const QByteArray brief = bearer(rig.token(wish));
    RawClient client;
    QCOMPARE(rig.upgrade(client, {brief}).status, 101);
    const auto end = client.readData();
    QVERIFY(end);
    QCOMPARE(end->op, Op::Close);
    QCOMPARE(end->closeCode(), quint16(1008));
    QCOMPARE(rig.post("/v1/opamp", {brief}, heartbeat('a')).status, 401);
}

// CS14: a token alone gives nothing but an answer, unless it approves.
void TestAdmission::waitsUntilApproved()
{
    Rig rig;
    const QByteArray lab = bearer(rig.token(named("lab")));
    app::TokenWish wish = named("site");
    wish.approves = true;
    const QByteArray site = bearer(rig.token(wish));
    QCOMPARE(rig.post("/v1/opamp", {lab}, heartbeat('a')).status, 200);
    QCOMPARE(rig.post("/v1/opamp", {site}, heartbeat('b')).status, 200);
    QTRY_COMPARE(rig.gateways.size(), 2);
    QCOMPARE(rig.admission('a'), Admission::Pending);
    QCOMPARE(rig.admission('b'), Admission::Approved);
    QCOMPARE(rig.gateways.value(domain::GatewayId(QByteArray(16, 'a')))->config.state,
             domain::ConfigState::NotApproved);
    QVERIFY(rig.admit('a', Admission::Approved));
    QTRY_COMPARE(rig.admission('a'), Admission::Approved);
    QTRY_VERIFY(rig.kinds.contains(QStringLiteral("gateway_approved")));
    // It is known what each rests on, and which token each brought.
    const domain::Gateway a = *rig.gateways.value(domain::GatewayId(QByteArray(16, 'a')));
    const domain::Gateway b = *rig.gateways.value(domain::GatewayId(QByteArray(16, 'b')));
    QVERIFY(a.admitted && b.admitted);
    QCOMPARE(a.admitted->by, domain::AdmittedBy::Operator);
    QCOMPARE(b.admitted->by, domain::AdmittedBy::Token);
    QCOMPARE(b.admitted->token, QStringLiteral("site"));
    QCOMPARE(a.presence.token, QStringLiteral("lab"));
    QCOMPARE(b.presence.token, QStringLiteral("site"));
    QVERIFY(rig.kinds.contains(QStringLiteral("gateway_pending")));
}

void TestAdmission::rejectedIsTurnedAway()
{
    Rig rig;
    const QByteArray lab = bearer(rig.token(named("lab")));
    const QByteArray message = frame(Op::Binary, QByteArray(1, '\0') + heartbeat('a'));
    RawClient first;
    QCOMPARE(rig.upgrade(first, {lab}).status, 101);
    first.send(message);
    QVERIFY(first.readData());
    QVERIFY(rig.admit('a', Admission::Rejected));
    const auto close = first.readData();
    QVERIFY(close);
    QCOMPARE(close->closeCode(), quint16(1008));
    RawClient named;
    QCOMPARE(rig.upgrade(named, {lab, "OpAMP-Instance-UID: 61616161-6161-6161-6161-616161616161"}).status, 403);
    RawClient unnamed; // known with its first message: answered, then closed
    QCOMPARE(rig.upgrade(unnamed, {lab}).status, 101);
    unnamed.send(message);
    const auto answer = unnamed.readData();
    QVERIFY(answer);
    QCOMPARE(answer->op, Op::Binary);
    const auto end = unnamed.readData();
    QVERIFY(end);
    QCOMPARE(end->closeCode(), quint16(1008));
}

// SEC7
void TestAdmission::tokenBelongsToItsGateway()
{
    Rig rig;
    app::TokenWish wish = named("own");
    wish.scope = domain::TokenScope::PerGateway;
    const QByteArray own = bearer(rig.token(wish));
    const QByteArray shared = bearer(rig.token(named("shared")));
    const QByteArray uidA = "OpAMP-Instance-UID: 61616161-6161-6161-6161-616161616161";
    const QByteArray uidB = "OpAMP-Instance-UID: 62626262-6262-6262-6262-626262626262";
    QCOMPARE(rig.post("/v1/opamp", {own}, heartbeat('a')).status, 200);
    QTRY_VERIFY(rig.kinds.contains(QStringLiteral("token_bound")));
    QCOMPARE(rig.post("/v1/opamp", {own, uidA}, heartbeat('a')).status, 200);
    QCOMPARE(rig.post("/v1/opamp", {own, uidB}, heartbeat('b')).status, 403);
    QCOMPARE(rig.post("/v1/opamp", {shared, uidA}, heartbeat('a')).status, 403);
    RawClient liar; // says another uid only in its message: told so, closed, and nothing of it is kept
    QCOMPARE(rig.upgrade(liar, {own}).status, 101);
    liar.send(frame(Op::Binary, QByteArray(1, '\0') + heartbeat('b')));
    QVERIFY(liar.readData());
    const auto close = liar.readData();
    QVERIFY(close);
    QCOMPARE(close->closeCode(), quint16(1008));
    QVERIFY(!rig.gateways.contains(domain::GatewayId(QByteArray(16, 'b'))));
}

// SEC7: whoever may come in with one token cannot write into another gateway's charts and logs.
void TestAdmission::telemetryIsForItsGateway()
{
    Rig rig;
    app::TokenWish wish = named("own");
    wish.scope = domain::TokenScope::PerGateway;
    wish.approves = true;
    const QByteArray own = bearer(rig.token(wish));
    wish = named("shared");
    wish.approves = true;
    const QByteArray shared = bearer(rig.token(wish));
    QCOMPARE(rig.post("/v1/opamp", {own}, heartbeat('a')).status, 200);
    QCOMPARE(rig.post("/v1/opamp", {shared}, heartbeat('b')).status, 200);
    const auto uid = [](char which) { return domain::uuidText(domain::GatewayId(QByteArray(16, which))).toLatin1(); };
    const auto send = [&](const std::vector<QByteArray> &headers, const QByteArray &id) {
        const RawResponse answer =
            rig.post("/v1/logs", headers,
                     R"({"resourceLogs":[{"resource":{"attributes":[{"key":"service.instance.id","value":)"
                     R"({"stringValue":")" +
                         id + R"("}}]},"scopeLogs":[{"logRecords":[{"body":{"stringValue":"x"}}]}]}]})",
                     "application/json");
        return answer.status == 200 ? int(answer.body.contains("rejectedLogRecords")) : answer.status;
    };
    const auto refused = [&](const QByteArray &token, char which) { return send({token}, uid(which)); };
    QCOMPARE(refused(own, 'a'), 0);
    QCOMPARE(refused(own, 'b'), 1);
    QCOMPARE(refused(shared, 'b'), 0);
    QCOMPARE(refused(shared, 'a'), 1);
    const domain::RefusalCounts counts = rig.refusals();
    QCOMPARE(counts.of(domain::Refusal::NotAdmitted), quint64(2));
    // A mark opens nothing that the token does not: whose telemetry it names is judged as its uid is.
    const auto mark = [&](char which) { return "OpAMP-Instance-UID: " + uid(which); };
    QCOMPARE(send({own, mark('a')}, "pod-7"), 0);
    QCOMPARE(send({own, mark('b')}, "pod-7"), 403);
    QCOMPARE(send({shared, mark('b')}, "pod-7"), 0);
    QCOMPARE(send({shared, mark('a')}, "pod-7"), 403);
    QCOMPARE(send({shared, mark('b')}, uid('a')), 1);           // contradicts the mark
    QCOMPARE(send({shared, mark('b'), mark('b')}, "pod-7"), 1); // two marks are none
    QCOMPARE(rig.refusals().of(domain::Refusal::UnmatchedTelemetry), quint64(2));
}

// CS15
void TestAdmission::bootstrapTokenBringsNoTelemetry()
{
    Rig rig;
    app::TokenWish wish = named("site");
    wish.scope = domain::TokenScope::Bootstrap;
    const QByteArray site = bearer(rig.token(wish));
    QCOMPARE(rig.post("/v1/opamp", {site}, heartbeat('a')).status, 200);
    QCOMPARE(rig.post("/v1/logs", {site}, {}).status, 403);
    QCOMPARE(rig.post("/v1/metrics", {site}, {}).status, 403);
}

// SEC8: anyone can write such headers. Who they are for neither gets in by them nor takes the blame.
void TestAdmission::noHeaderOfAProxyIsTrusted()
{
    Rig rig;
    const std::vector<QByteArray> forged{"X-Forwarded-For: 192.0.2.9", "Forwarded: for=192.0.2.9;proto=https",
                                         "X-Real-IP: 192.0.2.9", "X-Forwarded-Client-Cert: Subject=\"CN=gw\"",
                                         "X-SSL-Client-Verify: SUCCESS"};
    QCOMPARE(rig.post("/v1/opamp", forged, heartbeat('a')).status, 401);
    std::vector<QByteArray> headers = forged;
    headers.push_back(bearer(rig.token(named("lab"))));
    QCOMPARE(rig.post("/v1/opamp", headers, heartbeat('a')).status, 200);
    const domain::GatewayId id(QByteArray(16, 'a'));
    QTRY_VERIFY(rig.gateways.contains(id));
    QVERIFY2(rig.gateways.value(id)->presence.peer.startsWith(QStringLiteral("127.0.0.1:")),
             qPrintable(rig.gateways.value(id)->presence.peer));
    QVERIFY(!rig.events.contains(QStringLiteral("192.0.2.9")));
}

// S5, S6, X12: the gateway is the same one under the uid that it asked for, before it has said so in a message too.
void TestAdmission::tokenFollowsTheUid()
{
    Rig rig;
    app::TokenWish wish = named("own");
    wish.scope = domain::TokenScope::PerGateway;
    wish.approves = true;
    const QByteArray own = bearer(rig.token(wish));
    const RawResponse reply = rig.post("/v1/opamp", {own}, heartbeat('a') + QByteArray("\x50\x01", 2));
    QCOMPARE(reply.status, 200);
    QTRY_VERIFY(rig.kinds.contains(QStringLiteral("token_bound")));
    const QByteArray tag("\x0a\x10", 2); // a field 1 of 16 bytes: the last one is new_instance_uid
    const QByteArray uid = reply.body.mid(reply.body.lastIndexOf(tag) + 2, 16);
    QCOMPARE(uid.size(), 16);
    QVERIFY(uid != QByteArray(16, 'a'));
    const domain::GatewayId id(uid);
    const QByteArray uidHeader = "OpAMP-Instance-UID: " + domain::uuidText(id).toLatin1();
    QCOMPARE(rig.post("/v1/opamp", {own, uidHeader}, tag + uid).status, 200);
    QTRY_VERIFY(rig.kinds.contains(QStringLiteral("gateway_renamed")));
    QTRY_VERIFY(rig.gateways.contains(id));
    QCOMPARE(rig.gateways.value(id)->admission, Admission::Approved);
    // The old uid is another gateway's now, and the token is not for it.
    QCOMPARE(rig.post("/v1/opamp", {own, uidHeader}, tag + uid).status, 200);
    QCOMPARE(
        rig.post("/v1/opamp", {own, "OpAMP-Instance-UID: 61616161-6161-6161-6161-616161616161"}, heartbeat('a')).status,
        403);
}

void TestAdmission::linkedGatewaysAreOneOnDisk()
{
    Rig rig(false);
    QCOMPARE(rig.post("/v1/opamp", {}, heartbeat('o') + QByteArray("\x4a\x00", 2)).status, 200); // says goodbye
    const domain::WallTime left = rig.clock.now();
    QTRY_VERIFY(rig.clock.now() - left > 5ms); // what begins with the new one is the new one's
    QCOMPARE(rig.post("/v1/opamp", {}, heartbeat('n')).status, 200);
    const domain::GatewayId old(QByteArray(16, 'o'));
    const domain::GatewayId now(QByteArray(16, 'n'));
    const auto link = [&](const domain::GatewayId &before, const domain::GatewayId &after) {
        const auto done = rig.wait<app::Nothing>(
            [&](app::Desk &desk, app::Done<app::Nothing> then) { desk.link(before, after, std::move(then)); });
        return done && *done;
    };
    QVERIFY(!link(now, old)); // it is here
    QVERIFY(!link(now, now));
    QVERIFY(link(old, now));
    QVERIFY(!link(old, now)); // there is only one by now
    QTRY_VERIFY(rig.kinds.contains(QStringLiteral("gateway_linked")));
    const auto spans =
        rig.wait<std::vector<domain::Span>>([&](app::Desk &desk, app::Done<std::vector<domain::Span>> done) {
            desk.timeline(now, domain::WallTime::min(), done);
        });
    QVERIFY(spans && *spans);
    const auto words = [&] {
        QStringList list;
        for (const domain::Span &span : **spans) {
            if (span.kind == domain::SpanKind::Presence)
                list.append(span.state);
        }
        return list;
    };
    QVERIFY2(words().contains(QStringLiteral("left")), qPrintable(words().join(u' ')));
    QCOMPARE(words().last(), QStringLiteral("connected"));
}

// ER5, SEC6: an address that fails too often waits, whatever it brings; who is in behind that address stays.
void TestAdmission::failedAttemptsWait()
{
    Rig rig;
    const QByteArray right = bearer(rig.token(named("lab")));
    QVERIFY(rig.set("server.failed_attempts", "3") && rig.set("server.failed_pause", "1h"));
    const QByteArray poll = post("/v1/opamp", heartbeat('a'), {right});
    RawClient polls, talks;
    QVERIFY(polls.connectTo(rig.port) && polls.send(poll));
    QCOMPARE(polls.readResponse()->status, 200);
    QCOMPARE(rig.upgrade(talks, {right}).status, 101);
    for (const QByteArray &wrong :
         {bearer("fgt_wrong"), QByteArray("X-None: 1"), QByteArray("Authorization: Basic eDp5")})
        QCOMPARE(rig.post("/v1/opamp", {wrong}, heartbeat('b')).status, 401);
    for (const QByteArray &path : {QByteArray("/v1/opamp"), QByteArray("/v1/metrics"), QByteArray("/v1/logs")}) {
        const RawResponse refused = rig.post(path, {right}, heartbeat('b'));
        QCOMPARE(refused.status, 429);
        QVERIFY(refused.header("Retry-After").toInt() > 3500 && refused.header("Retry-After").toInt() <= 3600);
    }
    RawClient newcomer, greedy;
    QCOMPARE(rig.upgrade(newcomer, {right}).status, 429);
    // Nothing of its body is asked for.
    QVERIFY(greedy.connectTo(rig.port));
    QVERIFY(
        greedy.send(request("POST /v1/opamp HTTP/1.1", {"Content-Type: application/x-protobuf",
                                                        "Content-Length: 60000000", "Expect: 100-continue", right})));
    QCOMPARE(greedy.readResponse()->status, 429);
    QVERIFY(greedy.endsInOrder());

    QVERIFY(polls.send(poll));
    QCOMPARE(polls.readResponse()->status, 200);
    talks.send(frame(Op::Binary, QByteArray(1, '\0') + heartbeat('c')));
    const auto answer = talks.readData();
    QVERIFY(answer);
    QCOMPARE(answer->op, Op::Binary);

    const domain::RefusalCounts counts = rig.refusals();
    QCOMPARE(counts.of(domain::Refusal::NotAdmitted), quint64(3));
    QCOMPARE(counts.of(domain::Refusal::FailedAttempts), quint64(5));
    QCOMPARE(counts.total(), quint64(8));
    QTRY_VERIFY(rig.events.contains(QStringLiteral("server_refused Refused")));
    QVERIFY(rig.events.contains(QStringLiteral("server.failed_attempts")));
    QVERIFY(rig.events.contains(QStringLiteral("127.0.0.1")));
    QVERIFY(rig.set("server.failed_attempts", "0"));
    QCOMPARE(rig.post("/v1/opamp", {right}, heartbeat('b')).status, 200);
}

// SEC6: where no token is asked for, those that bring none have nothing to fail with. The same user on this computer
// pays for nobody behind 127.0.0.1, and is never counted.
void TestAdmission::whoNeedsNoTokenDoesNotWait()
{
    Rig rig({}, QHostAddress(QStringLiteral("127.0.0.1")));
    QVERIFY(rig.set("server.failed_attempts", "2"));
    const QByteArray revoked = bearer(rig.token(named("lab")));
    QVERIFY(rig.revoke(QStringLiteral("lab")));
    for (int i = 0; i < 5; ++i)
        QCOMPARE(rig.post("/v1/opamp", {revoked}, heartbeat('a')).status, 401);
    const QByteArray fromElsewhere = "Via: 1.1 proxy";
    QCOMPARE(rig.post("/v1/opamp", {fromElsewhere, revoked}, heartbeat('a')).status, 401);
    QCOMPARE(rig.post("/v1/opamp", {fromElsewhere, revoked}, heartbeat('a')).status, 401);
    QCOMPARE(rig.post("/v1/opamp", {fromElsewhere, revoked}, heartbeat('a')).status, 429);
    QCOMPARE(rig.post("/v1/opamp", {revoked}, heartbeat('a')).status, 401);
    QCOMPARE(rig.post("/v1/opamp", {}, heartbeat('b')).status, 200);
}

// SEC6, ER4, ER5: a new gateway beyond the most is asked to come later, on both transports; known ones come in.
void TestAdmission::knownGatewaysComeIn()
{
    Rig rig(false);
    QVERIFY(rig.set("gateways.most", "1"));
    QCOMPARE(rig.post("/v1/opamp", {}, heartbeat('a')).status, 200);
    const RawResponse refused = rig.post("/v1/opamp", {}, heartbeat('b'));
    QCOMPARE(refused.status, 503);
    QCOMPARE(refused.header("Retry-After"), QByteArray("300"));
    RawClient client;
    QCOMPARE(rig.upgrade(client, {}).status, 101);
    const QByteArray message = frame(Op::Binary, QByteArray(1, '\0') + heartbeat('b'));
    client.send(message);
    const auto told = client.readData();
    QVERIFY(told);
    QVERIFY(told->payload.contains("takes no more gateways"));
    QCOMPARE(rig.post("/v1/opamp", {}, heartbeat('a')).status, 200);
    QCOMPARE(rig.refusals().of(domain::Refusal::Gateways), quint64(2));
    QVERIFY(!rig.gateways.contains(domain::GatewayId(QByteArray(16, 'b'))));
    QTRY_VERIFY(rig.events.contains(QStringLiteral("gateways.most")));
    QVERIFY(rig.set("gateways.most", "2"));
    client.send(message); // the same connection: it was not closed
    const auto taken = client.readData();
    QVERIFY(taken);
    QCOMPARE(taken->op, Op::Binary);
    QTRY_VERIFY(rig.gateways.contains(domain::GatewayId(QByteArray(16, 'b'))));
}

// SEC5: neither a right token nor a wrong one is found in events, log or any file.
void TestAdmission::secretIsNowhere()
{
    static QByteArray log;
    log.clear();
    const auto before = qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &text) {
        static QMutex mutex;
        const QMutexLocker lock(&mutex);
        log += text.toUtf8() + '\n';
    });
    {
        Rig rig; // sets the level that the setting says
        QLoggingCategory::setFilterRules(QStringLiteral("flowgate.*=true"));
        const QByteArray text = rig.token(named("lab"));
        QCOMPARE(text.size(), 47);
        const QByteArray wrong = "fgt_wrong-but-secret";
        QCOMPARE(rig.post("/v1/opamp", {bearer(text)}, heartbeat('a')).status, 200);
        QCOMPARE(rig.post("/v1/opamp", {bearer(wrong)}, heartbeat('a')).status, 401);
        QVERIFY(rig.revoke(QStringLiteral("lab")));
        QCOMPARE(rig.post("/v1/opamp", {bearer(text)}, heartbeat('a')).status, 401);
        QTRY_VERIFY(rig.kinds.contains(QStringLiteral("gateway_refused")));
        rig.plane.stop();
        qInstallMessageHandler(before);
        QVERIFY(log.contains("refused"));
        int files = 0;
        for (const QByteArray &secret : {text, wrong}) {
            QVERIFY(!log.contains(secret));
            QVERIFY(!rig.events.contains(QString::fromLatin1(secret)));
            QDirIterator entries(rig.folder.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
            while (entries.hasNext()) {
                QFile file(entries.next());
                QVERIFY(file.open(QIODevice::ReadOnly));
                QVERIFY2(!file.readAll().contains(secret), qPrintable(file.fileName()));
                ++files;
            }
        }
        QVERIFY(files > 0);
    }
}

QTEST_GUILESS_MAIN(TestAdmission)
#include "tst_admission.moc"
