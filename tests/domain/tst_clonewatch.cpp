// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/clonewatch.h"

#include <QTest>

using namespace flowgate;
using namespace std::chrono_literals;
using domain::CloneWatch;
using domain::ConnectionId;

namespace {

/// Who sends which number, a step after the one before: "A40 B7t". Behind it:
/// t  it takes the uid over from the connection of the message before, which is still open
/// !  and that connection answers our Close
/// <9 and a message with this number comes on that connection
/// Each message comes on a connection of its own.
/// @return at which of them it was sure, from 0
QList<int> foundAt(const QString &story, domain::milliseconds step)
{
    CloneWatch watch;
    std::optional<quint64> last;
    domain::milliseconds now{};
    QList<int> found;
    ConnectionId open = 0; ///< that has the uid
    const QStringList parts = story.split(u' ', Qt::SkipEmptyParts);
    for (int i = 0; i < parts.size(); ++i) {
        const QStringList late = parts[i].split(u'<');
        const bool takesOver = late[0].contains(u't');
        const bool answers = late[0].contains(u'!');
        const quint64 number = QString(late[0].mid(1)).remove(u't').remove(u'!').toULongLong();
        const auto connection = static_cast<ConnectionId>(i + 1);
        now += step;
        if (watch.note({connection, number, last, takesOver ? open : 0, now})) {
            found.append(i); // its message is not looked at
            continue;
        }
        for (const QString &behind : late.mid(1))
            watch.noteAlive(open, behind.toULongLong(), now);
        if (answers)
            watch.noteAlive(open, {}, now);
        open = connection;
        last = number;
    }
    return found;
}

} // namespace

class TestCloneWatch final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void finds_data()
    {
        QTest::addColumn<QString>("story");
        QTest::addColumn<int>("seconds");
        QTest::addColumn<QList<int>>("found");
        const auto row = [](const char *name, const char *story, int seconds, const QList<int> &found) {
            QTest::newRow(name) << QString::fromLatin1(story) << seconds << found;
        };
        // One agent.
        row("one that polls", "A0 A1 A2 A3 A4 A5 A6 A7", 30, {});
        row("one that restarts", "A40 A0 A1 A2 A0 A1 A2", 30, {});
        row("X8: a broken network, and the number goes on", "A3t A4t A5t A6t A7t A8t A9t", 1, {});
        row("X8: a broken network, and messages were lost", "A3t A6t A9t A13t A15t A20t A22t A24t", 1, {});
        row("X8: numbers were lost over HTTP", "A3 A6 A9 A13 A15 A20 A22 A24", 1, {});
        row("X8: its old connection is left open and answers our Close", "A3 A6t! A9t! A13t! A15t! A20t! A22t!", 1, {});
        row("X8: what it had sent on the old connection comes late", "A3 A6t<5 A9t<7<8 A13t<12 A15t<14 A20t<20 A22t", 1,
            {});
        row("one that restarts with its connection still there", "A3 A0t A1 A0t A1", 10, {});
        row("a crash loop on a bad link: resets and silence", "A9 A0t A1 A0t A1 A0t A1 A0t A1 A0t A1", 1, {});
        row("X5d: two messages out of order", "A4 A6 A5 A7 A8 A9 A10", 30, {});
        // Two of them.
        row("S17: two counts in turn, over HTTP", "A40 B7 A41 B8 A42 B9", 30, {4});
        row("S17: two counts in turn, by WebSocket", "A40 B7t! A41t! B8t! A42t!", 1, {4});
        row("S17: copies that began together", "A0 B0 A1 B1 A2 B2 A3 B3", 30, {7});
        row("S17: some messages of each", "A40 A41 B7 B8 B9 A42 A43 B10 A44 A45", 30, {8});
        row("S17: slower than is counted", "A40 B7 A41 B8 A42 B9 A43", 299, {});
        row("S17: both live, and both lose messages", "A40 B7t! A43t! B10t! A47t! B13t! A49t! B17", 1, {6});
        row("S17: both go on sending behind our Close", "A40 B7t<41 A43t<8 B10t<44 A47t<11 B13t<48 A49t B17", 1, {6});
        row("S17: only one of them is looked at in time", "A40 B7t! A43t B10t A47t B13t! A49t B17t! A53t", 1, {8});
        row("S17: alive, but not often enough", "A40 B7t! A43t B10t! A47t B13t", 1, {});
        row("S17: alive, but long ago", "A40 B7t! A43t B10t! A47t B13t! A53t B17t A60t", 100, {});
        row("X8: neither counts on", "A0 B0t! A0t! B0t! A0t! B0t!", 1, {4, 5});
        row("X8: neither counts on, and both are silent", "A0 B0t A0t B0t A0t B0t", 1, {});
        row("X8: a few in a minute are none", "A0 B0t! A0t!", 1, {});
        row("S17: who did not take the new uid is known at once", "A40 B7t! A41t! B8t! A42t! A43t! B9", 1, {4, 5});
        row("S17: and the other one may lose messages meanwhile", "A40 B7t! A41t! B8t! A42t! B11t A46t", 1, {4, 6});
    }
    void finds()
    {
        QFETCH(QString, story);
        QFETCH(int, seconds);
        QFETCH(QList<int>, found);
        QCOMPARE(foundAt(story, std::chrono::seconds(seconds)), found);
    }

    void aConnectionIsOneSign()
    {
        CloneWatch watch;
        QVERIFY(!watch.note({1, 40, {}, 0, 0s}));
        QVERIFY(!watch.note({2, 7, 40, 1, 1s}));
        for (int i = 0; i < 9; ++i)
            watch.noteAlive(1, 41 + i, 2s);
        QVERIFY(!watch.note({3, 60, 7, 2, 3s}));
    }

    void itMayShareItsOldConnection() // S15: that was not closed, and its messages come as ever
    {
        CloneWatch watch;
        std::optional<quint64> last = 40;
        QList<bool> found;
        const std::vector<std::pair<ConnectionId, quint64>> story{{2, 7}, {1, 43}, {2, 9}, {1, 45}, {2, 11}, {1, 47}};
        ConnectionId open = 1;
        domain::milliseconds now{};
        for (const auto &[connection, number] : story) {
            found.append(watch.note({connection, number, last, open, now += 1s}));
            open = connection;
            last = number;
        }
        QVERIFY(found.contains(true));
    }
};

QTEST_GUILESS_MAIN(TestCloneWatch)
#include "tst_clonewatch.moc"
