// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/configsseen.h"
#include "tests/domain/samples.h"

#include <QTest>

using namespace flowgate::tests;

namespace {

using Change = std::function<void(Gateway &)>;

WallTime at(int seconds)
{
    return WallTime(std::chrono::seconds(seconds));
}

void sent(Gateway &gateway, const char *hash, int second)
{
    gateway.outcomes[ConfigHash(hash)] = {OfferOutcome::State::Applied, at(second), at(second), {}};
}

} // namespace

Q_DECLARE_METATYPE(Change)

class TestConfigsSeen final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void seen_data()
    {
        QTest::addColumn<Change>("change");
        QTest::addColumn<QByteArrayList>("hashes");
        const auto row = [](const char *name, const QByteArrayList &hashes, const Change &change) {
            QTest::addRow("%s", name) << change << hashes;
        };
        row("nothing", {}, [](Gateway &) {});
        row("effective", {"E"}, [](Gateway &gateway) { gateway.effective = {{ConfigHash("E"), {}}, {}, false}; });
        row("desired", {"W"}, [](Gateway &gateway) { gateway.wanted = ConfigRef{{}, 1, ConfigHash("W")}; });
        row("last proven", {"P"}, [](Gateway &gateway) { gateway.lastProven = ConfigRef{{}, 1, ConfigHash("P")}; });
        row("last failed", {"F"}, [](Gateway &gateway) {
            gateway.lastFailed = LastFailed{{{}, 1, ConfigHash("F")}, {}, {}};
        });
        row("each once", {"W"}, [](Gateway &gateway) {
            gateway.wanted = gateway.lastProven = ConfigRef{{}, 1, ConfigHash("W")};
            sent(gateway, "W", 1);
        });
        row("the last three that were sent", {"4", "3", "2"}, [](Gateway &gateway) {
            for (const char *hash : {"2", "4", "1", "3"})
                sent(gateway, hash, hash[0]);
        });
        row("the one that its status names, however old", {"1", "4", "3", "2"}, [](Gateway &gateway) {
            for (const char *hash : {"1", "2", "3", "4"})
                sent(gateway, hash, hash[0]);
            gateway.remoteConfig = {{ConfigHash("1"), ApplyStatus::Failed, {}}, {}, false};
        });
        row("SEC6 a hash that we never sent is anybody's claim", {}, [](Gateway &gateway) {
            gateway.outcomes[ConfigHash("x")] = {OfferOutcome::State::Failed, {}, at(1), {}};
            gateway.remoteConfig = {{ConfigHash("x"), ApplyStatus::Failed, {}}, {}, false};
        });
    }
    void seen()
    {
        QFETCH(Change, change);
        QFETCH(QByteArrayList, hashes);
        Gateway gateway;
        change(gateway);
        QByteArrayList found;
        for (const ConfigHash &hash : flowgate::domain::configsSeenBy(gateway))
            found.append(hash.bytes());
        QCOMPARE(found, hashes);
    }
};

QTEST_APPLESS_MAIN(TestConfigsSeen)
#include "tst_configsseen.moc"
