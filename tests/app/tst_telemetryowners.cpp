// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/telemetry/telemetryowners.h"
#include "tests/app/fleetrig.h"

#include <QTest>

using namespace flowgate;
using namespace flowgate::tests;
using domain::AgentReport;

namespace {

struct OwnerRig : FleetRig
{
    app::ConfigFactsCache facts{{}};
    app::TelemetryOwners owners{fleet, facts};

    OwnerRig()
    {
        fleet.addObserver(&owners);
        facts.onRead([this](const domain::ConfigHash &hash) { owners.configRead(hash); });
    }

    /// Comes on its own connection, with this id described and this one in its effective config; empty: none.
    void come(char which, const QString &described, const QByteArray &effective = {})
    {
        AgentReport report = full(which);
        if (!described.isNull())
            report.description->identifying.push_back({QStringLiteral("service.instance.id"), {described}});
        if (!effective.isEmpty())
            report.effectiveConfig =
                config("service: {telemetry: {resource: {service.instance.id: " + effective + "}}}\n");
        (void)fleet.handle(ws(domain::ConnectionId(which)), report);
    }
    /// As SecretMasking does with each effective config.
    void readAll(const QByteArray &effective)
    {
        const domain::ConfigSet body =
            config("service: {telemetry: {resource: {service.instance.id: " + effective + "}}}\n");
        const domain::ConfigHash hash = domain::canonicalHash(body);
        facts.add(hash, std::make_shared<const domain::ConfigSet>(body));
        (void)facts.demand(hash);
    }
    QString ownerOf(const QString &instanceId, std::optional<char> marked = {}) const
    {
        const auto owner = owners.ownerOf(instanceId, marked ? std::optional(id(*marked)) : std::nullopt);
        return owner ? QString::fromLatin1(owner->bytes().first(1)) : domain::word(owner.error());
    }
};

QString uid(char which)
{
    return domain::uuidText(FleetRig::id(which));
}

} // namespace

