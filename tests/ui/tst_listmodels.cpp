// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/fakes.h"
#include "ui/common/tone.h"
#include "ui/models/configlistmodel.h"
#include "ui/models/eventmodel.h"
#include "ui/models/hitmodel.h"
#include "ui/models/previewmodel.h"
#include "ui/models/problemmodel.h"
#include "ui/models/rolloutmodel.h"
#include "ui/models/rowtext.h"
#include "ui/models/targetmodel.h"
#include "ui/models/versionmodel.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace flowgate;
using namespace flowgate::tests;
using namespace std::chrono_literals;
using Mode = QAbstractItemModelTester::FailureReportingMode;

namespace {

QStringList column(const QAbstractItemModel &model, int number = 0)
{
    QStringList texts;
    for (int row = 0; row < model.rowCount(); ++row)
        texts.append(model.index(row, number).data().toString());
    return texts;
}

QString nameOf(const domain::GatewayId &id)
{
    return QStringLiteral("gw-%1").arg(static_cast<int>(id.bytes().back()));
}

} // namespace

class TestListModels final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void rolloutsComeNewestFirst()
    {
        models::RolloutModel model;
        const QAbstractItemModelTester tester(&model, Mode::QtTest);
        domain::Rollout older = rolloutOf(QStringLiteral("a"), 2);
        domain::Rollout newer = rolloutOf(QStringLiteral("b"), 2);
        newer.createdAt += 1h;
        newer.ref.version = 6;
        model.apply(std::make_shared<const domain::Rollout>(older));
        model.apply(std::make_shared<const domain::Rollout>(newer));
        QCOMPARE(column(model), (QStringList{QStringLiteral("base @6"), QStringLiteral("base @5")}));
        QCOMPARE(model.openCount(), 2);
        const QPersistentModelIndex index(model.indexOf(QStringLiteral("a")));
        older.state = domain::RolloutState::Succeeded;
        older.inForce = true;
        model.apply(std::make_shared<const domain::Rollout>(older));
        QCOMPARE(model.openCount(), 1);
        QCOMPARE(index.sibling(index.row(), 2).data().toString(), QStringLiteral("Succeeded"));
        QCOMPARE(model.newestOf(QStringLiteral("base"))->id, QStringLiteral("b"));
        QVERIFY(!model.newestOf(QStringLiteral("core")));
    }

    void historyDoesNotHideTargets()
    {
        models::RolloutModel model;
        const QAbstractItemModelTester tester(&model, Mode::QtTest);
        model.apply(std::make_shared<const domain::Rollout>(rolloutOf(QStringLiteral("a"), 3)));
        domain::Rollout ancient = rolloutOf(QStringLiteral("z"), 0);
        ancient.createdAt -= 24h;
        model.addHistory({rolloutOf(QStringLiteral("a"), 0), ancient, ancient});
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.find(QStringLiteral("a"))->targets.size(), size_t(3));
    }

    void targetsMoveInPlace()
    {
        models::TargetModel model(nameOf);
        const QAbstractItemModelTester tester(&model, Mode::QtTest);
        domain::Rollout rollout = rolloutOf(QStringLiteral("a"), 4);
        model.show(std::make_shared<const domain::Rollout>(rollout), someTime);
        const QPersistentModelIndex third(model.index(2, 0));
        QSignalSpy changed(&model, &models::TargetModel::dataChanged);
        rollout.targets[2].step = domain::TargetStep::Failed;
        rollout.targets[2].error = QStringLiteral("unknown type: \"kafka\"");
        model.show(std::make_shared<const domain::Rollout>(rollout), someTime);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(third.sibling(third.row(), 2).data().toString(), QStringLiteral("Failed"));
        QVERIFY(third.sibling(third.row(), 4).data().toString().contains(QStringLiteral("kafka")));
        model.show(nullptr, someTime);
        QCOMPARE(model.rowCount(), 0);
    }

    void aSoakIsCounted()
    {
        models::TargetModel model(nameOf);
        domain::Rollout rollout = rolloutOf(QStringLiteral("a"), 1);
        rollout.targets[0].step = domain::TargetStep::Soaking;
        rollout.targets[0].sentAt = someTime;
        rollout.targets[0].healthyFrom = someTime + 5s;
        model.show(std::make_shared<const domain::Rollout>(rollout), someTime + 10s);
        QVERIFY2(column(model, 4).front().contains(QStringLiteral("healthy 5 s of 30 s")),
                 qPrintable(column(model, 4).front()));
        model.tick(someTime + 23s);
        QVERIFY(column(model, 4).front().contains(QStringLiteral("healthy 18 s of 30 s")));
    }

    void targetCounts()
    {
        domain::Rollout rollout = rolloutOf(QStringLiteral("a"), 5);
        rollout.targets[0].step = domain::TargetStep::Proven;
        rollout.targets[1].step = domain::TargetStep::Unproven;
        rollout.targets[2].step = domain::TargetStep::Soaking;
        rollout.targets[3].step = domain::TargetStep::Skipped;
        rollout.targets[4].step = domain::TargetStep::Unanswered;
        const models::TargetCounts all = models::countTargets(rollout);
        QCOMPARE(all.total, 4);
        QCOMPARE(all.done, 2);
        QCOMPARE(all.unproven, 1);
        QCOMPARE(all.underWay, 1);
        QCOMPARE(all.failed, 1);
        QCOMPARE(all.skipped, 1);
        QCOMPARE(models::countTargets(rollout, 1).total, 1);
    }

    void configsAndDrafts()
    {
        models::ConfigListModel model;
        const QAbstractItemModelTester tester(&model, Mode::QtTest);
        model.apply({{QStringLiteral("core"), 2, 3}, {QStringLiteral("base"), 5, 6}});
        QCOMPARE(column(model), (QStringList{QStringLiteral("base"), QStringLiteral("core")}));
        const QPersistentModelIndex core(model.indexOf(QStringLiteral("core")));
        model.setDraft(QStringLiteral("base"), true);
        model.setDraft(QStringLiteral("apple"), true);
        QCOMPARE(column(model, 1),
                 (QStringList{QStringLiteral("draft"), QStringLiteral("5 + draft"), QStringLiteral("2")}));
        QCOMPARE(core.row(), 2);
        QCOMPARE(model.savedNames(), (QStringList{QStringLiteral("base"), QStringLiteral("core")}));
        model.setDraft(QStringLiteral("apple"), false);
        model.apply({{QStringLiteral("core"), 3, 3}, {QStringLiteral("base"), 5, 6}});
        QCOMPARE(column(model, 1), (QStringList{QStringLiteral("5 + draft"), QStringLiteral("3")}));
        QVERIFY(!model.hasTags());
        model.setDraft(QStringLiteral("new"), true);
        model.apply({{QStringLiteral("core"), 3, 3, {QStringLiteral("edge"), QStringLiteral("prod")}, true}});
        QCOMPARE(column(model), (QStringList{QStringLiteral("core"), QStringLiteral("new")})); // base was deleted
        QVERIFY(model.hasTags());
        const QModelIndex marked = model.indexOf(QStringLiteral("core"));
        QCOMPARE(marked.data(models::BelowRole).toString(), QStringLiteral("archived, edge, prod"));
        QVERIFY(marked.data(models::ConfigListModel::ArchivedRole).toBool());
    }

    void hitsStayInTheirOrder()
    {
        models::HitModel model;
        const QAbstractItemModelTester tester(&model, Mode::QtTest);
        const auto hit = [](int version, int line) {
            return app::ConfigHit{QStringLiteral("base"), version, QStringLiteral("a.yaml"), line,
                                  QStringLiteral("  debug: {}")};
        };
        model.show({hit(3, 2), hit(1, 7)});
        QCOMPARE(column(model), (QStringList{QStringLiteral("base@3"), QStringLiteral("base@1")}));
        QCOMPARE(column(model, 1), (QStringList{QStringLiteral("a.yaml, line 2"), QStringLiteral("a.yaml, line 7")}));
        QCOMPARE(model.index(1, 0).data(models::HitModel::LineRole).toInt(), 7);
        model.show({hit(1, 7), hit(1, 9)});
        QCOMPARE(column(model, 2), (QStringList{QStringLiteral("debug: {}"), QStringLiteral("debug: {}")}));
        model.show({});
        QCOMPARE(model.rowCount(), 0);
    }

    void versionsNewestFirst()
    {
        models::VersionModel model;
        const QAbstractItemModelTester tester(&model, Mode::QtTest);
        const auto version = [](int number) {
            return domain::ConfigVersion{{QStringLiteral("base"), number, {}}, QStringLiteral("m"), {}, someTime};
        };
        model.show({version(1), version(2)});
        const QPersistentModelIndex second(model.indexOf(2));
        model.show({version(1), version(2), version(3)});
        QCOMPARE(column(model), (QStringList{QStringLiteral("3"), QStringLiteral("2"), QStringLiteral("1")}));
        QCOMPARE(second.row(), 1);
        model.show({});
        QCOMPARE(model.rowCount(), 0);
    }

    void eventsAreBounded()
    {
        models::EventModel model(nameOf);
        const QAbstractItemModelTester tester(&model, Mode::QtTest);
        const auto event = [](int number) {
            return domain::Event{number,  someTime + std::chrono::seconds(number), QStringLiteral("config_saved"),
                                 idOf(1), QStringLiteral("event %1").arg(number),  QStringLiteral("operator")};
        };
        domain::Event live = event(9);
        live.number = 0; // told before it was stored
        model.add(live);
        std::vector<domain::Event> history;
        for (int i = 0; i < 10; ++i)
            history.push_back(event(i));
        model.addHistory(history);
        QCOMPARE(model.rowCount(), 10);
        QCOMPARE(column(model, 3).front(), QStringLiteral("event 9"));
        QCOMPARE(column(model, 3).back(), QStringLiteral("event 0"));
        QCOMPARE(column(model, 1).front(), QStringLiteral("Config saved"));
    }

    void eventsForgetTheOldest()
    {
        models::EventModel model(nameOf);
        for (int i = 0; i <= models::EventModel::most; ++i)
            model.add({0, someTime, QStringLiteral("k"), {}, QString::number(i), {}});
        QCOMPARE(model.rowCount(), models::EventModel::most);
        QCOMPARE(column(model, 3).back(), QStringLiteral("1"));
    }

    void anEventsLineHasNoTricks()
    {
        const domain::Event event{1, someTime, QStringLiteral("k"), {}, QStringLiteral("a\tb\nc\u202e"), {}};
        const QString line = models::eventLine(event, QStringLiteral("gw\n1"));
        QCOMPARE(line.count(u'\t'), 4);
        QVERIFY(!line.contains(u'\n'));
        QVERIFY(!line.contains(QChar(0x202e)));
    }

    // A gateway's text is pasted into spreadsheets, too.
    void whatIsCopiedIsNoFormula()
    {
        const domain::Event event{
            1, someTime, QStringLiteral("k"), {}, QStringLiteral("=HYPERLINK(\"http://x\")"), QStringLiteral("@by")};
        QCOMPARE(models::eventLine(event, QStringLiteral("-1")).section(u'\t', 1),
                 QStringLiteral("k\t'-1\t'=HYPERLINK(\"http://x\")\t'@by"));
        QCOMPARE(models::plainCell(QStringLiteral("a\tb\nc")), QStringLiteral("a b c"));
        QCOMPARE(models::plainCell({}), QString());
    }

    void previewCounts()
    {
        models::PreviewModel model;
        const QAbstractItemModelTester tester(&model, Mode::QtTest);
        using domain::Verdict;
        model.show({{idOf(1), QStringLiteral("a"), true, {Verdict::Ok, {}}},
                    {idOf(2), QStringLiteral("b"), false, {Verdict::Offline, QStringLiteral("later")}},
                    {idOf(3), QStringLiteral("c"), true, {Verdict::LacksComponent, QStringLiteral("kafka")}}});
        QCOMPARE(model.reach(false), 2);
        QCOMPARE(model.reach(true), 3);
        QCOMPARE(model.counts().size(), size_t(3));
        const QPersistentModelIndex b(model.index(1, 0));
        model.show({{idOf(2), QStringLiteral("b"), true, {Verdict::Ok, {}}}});
        QCOMPARE(b.row(), 0);
        model.clear();
        QCOMPARE(model.reach(true), 0);
    }

    void problemsKeepTheirPlace()
    {
        using collector::Problem;
        using collector::Severity;
        models::ProblemModel model;
        const QAbstractItemModelTester tester(&model, Mode::QtTest);
        const Problem error{Severity::Error, 30, 29, {}, QStringLiteral("exporter debgu is not defined"), {}};
        const Problem warning{Severity::Warning, 18, 3, {}, QStringLiteral("unused"), {}};
        model.show({warning, error, error});
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.errorCount(), 1);
        QCOMPARE(column(model), (QStringList{QStringLiteral("18:3"), QStringLiteral("30:29")}));
        const QPersistentModelIndex kept(model.index(1, 0));
        model.show({error});
        QCOMPARE(kept.row(), 0);
        QCOMPARE(kept.data(models::ProblemModel::LineRole).toInt(), 30);
    }

    void randomListsAreReconciled()
    {
        // Any list into any other, order included: the model ends equal and persistent indexes stay on their rows.
        QRandomGenerator random(7);
        models::TargetModel model(nameOf);
        const QAbstractItemModelTester tester(&model, Mode::QtTest);
        for (int round = 0; round < 200; ++round) {
            std::vector<int> numbers;
            for (int i = 0; i < 30; ++i) {
                if (random.bounded(2) == 0)
                    numbers.push_back(i);
            }
            if (round % 3 == 0)
                std::shuffle(numbers.begin(), numbers.end(), random);
            domain::Rollout rollout = rolloutOf(QStringLiteral("a"), 0);
            for (const int number : numbers) {
                domain::RolloutTarget target;
                target.gateway = idOf(number);
                target.step = static_cast<domain::TargetStep>(random.bounded(11));
                rollout.targets.push_back(target);
            }
            QList<std::pair<QPersistentModelIndex, QByteArray>> watched;
            for (int row = 0; row < model.rowCount(); ++row) {
                const QModelIndex index = model.index(row, 0);
                watched.append({index, index.data(models::IdRole).toByteArray()});
            }
            model.show(std::make_shared<const domain::Rollout>(rollout), someTime);
            QCOMPARE(model.rowCount(), static_cast<int>(numbers.size()));
            for (size_t i = 0; i < numbers.size(); ++i) {
                QCOMPARE(model.rows()[i].target, rollout.targets[i]);
            }
            for (const auto &[index, id] : watched) {
                if (index.isValid())
                    QCOMPARE(index.data(models::IdRole).toByteArray(), id);
                else
                    QVERIFY(std::ranges::none_of(numbers, [&](int n) { return idOf(n).bytes() == id; }));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestListModels)
#include "tst_listmodels.moc"
