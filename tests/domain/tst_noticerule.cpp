// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/attention.h"
#include "domain/noticerule.h"
#include "tests/domain/samples.h"

#include <map>

using namespace flowgate::tests;

namespace {

GatewayId numbered(int number)
{
    return GatewayId(QByteArray(16, static_cast<char>(number)));
}

/// A fleet and its rollouts that a script moves. A look each second, from second 1000 on, when all has settled.
///     +30        half a minute goes by            P  nobody looked for a while
///     1L 1S 1N 1X  gateway 1 is lost, silent, not observed, has left
///     1H 1U 1T 1R  connected and healthy, unhealthy, starting, not running          1f  forgotten
///     1M 1m      muted and not    Q q  quiet hours begin and end    A a  all muted and not
///     rR rF      rollout r runs, has failed     rH rh  halted by a failure, by a person     rS rC  succeeded,
///     cancelled
class Story
{
public:
    explicit Story(const NoticeLimits &limits)
        : m_limits(limits)
    {
    }

    /// What was told: "1012 lost 1,2" a line each.
    QStringList play(const QString &script)
    {
        for (const QString &step : script.split(u' ', Qt::SkipEmptyParts))
            move(step);
        return m_told;
    }

private:
    void move(const QString &step)
    {
        if (step.startsWith(u'+')) {
            for (int left = step.mid(1).toInt(); left > 0; --left)
                second();
        } else if (step == u"P") {
            m_observingSince = m_now;
        } else if (step.compare(u'Q', Qt::CaseInsensitive) == 0) {
            m_minute = step == u"Q" ? 23 * 60 : 12 * 60;
        } else if (step.compare(u'A', Qt::CaseInsensitive) == 0) {
            m_allMuted = step == u"A";
        } else if (step.at(0).isDigit()) {
            gateway(step.at(0).digitValue(), step.at(1).toLatin1());
        } else {
            rollout(step.left(1), step.at(1).toLatin1());
        }
    }

    void gateway(int number, char to)
    {
        if (to == 'f') {
            m_fleet.erase(number);
            return;
        }
        GatewaySight &sight = m_fleet[number];
        sight.id = numbered(number);
        const auto away = [&sight](PresenceState presence) {
            sight.presence = presence;
            sight.health = HealthState::NotObserved;
        };
        const auto there = [&sight](HealthState health) {
            sight.presence = PresenceState::Connected;
            sight.health = health;
        };
        switch (to) {
        case 'L':
            return away(PresenceState::Lost);
        case 'S':
            return away(PresenceState::Silent);
        case 'N':
            return away(PresenceState::NotObserved);
        case 'X':
            return away(PresenceState::Left);
        case 'H':
            return there(HealthState::Healthy);
        case 'U':
            return there(HealthState::Unhealthy);
        case 'T':
            return there(HealthState::Starting);
        case 'R':
            return there(HealthState::NotRunning);
        case 'M':
        case 'm':
            sight.muted = to == 'M';
            return;
        default:
            QFAIL("no such step of a gateway");
        }
    }

    void rollout(const QString &id, char to)
    {
        Rollout rollout;
        rollout.id = id;
        rollout.targets.resize(2);
        switch (to) {
        case 'R':
            break;
        case 'F':
            rollout.state = RolloutState::Failed;
            break;
        case 'H':
            rollout.targets.back().step = TargetStep::Unanswered;
            [[fallthrough]];
        case 'h':
            rollout.state = RolloutState::Halted;
            break;
        case 'S':
            rollout.state = RolloutState::Succeeded;
            break;
        case 'C':
            rollout.state = RolloutState::Cancelled;
            break;
        default:
            QFAIL("no such step of a rollout");
        }
        noteRollout(m_memory, rollout);
    }

