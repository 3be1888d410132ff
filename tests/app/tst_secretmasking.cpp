// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/secretmasking.h"
#include "tests/app/fleetrig.h"
#include "tests/support/patience.h"

#include <QTest>

using namespace flowgate;
using namespace flowgate::tests;
using domain::AgentReport;
using domain::ApplyStatus;

namespace {

const QString hidden = QStringLiteral("[hidden]");
const QByteArray secretText = "receivers: {}\npassword: s3cret-hunter\n";
const QString failure = QStringLiteral("dial me:s3cret-hunter@host");
const QString masked = QStringLiteral("dial me:[hidden]@host");

/// A fleet behind the masking. What its "database" is asked for waits for answerLoads().
struct MaskedRig : FleetRig
{
    std::vector<std::function<void()>> loads;
    app::ConfigFactsCache facts{[this](const QList<domain::ConfigHash> &hashes, const auto &then) {
        loads.push_back([this, hashes, then] {
            QList<app::ConfigFactsCache::Body> found;
            for (const domain::ConfigHash &hash : hashes)
                found.append(stored.contains(hash.bytes()) ? stored[hash.bytes()] : nullptr);
            then(found);
        });
    }};
    app::SecretMasking masking{fleet, bodies, facts};

    MaskedRig() { fleet.addObserver(&masking); }

    void say(const AgentReport &report, const domain::Peer &peer = ws(1)) { (void)masking.handle(peer, report); }
    void answerLoads()
    {
        while (!loads.empty()) {
            const auto some = std::exchange(loads, {});
            for (const auto &load : some)
                load();
        }
    }
    /// The next report with a FAILED for @p hash.
    AgentReport failed(const domain::ConfigHash &hash, const QString &error = failure)
    {
        AgentReport report = next('a');
        report.remoteConfigStatus = domain::RemoteConfigStatus{hash, ApplyStatus::Failed, error};
        return report;
    }
    QString error() const { return gateway('a').remoteConfig->value.error; }
    void store(const domain::ConfigSet &config)
    {
        stored[domain::canonicalHash(config).bytes()] = std::make_shared<const domain::ConfigSet>(config);
    }
};

using Plant = std::function<void(AgentReport &)>;
using Look = std::function<QString(const domain::Gateway &)>;

} // namespace

Q_DECLARE_METATYPE(Plant)
Q_DECLARE_METATYPE(Look)

