// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/refusaltally.h"

#include <QSet>
#include <QTest>

using namespace flowgate;
using domain::Refusal;
using domain::RefusalNews;
using domain::RefusalTally;
using namespace std::chrono_literals;

namespace {

const QString a = QStringLiteral("192.0.2.1");
const QString b = QStringLiteral("192.0.2.2");

} // namespace

class TestRefusalTally : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void kindsHaveWords()
    {
        QSet<QString> words;
        for (const Refusal kind : domain::allRefusals())
            words.insert(domain::word(kind));
        QCOMPARE(words.size(), qsizetype(domain::refusalKinds));
        QCOMPARE(domain::word(Refusal::ConnectionsPerAddress), QStringLiteral("connections_per_address"));
    }

    void counts()
    {
        domain::RefusalCounts counts;
        counts.add(Refusal::HeadSize);
        counts.add(Refusal::FailedAttempts);
        counts.add(Refusal::FailedAttempts);
        QCOMPARE(counts.of(Refusal::HeadSize), quint64(1));
        QCOMPARE(counts.of(Refusal::FailedAttempts), quint64(2));
        QCOMPARE(counts.of(Refusal::Connections), quint64(0));
        QCOMPARE(counts.total(), quint64(3));
    }

    void namesTheMostFrequent_data()
    {
        QTest::addColumn<QStringList>("addresses");
        QTest::addColumn<QString>("named");
        QTest::addColumn<quint64>("times");
        QTest::addRow("one") << QStringList{a} << a << quint64(1);
        QTest::addRow("the more frequent") << QStringList{a, b, b} << b << quint64(2);
        QTest::addRow("of two alike always the same") << QStringList{b, a} << a << quint64(1);
        QStringList many;
        for (int i = 0; i < int(RefusalTally::mostAddresses); ++i)
            many.append(QStringLiteral("10.0.%1.%2").arg(i / 256).arg(i % 256));
        QTest::addRow("SEC6 many addresses, one of them stands out")
            << many + QStringList{many.at(7), many.at(7), a, a} << many.at(7) << quint64(3);
        QTest::addRow("SEC6 one without a name may have more") << many + QStringList{a, a} << QString() << quint64(0);
    }

    void namesTheMostFrequent()
    {
        QFETCH(QStringList, addresses);
        QFETCH(QString, named);
        QFETCH(quint64, times);
        RefusalTally tally;
        for (const QString &address : addresses)
            tally.note(Refusal::Connections, address);
        const std::vector<RefusalNews> expected{{Refusal::Connections, quint64(addresses.size()), named, times}};
        QVERIFY(tally.takeDue(5s) == expected);
    }

    /// A flood makes one line, and one that does not end makes ever fewer.
    void tellsSeldom()
    {
        RefusalTally tally;
        QList<qint64> toldAt;
        quint64 told = 0;
        quint64 noted = 0;
        for (domain::milliseconds now = 0s; now < 24h; now += 1s) {
            tally.note(Refusal::Gateways, a);
            ++noted;
            for (const RefusalNews &news : tally.takeDue(now)) {
                toldAt.append(now.count() / 1000);
                told += news.count;
            }
        }
        QCOMPARE(toldAt.first(6), (QList<qint64>{0, 60, 180, 420, 900, 1860}));
        QVERIFY(toldAt.size() <= 31); // an hour at most lies between two
        QVERIFY(noted - told <= 3600);
    }

    void beginsAnewAfterAQuietTime()
    {
        RefusalTally tally;
        const auto at = [&tally](domain::milliseconds now) {
            tally.note(Refusal::BodySize, a);
            return tally.takeDue(now).size();
        };
        QCOMPARE(at(0s), size_t(1));
        QCOMPARE(at(59s), size_t(0));
        QCOMPARE(at(60s), size_t(1)); // the next pause is two minutes
        QCOMPARE(at(170s), size_t(0));
        QCOMPARE(at(1000s), size_t(1)); // it was quiet, so this one is followed by a minute
        QCOMPARE(at(1060s), size_t(1));
    }

    void kindsAreToldApart()
    {
        RefusalTally tally;
        tally.note(Refusal::BodySize, a);
        QCOMPARE(tally.takeDue(1s).size(), size_t(1));
        tally.note(Refusal::BodySize, a);
        tally.note(Refusal::HeadSize, b);
        const std::vector<RefusalNews> expected{{Refusal::HeadSize, 1, b, 1}};
        QVERIFY(tally.takeDue(2s) == expected);
        QVERIFY(tally.takeDue(3s).empty());
    }
};

QTEST_GUILESS_MAIN(TestRefusalTally)
#include "tst_refusaltally.moc"