    void second()
    {
        std::vector<GatewaySight> sights;
        for (const auto &[number, sight] : m_fleet)
            sights.push_back(sight);
        const auto seconds = [](int count) { return milliseconds(std::chrono::seconds(count)); };
        const NoticeMoment moment{seconds(m_now), seconds(m_observingSince), m_minute, m_allMuted};
        if (const auto notice = takeNotice(m_memory, sights, moment, m_limits))
            m_told.append(line(*notice));
        ++m_now;
    }

    [[nodiscard]] QString line(const Notice &notice) const
    {
        QStringList parts{QString::number(m_now)};
        const auto list = [&parts](const QString &what, const std::vector<GatewayId> &ids) {
            QStringList numbers;
            for (const GatewayId &id : ids)
                numbers.append(QString::number(id.bytes().at(0)));
            if (!numbers.isEmpty())
                parts << what << numbers.join(u',');
        };
        list(u"away"_s, notice.away);
        list(u"unhealthy"_s, notice.unhealthy);
        if (!notice.rollouts.isEmpty())
            parts << u"failed"_s << notice.rollouts.join(u',');
        if (notice.heldBack)
            parts << u"held"_s;
        return parts.join(u' ');
    }

    NoticeLimits m_limits;
    NoticeMemory m_memory;
    std::map<int, GatewaySight> m_fleet;
    QStringList m_told;
    int m_now = 1000;
    int m_observingSince = 0;
    int m_minute = 12 * 60;
    bool m_allMuted = false;
};

} // namespace

Q_DECLARE_METATYPE(bool NoticeLimits::*)

