// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoint/opampcodec.h"
#include "fleetsim/agentcodec.h"
#include "fleetsim/collectormodel.h"
#include "fleetsim/profile.h"

#include <QTest>

using namespace flowgate;
using namespace flowgate::fleetsim;

/// The agent's codec and the server's are each other's inverse.
class TestAgentCodec : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reportsArriveWhole();
    void repliesArriveWhole();
    void dropsWhatIsNone_data();
    void dropsWhatIsNone();
};

void TestAgentCodec::reportsArriveWhole()
{
    domain::AgentReport report;
    report.wireUid = QByteArray(16, 'u');
    report.id = domain::GatewayId(report.wireUid);
    report.sequence = 300;
    report.capabilities = domain::Capabilities(32199);
    report.flags = 1;
    report.description = descriptionOf(profileOf(0, 1, Behaviour::Good));
    using Value = domain::AttributeValue;
    report.description->nonIdentifying.push_back(
        {QStringLiteral("all"),
         {Value::List{Value{}, Value{true}, Value{qint64(-1)}, Value{0.5}, Value{QByteArray("\x00", 1)},
                      Value{Value::Map{{QStringLiteral("k"), Value{QStringLiteral("v")}}}}}}});
    report.health.emplace().startTimeUnixNano = 7;
    report.health->components[QStringLiteral("extensions")].status = QStringLiteral("StatusOK");
    report.effectiveConfig.emplace().files[QString()] = {"body", QStringLiteral("text/yaml")};
    report.remoteConfigStatus = {domain::ConfigHash("hash"), domain::ApplyStatus::Failed, QStringLiteral("why")};
    report.availableComponents = listed(builtIn(true), QStringLiteral("0.149.0"));
    report.hasPackageStatuses = true;
    report.disconnect = true;

    const QByteArray frame = encodeFrame(report);
    QCOMPARE(frame.at(0), '\0'); // T11
    auto decoded = endpoint::decodeReport(QByteArrayView(frame).sliced(1));
    QVERIFY(decoded);
    decoded->digest.clear();
    QVERIFY(*decoded == report);
}

void TestAgentCodec::repliesArriveWhole()
{
    const QByteArray uid(16, 'u');
    domain::NormalReply normal;
    normal.askFullState = true;
    normal.askAvailableComponents = true;
    normal.newInstanceUid = QByteArray(16, 'n');
    domain::ConfigSet config;
    config.files[QString()] = {"body", QStringLiteral("text/yaml")};
    normal.remoteConfig =
        domain::RemoteConfigOffer{domain::ConfigHash("hash"), std::make_shared<const domain::ConfigSet>(config)};
    ServerMessage expected;
    expected.instanceUid = uid;
    expected.wantsFullState = true;
    expected.wantsComponents = true;
    expected.newUid = QByteArray(16, 'n');
    expected.offer = ServerMessage::Offer{domain::ConfigHash("hash"), config};
    QVERIFY(decodeFrame('\0' + endpoint::encodeReply({uid, normal})) == expected);

    ServerMessage restart;
    restart.instanceUid = uid;
    restart.restart = true;
    QVERIFY(decodeFrame('\0' + endpoint::encodeReply({uid, domain::RestartCommand{}})) == restart);

    ServerMessage error;
    error.isError = true;
    QVERIFY(decodeFrame('\0' + endpoint::encodeReply({{}, domain::ErrorReply{}})) == error);
}

void TestAgentCodec::dropsWhatIsNone_data()
{
    QTest::addColumn<QByteArray>("frame");
    QTest::addRow("T14 nothing at all") << QByteArray();
    QTest::addRow("T12 another header") << QByteArray("\x01", 1);
    QTest::addRow("T11 no header") << QByteArray("\x0a\x00", 2);
    QTest::addRow("T13 cut short") << QByteArray("\x00\x0a\x05", 3);
}

void TestAgentCodec::dropsWhatIsNone()
{
    QFETCH(QByteArray, frame);
    QVERIFY(!decodeFrame(frame));
}

QTEST_APPLESS_MAIN(TestAgentCodec)
#include "tst_agentcodec.moc"
