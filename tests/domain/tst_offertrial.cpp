// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/offertrial.h"
#include "tests/domain/samples.h"

using namespace flowgate::tests;

namespace {

const PendingOffer pending{{std::chrono::seconds(10), u"gw:4320"_s, false}, ConnectionHash("its"), 7, {}};
constexpr quint64 statusBit = 0x8000;

Peer by(ConnectionId connection)
{
    Peer peer;
    peer.connection = connection;
    peer.transport = connection == 0 ? Transport::Http : Transport::WebSocket;
    return peer;
}

ConnectionStatus status(const char *hash, ApplyStatus word)
{
    return {ConnectionHash(hash), word, u"why"_s};
}

} // namespace

Q_DECLARE_METATYPE(std::optional<flowgate::domain::ConnectionStatus>)

class TestOfferTrial final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void answers_data()
    {
        QTest::addColumn<bool>("reportsStatus");
        QTest::addColumn<std::optional<ConnectionStatus>>("reported");
        QTest::addColumn<int>("connection");
        QTest::addColumn<OfferAnswer>("answer");
        using Reported = std::optional<ConnectionStatus>;
        const auto row = [](const char *name, bool reportsStatus, const Reported &reported, int connection,
                            OfferAnswer answer) {
            QTest::addRow("%s", name) << reportsStatus << reported << connection << answer;
        };
        row("X11 the old connection says nothing", false, {}, 7, OfferAnswer::None);
        row("X11 a new connection", false, {}, 8, OfferAnswer::Took);
        row("X11 the next poll", false, {}, 0, OfferAnswer::Took);
        row("ST8 a new connection, and it would say so", true, {}, 8, OfferAnswer::None);
        row("ST8 it would say so by its next poll", true, {}, 0, OfferAnswer::None);
        row("ST8 applied", true, status("its", ApplyStatus::Applied), 7, OfferAnswer::Took);
        row("CS12 applying", true, status("its", ApplyStatus::Applying), 8, OfferAnswer::None);
        row("ST8 failed", true, status("its", ApplyStatus::Failed), 8, OfferAnswer::Refused);
        row("ST8 applied, others", true, status("others", ApplyStatus::Applied), 8, OfferAnswer::None);
        row("ST8 failed, others", false, status("others", ApplyStatus::Failed), 8, OfferAnswer::Took);
        row("X4b failed, without the capability", false, status("its", ApplyStatus::Failed), 8, OfferAnswer::Refused);
        row("S20 a status of the future", true, status("its", ApplyStatus(99)), 8, OfferAnswer::None);
    }

    void answers()
    {
        QFETCH(bool, reportsStatus);
        QFETCH(std::optional<ConnectionStatus>, reported);
        QFETCH(int, connection);
        QFETCH(OfferAnswer, answer);
        Gateway gateway = sampleGateway();
        gateway.capabilities = Capabilities(supervisorBits | (reportsStatus ? statusBit : 0));
        gateway.connectionStatus = reported;
        QCOMPARE(answerIn(pending, gateway, by(ConnectionId(connection))), answer);
    }

    /// A script over gateways a and b: "a?" may it be offered, "a!" it is, "a+" it took it, "a-" it refused, "a~" it
    /// was silent, "a." it said nothing of it, "ax" it was forgotten. What comes out is an answer a question, then the
    /// state.
    void onesFirst_data()
    {
        QTest::addColumn<QString>("script");
        QTest::addColumn<QString>("said");
        QTest::newRow("X11 anybody may begin") << u"a? b?"_s << u"yy open"_s;
        QTest::newRow("X11 one tries, others wait") << u"a! a? b?"_s << u"yn running"_s;
        QTest::newRow("X11 it took it: the others follow") << u"a! a+ b? b! b?"_s << u"yy passed"_s;
        QTest::newRow("X11 it refused: nobody else") << u"a! a- a? b?"_s << u"nn failed"_s;
        QTest::newRow("X11 it was silent: nobody else") << u"a! a~ b?"_s << u"n failed"_s;
        QTest::newRow("X11 nothing said yet") << u"a! a. b?"_s << u"n running"_s;
        QTest::newRow("X11 what others say decides nothing") << u"a! b+ b?"_s << u"n running"_s;
        QTest::newRow("X11 nor does a failure of others") << u"a! a+ b! b- a?"_s << u"y passed"_s;
        QTest::newRow("X11 late is too late") << u"a! a~ a+ b?"_s << u"n failed"_s;
        QTest::newRow("X11 forgotten while it tries") << u"a! ax b?"_s << u"y open"_s;
        QTest::newRow("X11 forgotten afterwards") << u"a! a- ax b?"_s << u"n failed"_s;
    }

    void onesFirst()
    {
        QFETCH(QString, script);
        QFETCH(QString, said);
        OfferTrial trial;
        QString out;
        for (const QString &step : script.split(u' ')) {
            const GatewayId id = gatewayId(step.at(0).toLatin1());
            switch (step.at(1).toLatin1()) {
            case '?':
                out += mayBeOffered(trial, id) ? u'y' : u'n';
                break;
            case '!':
                trial = afterOffer(trial, id);
                break;
            case '+':
                trial = afterAnswer(trial, id, OfferAnswer::Took);
                break;
            case '-':
                trial = afterAnswer(trial, id, OfferAnswer::Refused);
                break;
            case '~':
                trial = afterAnswer(trial, id, OfferAnswer::Silent);
                break;
            case '.':
                trial = afterAnswer(trial, id, OfferAnswer::None);
                break;
            case 'x':
                trial = without(trial, id);
                break;
            default:
                QFAIL("no such step");
            }
        }
        const QStringList states{u"open"_s, u"running"_s, u"passed"_s, u"failed"_s};
        QCOMPARE(out + u' ' + states.at(int(trial.state)), said);
    }
};

QTEST_APPLESS_MAIN(TestOfferTrial)
#include "tst_offertrial.moc"
