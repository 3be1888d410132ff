// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleetsim/options.h"

#include <QSet>
#include <QTemporaryFile>
#include <QTest>

using namespace flowgate;
using namespace flowgate::fleetsim;

class TestFleetProfile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tenThousandDiffer();
    void seedDecides();
    void mixedHasEachCharacter();
    void endpoint_data();
    void endpoint();
    void commandLine_data();
    void commandLine();
    void optionsAreRead();
};

void TestFleetProfile::tenThousandDiffer()
{
    QSet<QString> names;
    QSet<QByteArray> uids;
    for (int i = 0; i < 10'000; ++i) {
        const Profile profile = profileOf(i, 7, Behaviour::Good);
        QCOMPARE(profile.uid.bytes().size(), qsizetype(16));
        QCOMPARE(profile.character, Character::Modern);
        names.insert(profile.name);
        uids.insert(profile.uid.bytes());
    }
    QCOMPARE(names.size(), 10'000);
    QCOMPARE(uids.size(), 10'000);
    QVERIFY(names.contains(QStringLiteral("edge-ber-01")));
}

void TestFleetProfile::seedDecides()
{
    QCOMPARE(profileOf(3, 1, Behaviour::Mixed), profileOf(3, 1, Behaviour::Mixed));
    QVERIFY(profileOf(3, 1, Behaviour::Good).uid != profileOf(3, 2, Behaviour::Good).uid);
    QCOMPARE(profileOf(3, 1, Behaviour::Good).name, profileOf(3, 2, Behaviour::Good).name);
}

void TestFleetProfile::mixedHasEachCharacter()
{
    for (const quint64 seed : {0ULL, 1ULL, ~0ULL}) {
        QMap<Character, int> counts;
        for (int i = 0; i < 20; ++i)
            ++counts[profileOf(i, seed, Behaviour::Mixed).character];
        QCOMPARE(counts.size(), 7);
        if (seed < 100) // where index + seed does not wrap within the 20
            QCOMPARE(counts[Character::Modern], 12);
    }
}

void TestFleetProfile::endpoint_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("used"); // null: refused
    const auto row = [](const char *name, const char *url, const char *used) {
        QTest::addRow("%s", name) << QString::fromLatin1(url) << QString::fromLatin1(used);
    };
    row("loopback as is", "ws://127.0.0.1:4320/v1/opamp", "ws://127.0.0.1:4320/v1/opamp");
    row("another loopback address", "ws://127.8.9.1:1/x", "ws://127.8.9.1:1/x");
    row("IPv6 loopback", "ws://[::1]:4320/v1/opamp", "ws://[::1]:4320/v1/opamp");
    row("localhost is not looked up", "ws://LocalHost:4320/v1/opamp", "ws://127.0.0.1:4320/v1/opamp");
    row("T3 port left out", "ws://127.0.0.1/v1/opamp", "ws://127.0.0.1:4320/v1/opamp");
    row("another machine", "ws://192.168.1.4:4320/v1/opamp", nullptr);
    row("any address", "ws://0.0.0.0:4320/v1/opamp", nullptr);
    row("a name", "ws://127.0.0.1.example.com:4320/v1/opamp", nullptr);
    row("a name that begins like it", "ws://localhost.example.com/v1/opamp", nullptr);
    row("user information", "ws://127.0.0.1@example.com/v1/opamp", nullptr);
    row("another scheme", "http://127.0.0.1:4320/v1/opamp", nullptr);
    row("TLS", "wss://127.0.0.1:4320/v1/opamp", nullptr);
    row("no host", "ws:///v1/opamp", nullptr);
    row("nothing", "", nullptr);
}

void TestFleetProfile::endpoint()
{
    QFETCH(QString, url);
    QFETCH(QString, used);
    const auto result = loopbackEndpoint(QUrl(url, QUrl::StrictMode));
    QCOMPARE(result.has_value(), !used.isNull());
    if (result)
        QCOMPARE(result->toString(), used);
}

void TestFleetProfile::commandLine_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exitCode"); // -1: options
    const auto row = [](const char *arguments, int exitCode) {
        QTest::addRow("%s", arguments) << QString::fromLatin1(arguments).split(u' ', Qt::SkipEmptyParts) << exitCode;
    };
    row("", -1);
    row("--count 10000 --seed 5 --behaviour mixed --apply 250ms --heartbeat 1s", -1);
    row("--help", 0);
    row("--version", 0);
    row("--count 0", 2);
    row("--count 50001", 2);
    row("--count many", 2);
    row("--seed -1", 2);
    row("--behaviour bad", 2);
    row("--apply 5", 2);
    row("--validate 5", 2);
    row("--heartbeat 10ms", 2);
    row("--endpoint ws://10.0.0.1/v1/opamp", 2);
    row("--token abc", 2);
    row("--token-file /nonexistent", 2);
    row("--unknown", 2);
    row("extra", 2);
}

void TestFleetProfile::commandLine()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, exitCode);
    const auto options = parseOptions(QStringList{QStringLiteral("flowgate-fleetsim")} + arguments);
    QCOMPARE(options ? -1 : options.error().exitCode, exitCode);
    QVERIFY(options || !options.error().text.isEmpty());
}

void TestFleetProfile::optionsAreRead()
{
    QTemporaryFile token;
    QVERIFY(token.open() && token.write("abc\n") == 4 && token.flush());
    const auto options = parseOptions({QStringLiteral("x"), QStringLiteral("--count=7"), QStringLiteral("--seed=9"),
                                       QStringLiteral("--behaviour=mixed"), QStringLiteral("--validate=3s"),
                                       QStringLiteral("--apply=1s"), QStringLiteral("--heartbeat=2s"),
                                       QStringLiteral("--token-file=") + token.fileName(),
                                       QStringLiteral("--endpoint=ws://127.0.0.1:99/p")});
    QVERIFY(options);
    QCOMPARE(options->count, 7);
    QCOMPARE(options->seed, quint64(9));
    QCOMPARE(options->behaviour, Behaviour::Mixed);
    QCOMPARE(options->timing.validate, domain::milliseconds(3000));
    QCOMPARE(options->timing.apply, domain::milliseconds(1000));
    QCOMPARE(options->timing.heartbeat, domain::milliseconds(2000));
    QCOMPARE(options->token, QByteArray("abc"));
    QCOMPARE(options->endpoint, QUrl(QStringLiteral("ws://127.0.0.1:99/p")));
}

QTEST_APPLESS_MAIN(TestFleetProfile)
#include "tst_fleetprofile.moc"
