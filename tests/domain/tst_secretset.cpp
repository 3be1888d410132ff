// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/secretset.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

using namespace flowgate::domain;

namespace {

Secrets secrets(const QByteArrayList &values, bool complete = true)
{
    return {std::make_shared<const SecretSet>(values, complete)};
}

/// So many further values that all are searched for in one pass; none of them is in any text here.
QByteArrayList amongMany(QByteArrayList values)
{
    for (int i = 0; i < 100; ++i)
        values.append("unused-" + QByteArray::number(i));
    return values;
}

} // namespace

class TestSecretSet final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void masks_data()
    {
        QTest::addColumn<QByteArrayList>("values");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("masked");
        const auto row = [](const char *name, const QByteArrayList &values, const char *text, const char *masked) {
            QTest::addRow("%s", name) << values << QString::fromUtf8(text) << QString::fromUtf8(masked);
        };
        row("no secret", {}, "dial failed", "dial failed");
        row("none in the text", {"hunter42"}, "dial failed", "dial failed");
        row("empty text", {"hunter42"}, "", "");
        row("in the middle", {"hunter42"}, "key hunter42 refused", "key [hidden] refused");
        row("the whole text", {"hunter42"}, "hunter42", "[hidden]");
        row("several times", {"hunter42"}, "hunter42, hunter42", "[hidden], [hidden]");
        row("part of a word", {"hunter42"}, "xhunter42y", "x[hidden]y");
        row("case counts", {"hunter42"}, "Hunter42", "Hunter42");
        row("SEC5 four characters are a secret", {"abcd"}, "abcd", "[hidden]");
        row("SEC5 three are none", {"abc"}, "abc", "abc");
        row("characters count, not bytes", {"\xc3\xa4\xc3\xb6"}, "\xc3\xa4\xc3\xb6", "\xc3\xa4\xc3\xb6");
        row("four characters of many bytes", {"\xc3\xa4\xc3\xb6\xc3\xbc\xc3\x9f"},
            "a \xc3\xa4\xc3\xb6\xc3\xbc\xc3\x9f \xe2\x82\xac", "a [hidden] \xe2\x82\xac");
        row("the longest first", {"pass", "password1"}, "password1 pass", "[hidden] [hidden]");
        row("one within another", {"word", "password1"}, "password1", "[hidden]");
        row("one that begins another, without its end", {"hunter42", "hunter421x"}, "hunter421y", "[hidden]1y");
        row("overlapping ones are one", {"abcdef", "defghi"}, "abcdefghi", "[hidden]");
        row("touching ones are one", {"abcd", "efgh"}, "abcdefgh", "[hidden]");
        row("it overlaps itself", {"abab"}, "xababab", "x[hidden]");
        row("what only looks like it at first", {"aaaab", "aaac"}, "aaaaac", "aa[hidden]");
        row("already hidden", {"hunter42"}, "key [hidden]", "key [hidden]");
        row("beyond the first plane", {"\xf0\x9f\x94\x91key"}, "\xf0\x9f\x94\x91key \xf0\x9f\x94\x91",
            "[hidden] \xf0\x9f\x94\x91");
    }
    void masks()
    {
        QFETCH(QByteArrayList, values);
        QFETCH(QString, text);
        QFETCH(QString, masked);
        QCOMPARE(maskSecrets(text, secrets(values)), masked);
        QCOMPARE(maskSecrets(text, secrets(amongMany(values))), masked);
        // As several configs have them.
        Secrets apart;
        for (const QByteArray &value : values)
            apart.push_back(secrets({value}).front());
        QCOMPARE(maskSecrets(text, apart), masked);
    }

    void incompleteHidesAll()
    {
        const QString text = QStringLiteral("dial failed");
        QCOMPARE(maskSecrets(text, secrets({"hunter42"}, false)), QStringLiteral("[hidden]"));
        QCOMPARE(maskSecrets(QString(), secrets({}, false)), QString());
    }

    /// SEC6: what a gateway reports decides how many values there are, and how they look.
    void limits_data()
    {
        QTest::addColumn<QByteArrayList>("values");
        QTest::addColumn<bool>("complete");
        QByteArrayList many;
        for (int i = 0; i < int(SecretSet::mostValues); ++i)
            many.append("v" + QByteArray::number(100'000 + i));
        QTest::addRow("as many as there may be") << many << true;
        QTest::addRow("the same again") << many + many << true;
        QTest::addRow("one more") << many + QByteArrayList{"another"} << false;
        QTest::addRow("as long as it may be") << QByteArrayList{QByteArray(SecretSet::mostBytes, 'x')} << true;
        QTest::addRow("longer") << QByteArrayList{QByteArray(SecretSet::mostBytes + 1, 'x')} << false;
    }
    void limits()
    {
        QFETCH(QByteArrayList, values);
        QFETCH(bool, complete);
        const SecretSet set(values);
        QCOMPARE(set.isComplete(), complete);
        QVERIFY(set.bytes() <= 32 * SecretSet::mostBytes);
    }

    /// The digest tells sets apart, whatever the order of their values.
    void digests()
    {
        const QByteArray digest = SecretSet({"abcd", "efgh"}).digest();
        QCOMPARE(SecretSet({"efgh", "abcd", "abcd", "x"}).digest(), digest);
        QVERIFY(SecretSet({"abcde", "fgh1"}).digest() != digest);
        QVERIFY(SecretSet({"abcd", "efgh"}, false).digest() != digest);
        QCOMPARE(digest.size(), qsizetype(32));
    }

    /// Both ways to search find the same, in texts and values of two letters, where prefixes are everywhere.
    void bothWaysAgree()
    {
        QRandomGenerator random(7);
        const auto letters = [&random](int size) {
            QByteArray text;
            for (int i = 0; i < size; ++i)
                text += random.bounded(2) == 0 ? 'a' : 'b';
            return text;
        };
        for (int round = 0; round < 200; ++round) {
            QByteArrayList values;
            for (int i = 0; i < 5; ++i)
                values.append(letters(4 + random.bounded(6)));
            const QString text = QString::fromLatin1(letters(60));
            QCOMPARE(maskSecrets(text, secrets(amongMany(values))), maskSecrets(text, secrets(values)));
        }
    }

    /// SEC6: values of one letter, a text of the same: each step of the search could fall back through all of them.
    void hostileValuesTakeNoTime()
    {
        QByteArrayList values;
        for (int size = 4; size < 700; ++size)
            values.append(QByteArray(size, 'a') + 'b');
        const SecretSet set(values);
        std::vector<ByteRange> found;
        set.find(QByteArray(16 * 1024 * 1024, 'a') + 'b', found); // minutes, if it were no linear search
        QCOMPARE(found.size(), size_t(1));
        QCOMPARE(found.front().end - found.front().begin, qsizetype(700));
    }
};

QTEST_APPLESS_MAIN(TestSecretSet)
#include "tst_secretset.moc"
