// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/decideoffer.h"
#include "tests/domain/samples.h"

#include <functional>

using namespace flowgate::tests;

namespace {

using Change = std::function<void(Gateway &)>;

void setOutcome(Gateway &gateway, char hash, OfferOutcome::State state)
{
    gateway.outcomes.insert(configHash(hash), {state, at(), at(), {}});
}

QString text(const OfferDecision &decision)
{
    if (const auto *send = std::get_if<Send>(&decision))
        return u"send "_s + QString(QChar::fromLatin1(send->hash.bytes().at(0)));
    switch (std::get<Hold>(decision)) {
    case Hold::Unmanaged:
        return u"unmanaged"_s;
    case Hold::NotApproved:
        return u"not approved"_s;
    case Hold::OnBootstrap:
        return u"on bootstrap"_s;
    case Hold::NotAccepted:
        return u"not accepted"_s;
    case Hold::InSync:
        return u"in sync"_s;
    case Hold::Applying:
        return u"applying"_s;
    case Hold::FailedBefore:
        return u"failed before"_s;
    case Hold::AwaitingStatus:
        return u"awaiting status"_s;
    }
    return {};
}

} // namespace

class TestDecideOffer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// B is wanted, unless the row says otherwise.
    void decides_data()
    {
        using State = OfferOutcome::State;
        QTest::addColumn<Change>("change");
        QTest::addColumn<bool>("sent");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, bool sent, const QString &expected, const Change &change) {
            QTest::addRow("%s", name) << change << sent << expected;
        };
        row("nothing wanted", false, u"unmanaged"_s, [](Gateway &g) { g.wanted.reset(); });
        row("CS14 pending", false, u"not approved"_s, [](Gateway &g) { g.admission = Admission::Pending; });
        row("CS14 rejected", false, u"not approved"_s, [](Gateway &g) { g.admission = Admission::Rejected; });
        row("CS15 with a bootstrap token", false, u"on bootstrap"_s, [](Gateway &g) { g.presence.onBootstrap = true; });
        row("RC1 does not accept", false, u"not accepted"_s,
            [](Gateway &g) { g.capabilities = without(Capability::AcceptsRemoteConfig); });
        row("S11 only bit 0x1", false, u"not accepted"_s, [](Gateway &g) { g.capabilities = Capabilities(1); });
        row("X2 capabilities not said yet", false, u"not accepted"_s, [](Gateway &g) { g.capabilities = {}; });
        row("RC4 never reported, not sent", false, u"send B"_s, [](Gateway &) {});
        row("RC4 never reported, sent on this connection", true, u"awaiting status"_s, [](Gateway &) {});
        row("ST6 empty hash", false, u"send B"_s, [](Gateway &g) { reportStatus(g, {}, ApplyStatus::Unset); });
        row("RC4 empty hash, sent", true, u"awaiting status"_s,
            [](Gateway &g) { reportStatus(g, {}, ApplyStatus::Unset); });
        row("ST6 other hash", false, u"send B"_s,
            [](Gateway &g) { reportStatus(g, configHash('A'), ApplyStatus::Applied); });
        row("RC4 other hash, sent", true, u"awaiting status"_s,
            [](Gateway &g) { reportStatus(g, configHash('A'), ApplyStatus::Applied); });
        row("ST6 a hash that only begins alike", false, u"send B"_s,
            [](Gateway &g) { reportStatus(g, ConfigHash(QByteArray(31, 'B')), ApplyStatus::Applied); });
        row("RC3 applied", false, u"in sync"_s,
            [](Gateway &g) { reportStatus(g, configHash('B'), ApplyStatus::Applied); });
        row("RC3 applying", false, u"applying"_s,
            [](Gateway &g) { reportStatus(g, configHash('B'), ApplyStatus::Applying); });
        row("ST7 received, no outcome yet", false, u"awaiting status"_s,
            [](Gateway &g) { reportStatus(g, configHash('B'), ApplyStatus::Unset); });
        row("S20 a status of the future: it has the hash", false, u"awaiting status"_s,
            [](Gateway &g) { reportStatus(g, configHash('B'), static_cast<ApplyStatus>(99)); });
        row("ST7 failed", false, u"failed before"_s, [](Gateway &g) {
            reportStatus(g, configHash('B'), ApplyStatus::Failed);
            setOutcome(g, 'B', State::Failed);
        });
        row("X6a failed, and another is applied now", false, u"failed before"_s, [](Gateway &g) {
            reportStatus(g, configHash('A'), ApplyStatus::Applied);
            setOutcome(g, 'B', State::Failed);
        });
        row("X6a judged as failed by us, though it says applied", false, u"failed before"_s, [](Gateway &g) {
            reportStatus(g, configHash('B'), ApplyStatus::Applied);
            setOutcome(g, 'B', State::Failed);
        });
        row("X6a a person retries: once more", false, u"send B"_s,
            [](Gateway &g) { reportStatus(g, configHash('B'), ApplyStatus::Failed); });
        row("X6a a person retries: once", true, u"awaiting status"_s, [](Gateway &g) {
            reportStatus(g, configHash('B'), ApplyStatus::Failed);
            setOutcome(g, 'B', State::Sent);
        });
        row("X6a the content changed", false, u"send C"_s, [](Gateway &g) {
            reportStatus(g, configHash('B'), ApplyStatus::Failed);
            setOutcome(g, 'B', State::Failed);
            g.wanted = configRef('C');
        });
        row("X6a way back after a failure", false, u"send A"_s, [](Gateway &g) {
            reportStatus(g, configHash('B'), ApplyStatus::Failed);
            setOutcome(g, 'A', State::Applied);
            setOutcome(g, 'B', State::Failed);
            g.wanted = configRef('A');
        });
        row("X7 offered while it was away, changed back before it returned", false, u"in sync"_s, [](Gateway &g) {
            reportStatus(g, configHash('A'), ApplyStatus::Applied);
            setOutcome(g, 'B', State::Sent);
            g.wanted = configRef('A');
        });
        row("unanswered: offered again on a new connection", false, u"send B"_s,
            [](Gateway &g) { setOutcome(g, 'B', State::Unanswered); });
        row("RC4 never confirms: not with each reply", true, u"awaiting status"_s,
            [](Gateway &g) { g.capabilities = without(Capability::ReportsRemoteConfig); });
        row("X4 reports a status it never announced", false, u"in sync"_s, [](Gateway &g) {
            g.capabilities = without(Capability::ReportsRemoteConfig);
            reportStatus(g, configHash('B'), ApplyStatus::Applied);
        });
    }

    void decides()
    {
        QFETCH(Change, change);
        QFETCH(bool, sent);
        QFETCH(QString, expected);
        Gateway gateway = sampleGateway();
        gateway.wanted = configRef('B');
        change(gateway);
        QCOMPARE(text(decideOffer(gateway, {sent})), expected);
    }

    // Asked to send once more: only where nothing but "applied" held it back.
    void sendsAgain_data()
    {
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const QString &expected, const Change &change) {
            QTest::addRow("%s", name) << change << expected;
        };
        row("applied by its word", u"send B"_s,
            [](Gateway &g) { reportStatus(g, configHash('B'), ApplyStatus::Applied); });
        row("RC3 still applying", u"applying"_s,
            [](Gateway &g) { reportStatus(g, configHash('B'), ApplyStatus::Applying); });
        row("X6a failed here", u"failed before"_s, [](Gateway &g) {
            reportStatus(g, configHash('B'), ApplyStatus::Applied);
            setOutcome(g, 'B', OfferOutcome::State::Failed);
        });
        row("RC1 does not accept", u"not accepted"_s, [](Gateway &g) {
            g.capabilities = without(Capability::AcceptsRemoteConfig);
            reportStatus(g, configHash('B'), ApplyStatus::Applied);
        });
        row("RC4 no word yet", u"awaiting status"_s, [](Gateway &) {});
    }

    void sendsAgain()
    {
        QFETCH(Change, change);
        QFETCH(QString, expected);
        Gateway gateway = sampleGateway();
        gateway.wanted = configRef('B');
        change(gateway);
        QCOMPARE(text(decideOffer(gateway, {true, true})), expected);
    }
};

QTEST_GUILESS_MAIN(TestDecideOffer)
#include "tst_decideoffer.moc"
