// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/linkwatch.h"

#include <QTest>

using namespace flowgate::domain;
using namespace std::chrono_literals;
using Flapping = LinkWatch::Flapping;

namespace {

/// What is told, "begins 4" or "over 7", at which second; it is asked each second, and told of flaps at @p flaps.
QStringList told(const QList<int> &flaps, int until)
{
    LinkWatch watch;
    QStringList said;
    for (int second = 0; second <= until; ++second) {
        const auto note = [&](const std::optional<Flapping> &flapping) {
            if (flapping)
                said.append(QStringLiteral("%1: %2 %3 in %4")
                                .arg(second)
                                .arg(flapping->over ? u"over" : u"begins")
                                .arg(flapping->times)
                                .arg(flapping->lasts.count() / 1000));
        };
        for (qsizetype i = 0; i < flaps.count(second); ++i)
            note(watch.noteFlap(std::chrono::seconds(second)));
        note(watch.takeCalm(std::chrono::seconds(second)));
    }
    return said;
}

} // namespace

class TestLinkWatch final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tells_data()
    {
        QTest::addColumn<QList<int>>("flaps");
        QTest::addColumn<QStringList>("said");
        using L = QList<int>;
        using S = QStringList;
        QTest::addRow("X8: three are none") << L{1, 2, 3} << S{};
        QTest::addRow("four in five minutes, and calm five minutes later")
            << L{1, 2, 3, 10} << S{QStringLiteral("10: begins 4 in 9"), QStringLiteral("310: over 4 in 9")};
        QTest::addRow("one an hour is none") << L{0, 3600, 7200, 10800, 14400} << S{};
        QTest::addRow("slower than is counted") << L{0, 101, 202, 303, 404} << S{};
        QTest::addRow("told once while it goes on")
            << L{1, 2, 3, 4, 5, 60, 200, 400}
            << S{QStringLiteral("4: begins 4 in 3"), QStringLiteral("700: over 8 in 399")};
        QTest::addRow("again after it was calm")
            << L{1, 2, 3, 4, 1000, 1001, 1002, 1003}
            << S{QStringLiteral("4: begins 4 in 3"), QStringLiteral("304: over 4 in 3"),
                 QStringLiteral("1003: begins 4 in 3"), QStringLiteral("1303: over 4 in 3")};
        QTest::addRow("at once") << L{7, 7, 7, 7, 7}
                                 << S{QStringLiteral("7: begins 4 in 0"), QStringLiteral("307: over 5 in 0")};
    }
    void tells()
    {
        QFETCH(QList<int>, flaps);
        QTEST(told(flaps, 15'000), "said");
    }

    void nothingIsKeptForLong()
    {
        LinkWatch watch;
        QVERIFY(watch.isIdle(0s));
        QVERIFY(!watch.noteFlap(1s));
        QVERIFY(!watch.isIdle(301s));
        QVERIFY(watch.isIdle(302s));
    }
};

QTEST_APPLESS_MAIN(TestLinkWatch)
#include "tst_linkwatch.moc"