/// SEC5: no text that a gateway reports brings a secret of its configs into what is kept.
class TestSecretMasking final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyText_data()
    {
        QTest::addColumn<Plant>("plant");
        QTest::addColumn<Look>("look");
        const auto row = [](const char *name, const Plant &plant, const Look &look) {
            QTest::addRow("%s", name) << plant << look;
        };
        row(
            "remote_config_status.error_message",
            [](AgentReport &report) {
                report.remoteConfigStatus =
                    domain::RemoteConfigStatus{domain::ConfigHash("x"), ApplyStatus::Failed, failure};
            },
            [](const domain::Gateway &gateway) { return gateway.remoteConfig->value.error; });
        row(
            "the outcome of it",
            [](AgentReport &report) {
                report.remoteConfigStatus =
                    domain::RemoteConfigStatus{domain::ConfigHash("x"), ApplyStatus::Failed, failure};
            },
            [](const domain::Gateway &gateway) { return gateway.outcomes[domain::ConfigHash("x")].error; });
        row(
            "connection_settings_status.error_message",
            [](AgentReport &report) {
                report.connectionStatus =
                    domain::ConnectionStatus{domain::ConnectionHash("x"), ApplyStatus::Failed, failure};
            },
            [](const domain::Gateway &gateway) { return gateway.connectionStatus->error; });
        row(
            "health.last_error", [](AgentReport &report) { report.health->lastError = failure; },
            [](const domain::Gateway &gateway) { return gateway.healthReport->value.lastError; });
        row(
            "health.status", [](AgentReport &report) { report.health->status = failure; },
            [](const domain::Gateway &gateway) { return gateway.healthReport->value.status; });
        row(
            "last_error of a component",
            [](AgentReport &report) {
                report.health->components[QStringLiteral("p")].components[QStringLiteral("e")].lastError = failure;
            },
            [](const domain::Gateway &gateway) {
                return gateway.healthReport->value.components.at(QStringLiteral("p"))
                    .components.at(QStringLiteral("e"))
                    .lastError;
            });
        row(
            "status of a component",
            [](AgentReport &report) { report.health->components[QStringLiteral("p")].status = failure; },
            [](const domain::Gateway &gateway) {
                return gateway.healthReport->value.components.at(QStringLiteral("p")).status;
            });
    }
    void everyText()
    {
        QFETCH(Plant, plant);
        QFETCH(Look, look);
        MaskedRig rig;
        AgentReport first = rig.full('a'); // config and text in one message
        first.effectiveConfig = rig.config(secretText);
        first.health = domain::ComponentHealth{};
        AgentReport later = rig.next('a');
        later.health = domain::ComponentHealth{};
        plant(first);
        plant(later);
        rig.say(first);
        QCOMPARE(look(rig.gateway('a')), masked);
        QVERIFY(!domain::deepestError(rig.gateway('a').healthReport->value).contains(u"s3cret"));
        rig.say(later);
        QCOMPARE(look(rig.gateway('a')), masked);
    }

    void statusWordsStay()
    {
        MaskedRig rig;
        AgentReport report = rig.full('a');
        report.effectiveConfig = rig.config("password: StatusOK\n");
        report.health = domain::ComponentHealth{};
        report.health->status = QStringLiteral("StatusOK");
        rig.say(report);
        QCOMPARE(rig.gateway('a').healthReport->value.status, QStringLiteral("StatusOK"));
    }

    void desiredConfig()
    {
        MaskedRig rig;
        rig.say(rig.full('a'));
        const domain::ConfigRef ref = rig.version(QStringLiteral("sec"), 1, secretText);
        rig.fleet.want(rig.id('a'), ref, false);
        rig.say(rig.failed(ref.hash));
        QCOMPARE(rig.error(), masked);
    }

    /// After a rollback another config is desired, and the gateway still speaks of the one before.
    void configThatWasOffered()
    {
        MaskedRig rig;
        rig.say(rig.full('a'));
        const domain::ConfigRef bad = rig.version(QStringLiteral("sec"), 2, secretText);
        rig.fleet.want(rig.id('a'), bad, false);
        rig.fleet.want(rig.id('a'), rig.version(QStringLiteral("sec"), 1, "receivers: {}\n"), false);
        rig.say(rig.failed(bad.hash));
        QCOMPARE(rig.error(), masked);
    }

    void effectiveConfigThatChanges()
    {
        MaskedRig rig;
        AgentReport report = rig.full('a');
        report.effectiveConfig = rig.config(secretText);
        rig.say(report);
        AgentReport change = rig.failed(domain::ConfigHash("x"), failure + QStringLiteral(" another-s3cret"));
        change.effectiveConfig = rig.config("password: another-s3cret\n");
        rig.say(change);
        QCOMPARE(rig.error(), masked + QStringLiteral(" [hidden]"));
    }

    void credentials()
    {
        MaskedRig rig;
        domain::Peer peer = rig.ws(1);
        peer.authorization = "Bearer fgt_of-the-peer";
        rig.masking.noteCredential(rig.id('a'), "Bearer fgt_offered");
        AgentReport report = rig.full('a');
        report.connectionStatus = domain::ConnectionStatus{domain::ConnectionHash("x"), ApplyStatus::Failed,
                                                           QStringLiteral("fgt_of-the-peer, fgt_offered refused")};
        rig.say(report, peer);
        QCOMPARE(rig.gateway('a').connectionStatus->error, QStringLiteral("[hidden], [hidden] refused"));
    }

    /// Its own uid is a header's value in each effective config that we asked for telemetry.
    void ownUidIsNoSecret()
    {
        MaskedRig rig;
        const QString uid = domain::uuidText(rig.id('a'));
        AgentReport report = rig.failed(domain::ConfigHash("x"), uid);
        report.effectiveConfig = rig.config("headers: {OpAMP-Instance-UID: " + uid.toUtf8() + "}\n");
        rig.say(report);
        QCOMPARE(rig.error(), uid);
    }

    /// What is known of others is nobody else's secret: their texts stay readable.
    void othersAreNotMasked()
    {
        MaskedRig rig;
        AgentReport other = rig.full('b');
        other.effectiveConfig = rig.config(secretText);
        rig.say(other, rig.ws(2));
        rig.say(rig.full('a'));
        rig.say(rig.failed(domain::ConfigHash("x")));
        QCOMPARE(rig.error(), failure);
    }

    /// After a start the configs are in the database: a text that comes before they were read is hidden as a whole.
    void afterAStart()
    {
        MaskedRig before;
        AgentReport report = before.full('a');
        report.effectiveConfig = before.config(secretText);
        before.say(report);

        MaskedRig rig;
        rig.store(before.config(secretText));
        rig.fleet.restore({before.gateway('a')});
        rig.numbers = before.numbers;
        rig.masking.restored();
        rig.say(rig.failed(domain::ConfigHash("x")));
        QCOMPARE(rig.error(), hidden);
        std::vector<telemetry::LogLine> lines(1);
        lines[0].text = failure;
        QVERIFY(!rig.masking.maskLogs(rig.gateway('a'), lines)); // to be sent again
        QCOMPARE(lines[0].text, failure);

        rig.answerLoads();
        rig.say(rig.failed(domain::ConfigHash("y")));
        QCOMPARE(rig.error(), masked);
        QVERIFY(rig.masking.maskLogs(rig.gateway('a'), lines));
        QCOMPARE(lines[0].text, masked);
    }

    /// The same status once more, before the configs were read, does not wipe out the text that was masked before.
    void afterAStartTheSameAgain()
    {
        MaskedRig before;
        AgentReport report = before.full('a');
        report.effectiveConfig = before.config(secretText);
        before.say(report);
        before.say(before.failed(domain::ConfigHash("x")));

        MaskedRig rig;
        rig.fleet.restore({before.gateway('a')});
        rig.numbers = before.numbers;
        rig.masking.restored();
        rig.say(rig.failed(domain::ConfigHash("x")));
        QCOMPARE(rig.error(), masked);
    }

    /// A body that is not in the database yet is asked for again with the next text.
    void aBodyThatIsLate()
    {
        MaskedRig before;
        AgentReport report = before.full('a');
        report.effectiveConfig = before.config(secretText);
        before.say(report);

        MaskedRig rig;
        rig.fleet.restore({before.gateway('a')});
        rig.numbers = before.numbers;
        rig.masking.restored();
        rig.answerLoads();
        rig.say(rig.failed(domain::ConfigHash("x")));
        QCOMPARE(rig.error(), hidden);
        rig.store(before.config(secretText));
        rig.answerLoads();
        rig.say(rig.failed(domain::ConfigHash("y")));
        QCOMPARE(rig.error(), masked);
    }

    void configsAreReadInThePool()
    {
        MaskedRig rig;
        AgentReport report = rig.full('a');
        report.effectiveConfig = rig.config(secretText);
        rig.say(report);
        const domain::ConfigHash hash = rig.gateway('a').effective->value.hash;
        QTRY_VERIFY(rig.facts.find(hash)); // nobody demanded it
        QCOMPARE(rig.facts.find(hash)->secrets->values().size() > 0, true);
    }

    /// Too large to be read on this thread: until the pool has read it, a text is hidden as a whole.
    void largeConfig()
    {
        MaskedRig rig;
        AgentReport report = rig.failed(domain::ConfigHash("x"));
        report.effectiveConfig = rig.config(secretText + QByteArray(300'000, '#'));
        rig.say(report);
        QCOMPARE(rig.error(), hidden);
        QTRY_VERIFY(rig.facts.find(rig.gateway('a').effective->value.hash));
        rig.say(rig.failed(domain::ConfigHash("y")));
        QCOMPARE(rig.error(), masked);
    }

    /// SEC6: a config with more secrets than anybody looks for.
    void tooManySecrets()
    {
        QByteArray text;
        for (int i = 0; i < 20'000; ++i)
            text += "a: {password: s3cret-" + QByteArray::number(i) + "}\n";
        MaskedRig rig;
        AgentReport report = rig.full('a');
        report.effectiveConfig = rig.config(text);
        rig.say(report);
        QTRY_VERIFY(rig.facts.find(rig.gateway('a').effective->value.hash));
        rig.say(rig.failed(domain::ConfigHash("x")));
        QCOMPARE(rig.error(), hidden);
    }

    /// Gateways whose configs have the same secrets share one set of them; what nobody runs is dropped.
    void memoryIsShared()
    {
        MaskedRig rig;
        for (int i = 0; i < 50; ++i) {
            AgentReport report = rig.next('a');
            report.effectiveConfig = rig.config(secretText + "# " + QByteArray::number(i) + '\n');
            rig.say(report);
        }
        QTRY_COMPARE(rig.facts.size(), qsizetype(50));
        QVERIFY(rig.facts.bytes() < 4'000);
        rig.facts.trim();
        QCOMPARE(rig.facts.size(), qsizetype(1));
    }

    void logLines()
    {
        MaskedRig rig;
        AgentReport report = rig.full('a');
        report.effectiveConfig = rig.config(secretText);
        rig.say(report);
        telemetry::LogLine line;
        line.text = failure;
        line.attributes = {
            {QStringLiteral("error"), {failure}},
            {QStringLiteral("n"), {qint64(7)}},
            {QStringLiteral("deep"),
             {domain::AttributeValue::List{{domain::AttributeValue::Map{{QStringLiteral("k"), {failure}}}}}}},
        };
        std::vector<telemetry::LogLine> lines{line};
        QVERIFY(rig.masking.maskLogs(rig.gateway('a'), lines));
        QCOMPARE(lines[0].text, masked);
        QCOMPARE(domain::attributeText(lines[0].attributes[0].value), masked);
        QCOMPARE(domain::attributeText(lines[0].attributes[1].value), QStringLiteral("7"));
        QVERIFY(!domain::attributeText(lines[0].attributes[2].value).contains(u"s3cret"));
    }
};

QTEST_GUILESS_MAIN(TestSecretMasking)
#include "tst_secretmasking.moc"