class TestNoticeRule : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tells_data()
    {
        QTest::addColumn<QString>("story");
        QTest::addColumn<QStringList>("told");
        const auto row = [](const char *name, const char *story, std::initializer_list<const char *> told) {
            QStringList lines;
            for (const char *line : told)
                lines.append(QString::fromLatin1(line));
            QTest::addRow("%s", name) << QString::fromLatin1(story) << lines;
        };
        row("all is well", "1H 2H +600", {});
        row("lost: told once", "1H +1 1L +600", {"1011 away 1"});
        row("silent is as lost", "1S +600", {"1010 away 1"});
        row("silent, then lost: the same trouble", "1S +60 1L +600", {"1010 away 1"});
        row("back before it counts", "1L +9 1H +600", {});
        row("its end makes the next one news", "1L +60 1H +1 1L +60", {"1010 away 1", "1071 away 1"});
        row("left is no alarm", "1X +600", {});
        row("left is an end", "1L +60 1X +1 1L +60", {"1010 away 1", "1071 away 1"});
        row("many at once make one", "1L 2L 3L +600", {"1010 away 1,2,3"});
        row("those that follow within the grace belong to it", "1L +5 2L +3 3L +600", {"1010 away 1,2,3"});
        row("those that come after it are gathered", "1L +11 2L +5 3L +600", {"1010 away 1", "1040 away 2,3"});
        row("forgotten: nothing is left of it", "1L +5 1f +600", {});

        row("unhealthy for long enough", "1U +61", {"1060 unhealthy 1"});
        row("unhealthy for a while", "1U +59 1H +600", {});
        row("only those that were long enough", "1U +30 2U +600", {"1060 unhealthy 1", "1090 unhealthy 2"});
        row("starts again and again", "1U +20 1T +20 1U +20 1T +20 1U +20", {"1080 unhealthy 1"});
        row("starting itself is no alarm", "1T +600", {});
        row("not running ends it", "1U +59 1R +1 1U +59 1H +9", {});
        row("told, then healthy, then not", "1U +61 1H +1 1U +70", {"1060 unhealthy 1", "1122 unhealthy 1"});
        row("unhealthy, then lost: two kinds", "1U +61 1L +60", {"1060 unhealthy 1", "1071 away 1"});
        row("unhealthy before and after it was lost: told once", "1U +61 1L +5 1U +600", {"1060 unhealthy 1"});

        row("not observed is never an alarm", "1N +6000", {});
        row("not observed is no end", "1L +60 1N +60 1L +600", {"1010 away 1"});
        row("time not observed is not unhealthy time", "1U +50 1N +50 1U +50 1H +9", {});
        row("held until all had time to come back", "1L 2H +5 P +179 1H +600", {});
        row("still away after that time", "1L +5 P +600", {"1185 away 1"});
        row("unhealthy waits for it too", "P 1U +600", {"1180 unhealthy 1"});
        row("a rollout does not", "rR P +5 rF +5", {"1005 failed r"});

        row("muted", "1M 1L 2L +60", {"1010 away 2"});
        row("unmuted while it is so", "1M 1U +600 1m +60", {"1600 unhealthy 1"});
        row("muted, and over before it is unmuted", "1M 1U +600 1H +1 1m +600", {});

        row("quiet: nothing is told", "Q 1L 2U rR rF +600", {});
        row("after it one notice of what is still so", "Q 1L 2U 3L rR rF +600 3H +1 q +600",
            {"1601 away 1 unhealthy 2 failed r held"});
        row("what was told before the quiet hours is not told after", "1L +60 Q +600 q +600", {"1010 away 1"});
        row("quiet hours without trouble", "Q +600 q +60 1L +60", {"1670 away 1"});
        row("a rollout that was taken up again meanwhile", "Q rR rF +60 rR +60 q +600", {});
        row("the quiet hours end before all had time to come back", "Q 1L P +60 q rR rF +600",
            {"1180 away 1 failed r held"});
        row("everything muted for a while", "A 1L +600 a +60", {"1600 away 1 held"});

        row("a rollout fails", "rR +5 rF +600", {"1005 failed r"});
        row("halted, since a target failed", "rR +5 rH +600", {"1005 failed r"});
        row("halted, then failed: told once", "rR +5 rH +60 rF +600", {"1005 failed r"});
        row("halted by a person", "rR +5 rh +600", {});
        row("halted by a person, then a target fails", "rR rh +5 rH +5", {"1005 failed r"});
        row("taken up again, and failed again", "rR rF +5 rR rF +5", {"1000 failed r", "1005 failed r"});
        row("failed and over before a look", "rR rF rC +600", {});
        row("it failed before we were there", "rF +600", {});
        row("it was halted before we were there, and fails when it goes on", "rH +60 rR +5 rF +5", {"1065 failed r"});
        row("kinds that come together make one", "rR 2U +50 1L +10 rF +600", {"1060 away 1 unhealthy 2 failed r"});
        row("two at a look make one", "rR sR rF sF +60", {"1000 failed r,s"});
        row("succeeded", "rR +5 rS +600", {});
    }

    void tells()
    {
        QFETCH(QString, story);
        QFETCH(QStringList, told);
        NoticeLimits limits;
        limits.quiet = QuietHours{22 * 60, 7 * 60};
        QCOMPARE(Story(limits).play(story), told);
    }

    void kindsThatNobodyWantsWait_data()
    {
        QTest::addColumn<bool NoticeLimits::*>("kind");
        QTest::addColumn<QStringList>("told");
        QTest::addRow("lost") << &NoticeLimits::away << QStringList{u"1000 failed r"_s, u"1060 unhealthy 2"_s};
        QTest::addRow("unhealthy") << &NoticeLimits::unhealthy << QStringList{u"1000 failed r"_s, u"1010 away 1"_s};
        QTest::addRow("rollouts") << &NoticeLimits::rollouts << QStringList{u"1010 away 1"_s, u"1060 unhealthy 2"_s};
    }

    void kindsThatNobodyWantsWait()
    {
        QFETCH(bool NoticeLimits::*, kind);
        QFETCH(QStringList, told);
        NoticeLimits limits;
        limits.*kind = false;
        QCOMPARE(Story(limits).play(u"1L 2U rR rF +600"_s), told);
    }

    void quietHoursMayCrossMidnight_data()
    {
        QTest::addColumn<QString>("hours");
        QTest::addColumn<int>("minute");
        QTest::addColumn<bool>("quiet");
        const auto row = [](const char *hours, int hour, int minute, bool quiet) {
            QTest::addRow("%s at %02d:%02d", hours, hour, minute)
                << QString::fromUtf8(hours) << hour * 60 + minute << quiet;
        };
        row("22:00-07:00", 21, 59, false);
        row("22:00-07:00", 22, 0, true);
        row("22:00-07:00", 23, 59, true);
        row("22:00-07:00", 0, 0, true);
        row("22:00-07:00", 6, 59, true);
        row("22:00-07:00", 7, 0, false);
        row("12:30\u201313:15", 12, 29, false);
        row("12:30\u201313:15", 12, 30, true);
        row("12:30\u201313:15", 13, 15, false);
        row("9:00 - 0:00", 23, 59, true);
        row("9:00 - 0:00", 0, 0, false);
    }

    void quietHoursMayCrossMidnight()
    {
        QFETCH(QString, hours);
        QFETCH(int, minute);
        QFETCH(bool, quiet);
        const auto read = quietHoursFromText(hours);
        QVERIFY(read);
        QCOMPARE(read->contains(minute), quiet);
        QCOMPARE(quietHoursFromText(flowgate::domain::text(*read)), read);
    }

    void noQuietHours_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"", "22:00", "22-7", "24:00-07:00", "22:60-07:00", "07:00-07:00", "22:00-07:00x"})
            QTest::addRow("%s", text) << QString::fromLatin1(text);
    }

    void noQuietHours()
    {
        QFETCH(QString, text);
        QVERIFY(!quietHoursFromText(text));
    }

    void whoNeedsAttention_data()
    {
        QTest::addColumn<Gateway>("gateway");
        QTest::addColumn<int>("attention");
        Gateway well;
        well.presence.state = PresenceState::Connected;
        well.health.state = HealthState::Healthy;
        well.config.state = ConfigState::InSync;
        const auto row = [&well](const char *name, Attention attention, auto &&change) {
            Gateway gateway = well;
            change(gateway);
            QTest::addRow("%s", name) << gateway << static_cast<int>(attention);
        };
        row("all is well", Attention::None, [](Gateway &) {});
        row("lost", Attention::Urgent, [](Gateway &g) { g.presence.state = PresenceState::Lost; });
        row("silent", Attention::Wanted, [](Gateway &g) { g.presence.state = PresenceState::Silent; });
        row("left", Attention::None, [](Gateway &g) { g.presence.state = PresenceState::Left; });
        row("not observed", Attention::None, [](Gateway &g) { g.presence.state = PresenceState::NotObserved; });
        row("unhealthy", Attention::Urgent, [](Gateway &g) { g.health.state = HealthState::Unhealthy; });
        row("starting", Attention::None, [](Gateway &g) { g.health.state = HealthState::Starting; });
        row("config failed", Attention::Urgent, [](Gateway &g) { g.config.state = ConfigState::Failed; });
        row("drifted", Attention::Wanted, [](Gateway &g) { g.config.state = ConfigState::Drifted; });
        row("drifted and lost: the worst", Attention::Urgent, [](Gateway &g) {
            g.config.state = ConfigState::Drifted;
            g.presence.state = PresenceState::Lost;
        });
        row("to approve", Attention::Wanted, [](Gateway &g) { g.admission = Admission::Pending; });
        row("rejected", Attention::None, [](Gateway &g) {
            g.admission = Admission::Rejected;
            g.presence.state = PresenceState::Lost;
        });
    }

    void whoNeedsAttention()
    {
        QFETCH(Gateway, gateway);
        QFETCH(int, attention);
        QCOMPARE(static_cast<int>(attentionOf(gateway)), attention);
    }
};

QTEST_APPLESS_MAIN(TestNoticeRule)
#include "tst_noticerule.moc"
