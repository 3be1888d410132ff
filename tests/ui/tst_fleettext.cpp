// SPDX-License-Identifier: GPL-3.0-or-later
// What is typed into and copied out of the fleet's table, as text.
#include "domain/selector.h"
#include "tests/ui/fakes.h"
#include "ui/models/comparemodel.h"
#include "ui/models/comparewords.h"
#include "ui/models/gatewayfacts.h"
#include "ui/models/groupmodel.h"
#include "ui/models/labeledit.h"
#include "ui/models/rowtext.h"

#include <QAbstractItemModelTester>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

using namespace flowgate;
using namespace flowgate::tests;

class TestFleetText final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void completes_data()
    {
        QTest::addColumn<QString>("text"); // | is the cursor
        QTest::addColumn<QStringList>("offered");
        QTest::addColumn<QString>("taken"); // with the first one put in
        const auto row = [](const char *name, const char16_t *text, const QStringList &offered, const char16_t *taken) {
            QTest::addRow("%s", name) << QString::fromUtf16(text) << offered << QString::fromUtf16(taken);
        };
        const QStringList keys{QStringLiteral("env=")};
        const QStringList values{QStringLiteral("lab"), QStringLiteral("prod")};
        row("nothing typed", u"|", {}, u"|");
        row("a key", u"en|", keys, u"env=");
        row("a key, another case", u"EN|", keys, u"env=");
        row("a name is no key", u"gw|", {}, u"gw|");
        row("values", u"env=|", values, u"env=lab");
        row("a value begun", u"env=p|", {QStringLiteral("prod")}, u"env=prod");
        row("a value that is whole", u"env=lab|", {}, u"env=lab|");
        row("unequal", u"env!=|", values, u"env!=lab");
        row("in a list", u"env in (|", values, u"env in (lab");
        row("further in a list", u"env in (lab,p|", {QStringLiteral("prod")}, u"env in (lab,prod");
        row("behind a comma", u"name=gw-1,e|", keys, u"name=gw-1,env=");
        row("a comma in quotes", u"a=\"x,e|", {}, u"a=\"x,e|");
        row("absent keys", u"!e|", keys, u"!env=");
        row("names", u"name=gw-1|", {QStringLiteral("gw-1"), QStringLiteral("gw-10")}, u"name=gw-1");
        row("what stands behind stays", u"env=p|,name=gw-1", {QStringLiteral("prod")}, u"env=prod,name=gw-1");
    }
    void completes()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, offered);
        QFETCH(QString, taken);
        models::GatewayModel fleet;
        app::FleetDelta delta = deltaOf(0, 3);
        delta.changed.push_back(share(gatewayOf(10)));
        fleet.apply(delta);
        const qsizetype cursor = text.indexOf(u'|');
        const QString typed = QString(text).remove(u'|');
        const models::Completions found = models::completeSelector(typed, cursor, fleet.rows());
        QCOMPARE(found.texts, offered);
        if (!offered.isEmpty())
            QCOMPARE(QString(typed).replace(found.from, found.length, offered.front()), taken);
    }

    void aTermFindsItsGateway_data()
    {
        QTest::addColumn<QString>("value");
        QTest::addColumn<bool>("sayable");
        QTest::addRow("plain") << QStringLiteral("lab") << true;
        QTest::addRow("spaces and commas") << QStringLiteral("a b,c") << true;
        QTest::addRow("brackets") << QStringLiteral("(x)=!") << true;
        QTest::addRow("other letters") << QStringLiteral("Zürich") << true;
        QTest::addRow("a quote") << QStringLiteral("a\"b") << false;
        QTest::addRow("too long") << QString(300, u'x').append(u' ') << false;
    }
    void aTermFindsItsGateway()
    {
        QFETCH(QString, value);
        QFETCH(bool, sayable);
        const QString term = models::selectorTerm(QStringLiteral("site"), value);
        QCOMPARE(!term.isEmpty(), sayable);
        if (!sayable)
            return;
        domain::Gateway gateway = gatewayOf(1);
        gateway.labels[QStringLiteral("site")] = value;
        const auto selector = domain::Selector::parse(term);
        QVERIFY2(selector.has_value(), qPrintable(term));
        QVERIFY(selector->matches(gateway));
        gateway.labels[QStringLiteral("site")] = QStringLiteral("elsewhere");
        QVERIFY(!selector->matches(gateway));
    }

    void labelsAreTypedOver_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QStringList>("changes");
        QTest::addColumn<QStringList>("back");
        const auto list = [](const char *text) { return QString::fromLatin1(text).split(u' ', Qt::SkipEmptyParts); };
        QTest::addRow("as it was") << QStringLiteral("env=lab site=ber") << QStringList() << QStringList();
        QTest::addRow("another value") << QStringLiteral("env=prod, site=ber") << list("env=prod") << list("env=lab");
        QTest::addRow("one more") << QStringLiteral("env=lab site=ber a=b") << list("a=b") << list("a-");
        QTest::addRow("one gone") << QStringLiteral("site=ber") << list("env-") << list("env=lab");
        QTest::addRow("all gone") << QString() << list("env- site-") << list("env=lab site=ber");
        QTest::addRow("no label") << QStringLiteral("env=lab site=ber what") << list("what") << QStringList();
        QTest::addRow("removed by name") << QStringLiteral("env- site=ber") << list("env-") << list("env=lab");
    }
    void labelsAreTypedOver()
    {
        QFETCH(QString, typed);
        QFETCH(QStringList, changes);
        QFETCH(QStringList, back);
        const domain::Labels before{{QStringLiteral("env"), QStringLiteral("lab")},
                                    {QStringLiteral("site"), QStringLiteral("ber")},
                                    {QStringLiteral("note"), QStringLiteral("two words")}};
        QCOMPARE(models::labelsText(before), QStringLiteral("env=lab site=ber"));
        QCOMPARE(models::labelChanges(before, typed), changes);
        QCOMPARE(models::inverseOf(changes, before), back);
    }

    void csvIsSafe()
    {
        QCOMPARE(models::csvText({{QStringLiteral("a"), QStringLiteral("b,c")},
                                  {QStringLiteral("say \"x\""), QStringLiteral("=1+1")},
                                  {QStringLiteral("@x"), QStringLiteral("two\nlines")}}),
                 QStringLiteral("a,\"b,c\"\r\n\"say \"\"x\"\"\",'=1+1\r\n'@x,\"two\nlines\"\r\n"));
    }

    void yamlIsQuoted()
    {
        const QJsonObject item{{QStringLiteral("a"), QStringLiteral("x: \"y\"\n\u2028")},
                               {QStringLiteral("b"), QJsonArray{1, true, QJsonValue()}},
                               {QStringLiteral("c"), QJsonObject()},
                               {QStringLiteral("d"), QJsonObject{{QStringLiteral("e"), 0.5}}}};
        QCOMPARE(models::yamlText({item}), QStringLiteral("-\n"
                                                          "  \"a\": \"x: \\\"y\\\"\\u000a\\u2028\"\n"
                                                          "  \"b\":\n"
                                                          "    - 1\n"
                                                          "    - true\n"
                                                          "    - null\n"
                                                          "  \"c\": {}\n"
                                                          "  \"d\":\n"
                                                          "    \"e\": 0.5\n"));
        QCOMPARE(models::yamlText({}), QStringLiteral("[]\n"));
    }

    void groupsCountWhatFits()
    {
        models::GatewayModel fleet;
        models::GatewayFilterModel shown(fleet);
        models::GroupModel groups;
        const QAbstractItemModelTester tester(&groups, QAbstractItemModelTester::FailureReportingMode::QtTest);
        app::FleetDelta delta = deltaOf(0, 5); // 0, 2, 4: lab
        domain::Gateway sick = gatewayOf(6);
        sick.health.state = domain::HealthState::Unhealthy;
        domain::Gateway without = gatewayOf(7);
        without.labels.remove(QStringLiteral("env"));
        delta.changed.push_back(share(sick));
        delta.changed.push_back(share(without));
        fleet.apply(delta);
        const QString key = QStringLiteral("env");
        groups.count(fleet, shown, key);
        QCOMPARE(groups.rowCount(), 3);
        QCOMPARE(groups.rows()[0], (models::GroupRow{QStringLiteral("lab"), 4, 3, 1, 0}));
        QCOMPARE(groups.rows()[1], (models::GroupRow{QStringLiteral("prod"), 2, 2, 0, 0}));
        QCOMPARE(groups.rows()[2], (models::GroupRow{std::nullopt, 1, 1, 0, 0}));

        shown.setGroup(models::FleetGroup{key, QStringLiteral("prod")});
        QCOMPARE(shown.rowCount(), 2);
        QCOMPARE(shown.asSelector(), QStringLiteral("env=prod"));
        groups.count(fleet, shown, key); // the others are counted all the same
        QCOMPARE(groups.rows()[0].gateways, 4);
        shown.setGroup(models::FleetGroup{key, std::nullopt});
        QCOMPARE(shown.rowCount(), 1);
        QCOMPARE(shown.asSelector(), QStringLiteral("!env"));
        shown.setPart(models::FleetPart::Unhealthy);
        groups.count(fleet, shown, key);
        QCOMPARE(groups.rowCount(), 1);
        QVERIFY(!shown.asSelector());
    }

    void comparedGatewaysShowTheOddOne()
    {
        models::CompareModel compared;
        const QAbstractItemModelTester tester(&compared, QAbstractItemModelTester::FailureReportingMode::QtTest);
        domain::Gateway odd = gatewayOf(4);
        odd.labels[QStringLiteral("env")] = QStringLiteral("prod");
        odd.labels[QStringLiteral("only")] = QString();
        compared.show({share(gatewayOf(0)), share(gatewayOf(2)), share(odd)});
        QCOMPARE(compared.columnCount(), 4);
        models::CompareFilterModel differing;
        differing.setSourceModel(&compared);
        differing.setOnlyDiffering(true);
        QVERIFY(differing.rowCount() < compared.rowCount());
        QMap<QString, QString> tones;
        for (int row = 0; row < differing.rowCount(); ++row) {
            QString marks;
            for (int column = 1; column < 4; ++column)
                marks += differing.index(row, column).data(models::ToneRole).isValid() ? u'!' : u'.';
            tones.insert(differing.index(row, 0).data().toString(), marks);
        }
        QCOMPARE(tones.value(QStringLiteral("Label env")), QStringLiteral("..!"));
        QCOMPARE(tones.value(QStringLiteral("Label only")), QStringLiteral("..!"));
        QCOMPARE(tones.value(QStringLiteral("Instance uid")), QStringLiteral("!!!"));
        QVERIFY(!tones.contains(QStringLiteral("Health")));
        compared.addFacts(0, {{QStringLiteral("effective/service"), QStringLiteral("x")}});
        QVERIFY(differing.rowCount() > tones.size());
    }

    void factsHaveWords_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("words");
        const std::pair<const char *, const char *> rows[] = {
            {"presence/state", "Presence"},
            {"config/last_proven/hash", "Last proven: hash"},
            {"config/wanted/version", "Wanted: version"},
            {"config/effective/not_compared", "Effective: values that cannot be compared"},
            {"config/effective/not_comparable", "Effective: why it cannot be compared"},
            {"labels/env", "Label env"},
            {"labels/a/b", "Label a/b"},
            {"effective/exporters::debug", "Effective: exporters::debug"},
            {"health/components/pipeline:logs/status", "Health of pipeline:logs: status"},
            {"health/components/pipeline:logs/components/receiver:otlp/healthy",
             "Health of pipeline:logs \u203a receiver:otlp: healthy"},
            {"host.name", "host.name"},
            {"odd/thing", "odd/thing"}};
        for (const auto &[path, words] : rows)
            QTest::addRow("%s", path) << QString::fromUtf8(path) << QString::fromUtf8(words);
    }
    void factsHaveWords()
    {
        QFETCH(QString, path);
        QFETCH(QString, words);
        QCOMPARE(models::factWords(path), words);
    }

    void columnsOfKeysComeAndGo()
    {
        models::GatewayModel fleet;
        const QAbstractItemModelTester tester(&fleet, QAbstractItemModelTester::FailureReportingMode::QtTest);
        fleet.apply(deltaOf(0, 3));
        const int own = fleet.columnCount();
        fleet.setKeys({QStringLiteral("env"), QStringLiteral("nobody.has.it")});
        QCOMPARE(fleet.columnCount(), own + 2);
        QCOMPARE(fleet.headerData(own, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("env"));
        QCOMPARE(fleet.index(1, own).data().toString(), QStringLiteral("prod"));
        QCOMPARE(fleet.index(1, own + 1).data().toString(), QString());
        QSignalSpy inserted(&fleet, &QAbstractItemModel::columnsInserted);
        fleet.setKeys({QStringLiteral("nobody.has.it"), QStringLiteral("name")});
        QCOMPARE(inserted.count(), 1); // what stays is not touched
        QCOMPARE(fleet.keys(), (QStringList{QStringLiteral("nobody.has.it"), QStringLiteral("name")}));
        fleet.apply(deltaOf(0, 5));
        fleet.setKeys({});
        QCOMPARE(fleet.columnCount(), own);
    }
};

QTEST_GUILESS_MAIN(TestFleetText)
#include "tst_fleettext.moc"
