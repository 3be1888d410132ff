// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/token.h"
#include "tests/domain/samples.h"

using namespace flowgate::tests;

namespace {

const GatewayId one(QByteArray(16, 'a'));
const GatewayId other(QByteArray(16, 'b'));

Token token()
{
    Token token;
    token.name = u"lab"_s;
    token.hash = tokenHash("fgt_lab");
    token.createdAt = at();
    return token;
}

Token bound(const GatewayId &gateway)
{
    Token token = ::token();
    token.scope = TokenScope::PerGateway;
    token.boundTo = gateway;
    return token;
}

} // namespace

Q_DECLARE_METATYPE(flowgate::domain::CredentialVerdict)
Q_DECLARE_METATYPE(flowgate::domain::Token)
Q_DECLARE_METATYPE(flowgate::domain::Arrival)

class TestToken : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judges_data();
    void judges();
    void ownsItsGateway_data();
    void ownsItsGateway();
    void bootstraps_data();
    void bootstraps();
    void restsOn_data();
    void restsOn();
    void endsByItsTime();
    void admits_data();
    void admits();
    void readsTheHeader_data();
    void readsTheHeader();
    void textHasAllItsBits();
    void comparesAllOfIt();
};

void TestToken::judges_data()
{
    using V = CredentialVerdict;
    QTest::addColumn<bool>("required");
    QTest::addColumn<bool>("brought");
    QTest::addColumn<std::optional<Token>>("token");
    QTest::addColumn<V>("expected");
    const auto with = [](auto change) {
        Token changed = token();
        change(changed);
        return std::optional(changed);
    };
    const auto expires = [&](qint64 second) { return with([=](Token &t) { t.expiresAt = atSecond(second); }); };
    const auto revoked = with([](Token &t) { t.revokedAt = at(); });
    const std::optional<Token> none;
    // Judged at second 100.
    QTest::addRow("ER6 none") << true << false << none << V::Missing;
    QTest::addRow("ER6 wrong") << true << true << none << V::Unknown;
    QTest::addRow("ER6 right") << true << true << std::optional(token()) << V::Accepted;
    QTest::addRow("CS16 revoked") << true << true << revoked << V::Revoked;
    QTest::addRow("expires later") << true << true << expires(101) << V::Accepted;
    QTest::addRow("expires now") << true << true << expires(100) << V::Expired;
    QTest::addRow("expired") << true << true << expires(99) << V::Expired;
    QTest::addRow("not required: none") << false << false << none << V::Accepted;
    QTest::addRow("not required: not ours") << false << true << none << V::Accepted;
    QTest::addRow("not required: right") << false << true << std::optional(token()) << V::Accepted;
    QTest::addRow("CS16 not required: revoked") << false << true << revoked << V::Revoked;
    QTest::addRow("not required: expired") << false << true << expires(99) << V::Expired;
    QTest::addRow("revoked, then expired: revoked") << true << true << with([](Token &t) {
        t.revokedAt = at();
        t.expiresAt = at();
    }) << V::Revoked;
}

void TestToken::judges()
{
    QFETCH(bool, required);
    QFETCH(bool, brought);
    QFETCH(std::optional<Token>, token);
    QFETCH(CredentialVerdict, expected);
    CredentialClaim claim;
    claim.isRequired = required;
    claim.brought = brought;
    claim.token = token ? &*token : nullptr;
    QCOMPARE(judgeCredential(claim, atSecond(100)), expected);
    QCOMPARE(reason(expected).isEmpty(), expected == CredentialVerdict::Accepted);
}

void TestToken::ownsItsGateway_data()
{
    using V = CredentialVerdict;
    QTest::addColumn<std::optional<Token>>("token");
    QTest::addColumn<std::optional<GatewayId>>("uid");
    QTest::addColumn<bool>("isOwned"); // the uid has a token of its own: another one, unless `token` is bound to it
    QTest::addColumn<V>("expected");
    const std::optional<GatewayId> uid(one);
    Token free = bound(one);
    free.boundTo.reset();
    QTest::addRow("SEC7 shared: any gateway") << std::optional(token()) << uid << false << V::Accepted;
    QTest::addRow("SEC7 own: its gateway") << std::optional(bound(one)) << uid << true << V::Accepted;
    QTest::addRow("SEC7 own: another gateway") << std::optional(bound(other)) << uid << false << V::OtherGateway;
    QTest::addRow("SEC7 own: not used yet") << std::optional(free) << uid << false << V::Accepted;
    QTest::addRow("SEC7 own: uid not known yet")
        << std::optional(bound(other)) << std::optional<GatewayId>() << false << V::Accepted;
    QTest::addRow("SEC7 shared one for a gateway with its own")
        << std::optional(token()) << uid << true << V::OtherCredential;
    QTest::addRow("SEC7 unused one for a gateway with its own")
        << std::optional(free) << uid << true << V::OtherCredential;
    QTest::addRow("SEC7 none for a gateway with its own")
        << std::optional<Token>() << uid << true << V::OtherCredential;
}

