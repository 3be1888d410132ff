// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/clonewatch.h"

#include <QTest>

using namespace flowgate;
using namespace std::chrono_literals;
using domain::CloneWatch;

namespace {

/// "A10 A11/t B0t": who sends which number, and t where it takes the connection over; a second between each.
/// @return at which of them it was sure, from 0; -1: never
QList<int> foundAt(const QString &story, domain::milliseconds step)
{
    CloneWatch watch;
    std::optional<quint64> last;
    domain::milliseconds now{};
    QList<int> found;
    const QStringList parts = story.split(u' ', Qt::SkipEmptyParts);
    for (int i = 0; i < parts.size(); ++i) {
        const bool tookOver = parts[i].endsWith(u't');
        const quint64 number = parts[i].mid(1).chopped(tookOver ? 1 : 0).toULongLong();
        now += step;
        if (watch.note({number, last, tookOver, now}))
            found.append(i); // its message is not looked at
        else
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
        row("one that polls", "A0 A1 A2 A3 A4 A5 A6 A7", 30, {});
        row("one that restarts", "A40 A0 A1 A2 A0 A1 A2", 30, {});
        row("X8: a broken network, and the number goes on", "A3t A4t A5t A6t A7t A8t A9t", 1, {});
        row("one that restarts with its connection still there", "A3 A0t A1 A0t A1", 10, {});
        row("S17: two counts in turn, over HTTP", "A40 B7 A41 B8 A42 B9", 30, {4});
        row("S17: two counts in turn, by WebSocket", "A40t B7t A41t B8t A42t", 1, {4});
        row("S17: copies that began together", "A0 B0 A1 B1 A2 B2 A3 B3", 30, {7});
        row("S17: some messages of each", "A40 A41 B7 B8 B9 A42 A43 B10 A44 A45", 30, {8});
        row("S17: slower than is counted", "A40 B7 A41 B8 A42 B9 A43", 299, {});
        row("X8: neither counts on", "A0t B0t A0t B0t A0t B0t", 1, {4, 5});
        row("X8: a few in a minute are none", "A0t B0t A0t", 1, {});
        row("X5d: two messages out of order", "A4 A6 A5 A7 A8 A9 A10", 30, {});
        row("S17: who did not take the new uid is known at once", "A40t B7t A41t B8t A42t A43t B9", 1, {4, 5});
    }
    void finds()
    {
        QFETCH(QString, story);
        QFETCH(int, seconds);
        QFETCH(QList<int>, found);
        QCOMPARE(foundAt(story, std::chrono::seconds(seconds)), found);
    }
};

QTEST_GUILESS_MAIN(TestCloneWatch)
#include "tst_clonewatch.moc"
