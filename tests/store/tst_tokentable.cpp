// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/store/openedstore.h"

#include <QTest>

using namespace flowgate::domain;
using namespace flowgate::store;
using flowgate::testing::at;
using flowgate::testing::OpenedStore;

namespace {

Token token(const char *name, qint64 created)
{
    Token token;
    token.name = QString::fromLatin1(name);
    token.hash = tokenHash(QByteArray(name) + QByteArray::number(created));
    token.createdAt = at(created);
    return token;
}

} // namespace

class TestTokenTable final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsAll()
    {
        OpenedStore store;
        Token full = token("b", 1);
        full.expiresAt = at(2);
        full.revokedAt = at(3);
        full.lastUsed = at(4);
        full.scope = TokenScope::PerGateway;
        full.approves = true;
        full.boundTo = GatewayId(QByteArray(16, '\0'));
        full.issuedTo = full.boundTo;
        full.issuedFor = QStringLiteral("site");
        const Token bare = token("a", 5);
        Token bootstrap = token("c", 6);
        bootstrap.scope = TokenScope::Bootstrap;
        for (const Token &one : {bare, full, bootstrap})
            VERIFY_OK(store.database->tokens.add(one));
        QCOMPARE(*store.database->tokens.all(), (std::vector{full, bare, bootstrap}));
        const auto snapshot = store.database->snapshot();
        VERIFY_OK(snapshot);
        QCOMPARE(snapshot->tokens, (std::vector{full, bare, bootstrap}));
    }

    void dropsWhatWasIssuedAndEnded()
    {
        OpenedStore store;
        const auto ended = [](const char *name, qint64 second, bool issued) {
            Token one = token(name, 1);
            one.revokedAt = at(second);
            if (issued)
                one.issuedTo = GatewayId(QByteArray(16, 'g'));
            return one;
        };
        Token live = token("live", 1);
        live.issuedTo = GatewayId(QByteArray(16, 'g'));
        const Token old = ended("old", 2, true);
        const Token young = ended("young", 3, true);
        const Token byHand = ended("hand", 2, false);
        for (const Token &one : {live, old, young, byHand})
            VERIFY_OK(store.database->tokens.add(one));
        VERIFY_OK(store.database->tokens.dropIssued(at(3)));
        QCOMPARE(*store.database->tokens.all(), (std::vector{byHand, live, young}));
    }

    void changesWhatMayChange()
    {
        OpenedStore store;
        Token first = token("a", 1);
        const Token second = token("b", 2);
        VERIFY_OK(store.database->tokens.add(first));
        VERIFY_OK(store.database->tokens.add(second));
        first.revokedAt = at(3);
        first.lastUsed = at(4);
        first.boundTo = GatewayId(QByteArray(16, 'g'));
        first.issuedTo = GatewayId(QByteArray(16, 'h'));
        VERIFY_OK(store.database->tokens.update(first));
        QCOMPARE(*store.database->tokens.all(), (std::vector{first, second}));
    }

    void nameIsFreeOnceRevoked()
    {
        OpenedStore store;
        Token first = token("a", 1);
        VERIFY_OK(store.database->tokens.add(first));
        VERIFY_ERROR(store.database->tokens.add(token("a", 2)), StoreErrorKind::Conflict);
        first.revokedAt = at(3);
        VERIFY_OK(store.database->tokens.update(first));
        VERIFY_OK(store.database->tokens.add(token("a", 2)));
        QCOMPARE(store.database->tokens.all()->size(), size_t(2));
    }
};

QTEST_GUILESS_MAIN(TestTokenTable)
#include "tst_tokentable.moc"