void TestToken::ownsItsGateway()
{
    QFETCH(std::optional<Token>, token);
    QFETCH(std::optional<GatewayId>, uid);
    QFETCH(bool, isOwned);
    QFETCH(CredentialVerdict, expected);
    const Token own = bound(one);
    CredentialClaim claim;
    claim.brought = token.has_value();
    claim.token = token ? &*token : nullptr;
    claim.uid = uid;
    if (isOwned)
        claim.owned = token && token->boundTo == uid ? claim.token : &own;
    QCOMPARE(judgeCredential(claim, at()), expected);
}

void TestToken::bootstraps_data()
{
    using V = CredentialVerdict;
    QTest::addColumn<Token>("token");
    QTest::addColumn<std::optional<Token>>("owned");
    QTest::addColumn<bool>("inUse");
    QTest::addColumn<V>("expected");
    Token bootstrap = token();
    bootstrap.scope = TokenScope::Bootstrap;
    bootstrap.hash = tokenHash("fgt_bootstrap");
    const auto issued = [](const GatewayId &to, bool used) {
        Token token = bound(to);
        token.issuedTo = to;
        token.issuedFor = u"bootstrap"_s;
        if (!used)
            token.boundTo.reset();
        return token;
    };
    Token next = issued(one, false);
    next.hash = tokenHash("fgt_next");
    const std::optional<Token> none;
    const std::optional<Token> own = issued(one, true);
    const auto row = [](const char *name, const Token &token, const std::optional<Token> &owned, bool inUse,
                        V verdict) { QTest::addRow("%s", name) << token << owned << inUse << verdict; };
    row("CS15 a bootstrap token: any gateway", bootstrap, none, false, V::Accepted);
    row("CS15 it lost its own, or was started anew", bootstrap, own, false, V::Accepted);
    row("CS15 SEC7 X8 its own is in use: somebody else", bootstrap, own, true, V::Occupied);
    row("CS15 SEC7 an operator made its own", bootstrap, bound(one), false, V::OtherCredential);
    row("CS11 its own, for the first time", issued(one, false), none, false, V::Accepted);
    row("CS11 SEC7 another's, before that came with it", issued(other, false), none, false, V::OtherGateway);
    row("CS11 the next one of its own", next, own, false, V::Accepted);
    row("CS11 the next one while the first is in use", next, own, true, V::Accepted);
    row("SEC7 a shared one beside its own", token(), own, false, V::OtherCredential);
}

void TestToken::bootstraps()
{
    QFETCH(Token, token);
    QFETCH(std::optional<Token>, owned);
    QFETCH(bool, inUse);
    CredentialClaim claim;
    claim.brought = true;
    claim.token = &token;
    claim.uid = one;
    claim.owned = owned ? &*owned : nullptr;
    claim.ownedInUse = inUse;
    QTEST(judgeCredential(claim, at()), "expected");
}

void TestToken::restsOn_data()
{
    QTest::addColumn<Arrival>("arrival");
    QTest::addColumn<QString>("expected"); // by loopback, token, always, never
    using A = Admission;
    const auto row = [](const char *name, const Arrival &arrival, const char *expected) {
        QTest::addRow("%s", name) << arrival << QString::fromLatin1(expected);
    };
    row("nothing speaks for it", {{}, false, false}, "- - setting -");
    row("its token approves", {{}, false, true}, "token token token -");
    row("the same user on this computer", {{}, true, false}, "same_user - setting -");
    row("the token before where it came from", {A::Pending, true, true}, "token token token -");
    row("was approved before", {A::Approved, true, true}, "- - - -");
    row("was rejected before", {A::Rejected, true, true}, "- - - -");
    row("CS15 waits, and comes with its own", {A::Pending, false, false, true}, "token token token token");
    row("CS15 comes anew", {A::Approved, false, false, false, true}, "- - setting -");
    row("CS15 comes anew by a token that approves", {A::Approved, false, true, false, true}, "token token token -");
}

void TestToken::restsOn()
{
    QFETCH(Arrival, arrival);
    QFETCH(QString, expected);
    QStringList found;
    for (const QString &setting : {u"loopback"_s, u"token"_s, u"always"_s, u"never"_s}) {
        const auto by = groundOf(arrival, *fromWord<AutomaticAdmission>(setting));
        found.append(by ? word(*by) : u"-"_s);
        QVERIFY(!by || admittedByFromWord(word(*by)) == by);
    }
    QCOMPARE(found.join(u' '), expected);
    QVERIFY(!admittedByFromWord(u"nobody"));
}

