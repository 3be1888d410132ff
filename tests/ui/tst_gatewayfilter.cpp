// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/fakes.h"
#include "ui/models/gatewayfiltermodel.h"

#include <QTest>

using namespace flowgate;
using namespace flowgate::tests;
using models::FleetPart;
using models::GatewayColumn;

class TestGatewayFilter final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_fleet = std::make_unique<models::GatewayModel>();
        app::FleetDelta delta = deltaOf(0, 4);
        domain::Gateway sick = gatewayOf(10);
        sick.health = {domain::HealthState::Unhealthy, someTime, QStringLiteral("port in use")};
        sick.config.state = domain::ConfigState::Failed;
        sick.presence.lastSeen -= domain::milliseconds(60'000);
        delta.changed.push_back(share(sick));
        m_fleet->apply(delta);
    }

    void filters_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("names");
        const QStringList all{QStringLiteral("gw-0"), QStringLiteral("gw-1"), QStringLiteral("gw-2"),
                              QStringLiteral("gw-3"), QStringLiteral("gw-10")};
        const QStringList lab{all.at(0), all.at(2), all.at(4)};
        QTest::addRow("nothing: all") << QString() << all;
        QTest::addRow("spaces only: all") << QStringLiteral("  ") << all;
        QTest::addRow("selector =") << QStringLiteral("env=lab") << lab;
        QTest::addRow("selector in") << QStringLiteral("env in (lab,stage)") << lab;
        QTest::addRow("selector notin") << QStringLiteral("env notin (lab)") << QStringList{all.at(1), all.at(3)};
        QTest::addRow("selector missing key") << QStringLiteral("!env") << QStringList();
        QTest::addRow("selector all") << QStringLiteral("all") << all;
        QTest::addRow("text in a name") << QStringLiteral("gw-1") << QStringList{all.at(1), all.at(4)};
        QTest::addRow("text, any case") << QStringLiteral("GW-3") << QStringList{all.at(3)};
        QTest::addRow("state word") << QStringLiteral("unhealthy") << QStringList{all.at(4)};
        QTest::addRow("state word from its beginning") << QStringLiteral("healthy") << all.first(4);
        QTest::addRow("end of an id") << QStringLiteral("00000003") << QStringList{all.at(3)};
        QTest::addRow("wanted version") << QStringLiteral("base @4") << all;
    }
    void filters()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, names);
        models::GatewayFilterModel filter(*m_fleet);
        filter.sort(static_cast<int>(GatewayColumn::Name));
        QVERIFY(!filter.setFilter(text));
        QCOMPARE(namesIn(filter), names);
    }

    void aBadSelectorLeavesTheRows()
    {
        models::GatewayFilterModel filter(*m_fleet);
        QVERIFY(!filter.setFilter(QStringLiteral("env=lab")));
        const auto error = filter.setFilter(QStringLiteral("env in (lab"));
        QVERIFY(error);
        QCOMPARE(error->kind, domain::SelectorError::Kind::OpenList);
        QCOMPARE(filter.rowCount(), 3);
        QCOMPARE(filter.asSelector(), std::optional(QStringLiteral("env=lab")));
    }

    void partsNarrow()
    {
        models::GatewayFilterModel filter(*m_fleet);
        filter.setPart(FleetPart::Unhealthy);
        QCOMPARE(filter.rowCount(), 1);
        QVERIFY(!filter.asSelector()); // no selector says "unhealthy"
        filter.setPart(FleetPart::All);
        QCOMPARE(filter.asSelector(), std::optional(QStringLiteral("all")));
        QVERIFY(!filter.setFilter(QStringLiteral("gw")));
        QVERIFY(!filter.asSelector());
    }

    void sortsByValue()
    {
        models::GatewayFilterModel filter(*m_fleet);
        filter.sort(static_cast<int>(GatewayColumn::Health));
        QCOMPARE(namesIn(filter).first(), QStringLiteral("gw-10")); // what is bad comes first
        filter.sort(static_cast<int>(GatewayColumn::LastSeen));
        QCOMPARE(namesIn(filter).first(), QStringLiteral("gw-10"));
    }

    void rowsMoveInAndOut()
    {
        models::GatewayFilterModel filter(*m_fleet);
        QVERIFY(!filter.setFilter(QStringLiteral("env=lab")));
        domain::Gateway moved = gatewayOf(0);
        moved.labels.insert(QStringLiteral("env"), QStringLiteral("prod"));
        m_fleet->apply({{share(moved)}, {}});
        QCOMPARE(filter.rowCount(), 2);
        QVERIFY(!filter.indexOf(idOf(0)).isValid());
        QVERIFY(filter.indexOf(idOf(2)).isValid());
    }

    void selectorsOfIds()
    {
        QVERIFY(!models::selectorOf({}));
        const auto one = models::selectorOf({m_fleet->find(idOf(1))});
        QVERIFY(one);
        models::GatewayFilterModel filter(*m_fleet);
        QVERIFY(!filter.setFilter(*one));
        QCOMPARE(namesIn(filter), QStringList{QStringLiteral("gw-1")});
        const auto two = models::selectorOf({m_fleet->find(idOf(1)), m_fleet->find(idOf(10))});
        QVERIFY(!filter.setFilter(two.value_or(QString())));
        QCOMPARE(filter.rowCount(), 2);
        std::vector<app::GatewayPtr> many(1000, m_fleet->find(idOf(1)));
        QVERIFY(!models::selectorOf(many)); // longer than a selector may be
    }

    void textOrder_data()
    {
        QTest::addColumn<QString>("less");
        QTest::addColumn<QString>("more");
        QTest::addRow("numbers by value") << QStringLiteral("gw-9") << QStringLiteral("gw-10");
        QTest::addRow("case does not matter") << QStringLiteral("Alpha") << QStringLiteral("beta");
        QTest::addRow("shorter first") << QStringLiteral("gw") << QStringLiteral("gw-1");
        QTest::addRow("long numbers") << QStringLiteral("1") << QStringLiteral("99999999999999999999999");
        QTest::addRow("leading zeros are told apart") << QStringLiteral("a01") << QStringLiteral("a1");
    }
    void textOrder()
    {
        QFETCH(QString, less);
        QFETCH(QString, more);
        QVERIFY(models::compareTexts(less, more) < 0);
        QVERIFY(models::compareTexts(more, less) > 0);
        QCOMPARE(models::compareTexts(less, less), 0);
    }

private:
    static QStringList namesIn(const models::GatewayFilterModel &filter)
    {
        QStringList names;
        for (int row = 0; row < filter.rowCount(); ++row)
            names.append(filter.index(row, 0).data().toString());
        return names;
    }

    std::unique_ptr<models::GatewayModel> m_fleet;
};

QTEST_GUILESS_MAIN(TestGatewayFilter)
#include "tst_gatewayfilter.moc"