/// What is known of the ids that gateways go by.
class TestTelemetryOwners final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void byUid()
    {
        OwnerRig rig;
        rig.come('a', uid('a'));
        QCOMPARE(rig.ownerOf(uid('a')), QStringLiteral("a"));
        QCOMPARE(rig.ownerOf(uid('a').toUpper()), QStringLiteral("a"));
        QCOMPARE(rig.ownerOf(uid('b')), QStringLiteral("unknown"));
        QVERIFY(!rig.owners.needsMark(rig.gateway('a')));
    }

    void byDescription()
    {
        OwnerRig rig;
        rig.come('a', QStringLiteral("blue-7f"));
        QCOMPARE(rig.ownerOf(QStringLiteral("blue-7f")), QStringLiteral("a"));
        QCOMPARE(rig.ownerOf(uid('a')), QStringLiteral("a"));
        QVERIFY(rig.owners.needsMark(rig.gateway('a')));
        rig.come('b', QStringLiteral("blue-7f"));
        QCOMPARE(rig.ownerOf(QStringLiteral("blue-7f")), QStringLiteral("ambiguous"));
        QCOMPARE(rig.ownerOf(QStringLiteral("blue-7f"), 'b'), QStringLiteral("b"));
    }

    void byAnotherUuid()
    {
        OwnerRig rig;
        const QString described = QStringLiteral("01A20A40-B847-7C64-A967-500BD08305B3");
        rig.come('a', described);
        QCOMPARE(rig.ownerOf(described.toLower()), QStringLiteral("a"));
    }

    /// The facts of its config come when they were read, in another thread.
    void byEffectiveConfig()
    {
        OwnerRig rig;
        rig.come('a', uid('a'), "edge-gw-7");
        QCOMPARE(rig.ownerOf(QStringLiteral("edge-gw-7")), QStringLiteral("unknown"));
        rig.readAll("edge-gw-7");
        QCOMPARE(rig.ownerOf(QStringLiteral("edge-gw-7")), QStringLiteral("a"));
        rig.come('b', uid('b'), "edge-gw-7"); // the same config
        QCOMPARE(rig.ownerOf(QStringLiteral("edge-gw-7")), QStringLiteral("ambiguous"));
    }

    /// A config that was taken over from another gateway has the uid of that one in it.
    void configOfAnotherOne()
    {
        OwnerRig rig;
        rig.come('a', uid('a'));
        rig.readAll(uid('a').toLatin1());
        rig.come('b', uid('b'), uid('a').toLatin1());
        QCOMPARE(rig.ownerOf(uid('a')), QStringLiteral("ambiguous"));
        QVERIFY(rig.owners.needsMark(rig.gateway('a')) && rig.owners.needsMark(rig.gateway('b')));
        QCOMPARE(rig.ownerOf(uid('a'), 'a'), QStringLiteral("a"));
        QCOMPARE(rig.ownerOf(uid('a'), 'b'), QStringLiteral("b"));
        QCOMPARE(rig.ownerOf(uid('b'), 'a'), QStringLiteral("ambiguous"));
    }

    void whoLeftOwnsNothing()
    {
        OwnerRig rig;
        rig.come('a', QStringLiteral("edge-1"));
        AgentReport bye = rig.next('a');
        bye.disconnect = true;
        (void)rig.fleet.handle(rig.ws('a'), bye);
        QCOMPARE(rig.ownerOf(QStringLiteral("edge-1")), QStringLiteral("unknown"));
        rig.come('b', QStringLiteral("edge-1")); // its successor
        QCOMPARE(rig.ownerOf(QStringLiteral("edge-1")), QStringLiteral("b"));
    }

    void whoIsLostMayStillSend()
    {
        OwnerRig rig;
        rig.come('a', QStringLiteral("edge-1"));
        rig.fleet.connectionClosed(domain::ConnectionId('a'));
        QCOMPARE(rig.ownerOf(QStringLiteral("edge-1")), QStringLiteral("unknown"));
        rig.come('b', QStringLiteral("edge-1"));
        QCOMPARE(rig.ownerOf(QStringLiteral("edge-1")), QStringLiteral("ambiguous"));
        rig.fleet.forget({rig.id('a')});
        QCOMPARE(rig.ownerOf(QStringLiteral("edge-1")), QStringLiteral("b"));
    }

    void descriptionsChange()
    {
        OwnerRig rig;
        rig.come('a', QStringLiteral("one"));
        rig.come('a', QStringLiteral("two"));
        QCOMPARE(rig.ownerOf(QStringLiteral("one")), QStringLiteral("unknown"));
        QCOMPARE(rig.ownerOf(QStringLiteral("two")), QStringLiteral("a"));
    }

    void rejectedOnesClaimNothing() // SEC7
    {
        OwnerRig rig;
        rig.come('a', QStringLiteral("edge-1"));
        rig.come('b', QStringLiteral("edge-1"));
        rig.fleet.admit(rig.id('b'), domain::Admission::Rejected, {});
        QCOMPARE(rig.ownerOf(QStringLiteral("edge-1")), QStringLiteral("a"));
        QCOMPARE(rig.ownerOf(QStringLiteral("x"), 'b'), QStringLiteral("unknown")); // nor does its mark
    }

    void manyWithOneId() // SEC6
    {
        OwnerRig rig;
        for (char which = 'a'; which <= 'z'; ++which)
            rig.come(which, QStringLiteral("localhost"));
        QCOMPARE(rig.ownerOf(QStringLiteral("localhost")), QStringLiteral("ambiguous"));
        for (char which = 'a'; which <= 'z'; ++which)
            QCOMPARE(rig.ownerOf(QStringLiteral("localhost"), which), QString(QLatin1Char(which)));
    }

    void marksOfStrangers()
    {
        OwnerRig rig;
        rig.come('a', uid('a'));
        QCOMPARE(rig.ownerOf(uid('a'), 'x'), QStringLiteral("a")); // unknown: it may have moved
        QCOMPARE(rig.ownerOf({}, 'x'), QStringLiteral("no_id"));
        QCOMPARE(rig.ownerOf({}, 'a'), QStringLiteral("a"));
    }
};

QTEST_GUILESS_MAIN(TestTelemetryOwners)
#include "tst_telemetryowners.moc"