void TestToken::endsByItsTime()
{
    Token token;
    QCOMPARE(stateOf(token, at()), TokenState::Live);
    token.expiresAt = at();
    QCOMPARE(stateOf(token, at() - milliseconds(1)), TokenState::Live);
    QCOMPARE(stateOf(token, at()), TokenState::Expired);
    token.revokedAt = at();
    QCOMPARE(stateOf(token, at()), TokenState::Revoked);
}

void TestToken::admits_data()
{
    QTest::addColumn<Arrival>("arrival");
    QTest::addColumn<QString>("expected"); // by loopback, token, always, never
    using A = Admission;
    const auto row = [](const char *name, const Arrival &arrival, const char *expected) {
        QTest::addRow("%s", name) << arrival << QString::fromLatin1(expected);
    };
    row("CS14 new from outside", {{}, false, false}, "pending pending approved pending");
    row("CS14 new, its token approves", {{}, false, true}, "approved approved approved pending");
    row("CS14 new on loopback", {{}, true, false}, "approved pending approved pending");
    row("CS14 new on loopback with a token", {{}, true, true}, "approved approved approved pending");
    row("waits, comes again", {A::Pending, false, false}, "pending pending approved pending");
    row("waits, comes with a token that approves", {A::Pending, false, true}, "approved approved approved pending");
    row("approved stays", {A::Approved, false, false}, "approved approved approved approved");
    row("rejected stays", {A::Rejected, true, true}, "rejected rejected rejected rejected");
    row("CS15 waits, and comes with its own", {A::Pending, false, false, true}, "approved approved approved approved");
    row("CS15 forgotten, and comes with its own", {{}, false, false, true}, "pending pending approved pending");
    row("CS15 rejected, and comes with its own", {A::Rejected, true, false, true},
        "rejected rejected rejected rejected");
    row("CS15 comes anew: as a new one", {A::Approved, false, false, false, true}, "pending pending approved pending");
    row("CS15 comes anew on loopback", {A::Approved, true, false, false, true}, "approved pending approved pending");
    row("CS15 comes anew by a token that approves", {A::Approved, false, true, false, true},
        "approved approved approved pending");
    row("CS15 rejected, and comes anew", {A::Rejected, false, true, false, true},
        "rejected rejected rejected rejected");
}

void TestToken::admits()
{
    QFETCH(Arrival, arrival);
    QFETCH(QString, expected);
    QStringList found;
    for (const QString &setting : {u"loopback"_s, u"token"_s, u"always"_s, u"never"_s})
        found.append(word(admissionOf(arrival, *fromWord<AutomaticAdmission>(setting))));
    QCOMPARE(found.join(u' '), expected);
    QVERIFY(!fromWord<AutomaticAdmission>(u"sometimes"));
}

void TestToken::readsTheHeader_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char *header, const char *text) {
        QTest::addRow("%s", header) << QByteArray(header) << QByteArray(text);
    };
    row("Bearer fgt_x", "fgt_x");
    row("bearer fgt_x", "fgt_x");
    row("BEARER   fgt_x ", "fgt_x");
    row("Bearer", "");
    row("Bearer ", "");
    row("Basic fgt_x", "");
    row("fgt_x", "");
    row("Bearerfgt_x", "");
    row("", "");
}

void TestToken::readsTheHeader()
{
    QFETCH(QByteArray, header);
    QTEST(bearerText(header).toByteArray(), "text");
}

void TestToken::textHasAllItsBits()
{
    const QByteArray random = QByteArray::fromHex("fbff00112233445566778899aabbccddeeff00112233445566778899aabbccdd");
    QCOMPARE(random.size(), 32);
    const QByteArray text = tokenText(random);
    QCOMPARE(text.size(), 47);
    QVERIFY(text.startsWith("fgt_-_8AESIz"));
    QCOMPARE(QByteArray::fromBase64(text.mid(4), QByteArray::Base64UrlEncoding), random);
    QCOMPARE(tokenHash("abc").hex(), u"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"_s);
}

void TestToken::comparesAllOfIt()
{
    QVERIFY(equalInConstantTime("abc", "abc"));
    QVERIFY(equalInConstantTime("", ""));
    for (const char *wrong : {"", "ab", "abcd", "abd", "xbc", "aBc"})
        QVERIFY(!equalInConstantTime("abc", wrong));
}

QTEST_APPLESS_MAIN(TestToken)
#include "tst_token.moc"
