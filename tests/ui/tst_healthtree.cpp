// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/tone.h"
#include "ui/models/healthtreemodel.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace flowgate;
using common::Tone;
using domain::ComponentHealth;
using models::HealthTreeModel;
using Mode = QAbstractItemModelTester::FailureReportingMode;

namespace {

ComponentHealth healthy()
{
    return {true, 1, {}, QStringLiteral("StatusOK"), 0, {}};
}

ComponentHealth failing(const QString &error)
{
    return {false, 0, error, QStringLiteral("StatusPermanentError"), 0, {}};
}

/// The tree as text, a line a node: what a person would see.
QString picture(const HealthTreeModel &model, const QModelIndex &parent = {}, int depth = 0)
{
    static const QString marks = QStringLiteral("+!x~?");
    QString text;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex at = model.index(row, 0, parent);
        text += QString(depth, u' ') + marks.at(at.data(models::ToneRole).toInt()) + at.data().toString() + u'\n';
        text += picture(model, at, depth + 1);
    }
    return text;
}

ComponentHealth randomTree(QRandomGenerator &random, int depth)
{
    ComponentHealth health = random.bounded(3) == 0 ? failing(QStringLiteral("e")) : healthy();
    for (int i = depth > 0 ? random.bounded(5) : 0; i > 0; --i)
        health.components[QString(QChar(u'a' + random.bounded(8)))] = randomTree(random, depth - 1);
    return health;
}

QString pictureOf(const QString &name, const ComponentHealth &health)
{
    HealthTreeModel model;
    model.show("x", name, &health);
    return picture(model);
}

} // namespace

class TestHealthTree final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsTheTreeAndFindsTheFailure()
    {
        ComponentHealth root = failing({});
        root.components[QStringLiteral("extensions")] = healthy();
        ComponentHealth pipeline{false, 0, {}, {}, 0, {}};
        pipeline.components[QStringLiteral("exporter:otlp")] = failing(QStringLiteral("connection refused"));
        pipeline.components[QStringLiteral("receiver:otlp")] = {false, 0, {}, {}, 0, {}};
        root.components[QStringLiteral("pipeline:logs")] = pipeline;
        HealthTreeModel model;
        const QAbstractItemModelTester tester(&model, Mode::QtTest);
        model.show("1", QStringLiteral("gw-1"), &root);
        QCOMPARE(picture(model), QStringLiteral("xgw-1\n +extensions\n xpipeline:logs\n  xexporter:otlp\n"
                                                "  ?receiver:otlp\n"));
        QCOMPARE(model.failing().data().toString(), QStringLiteral("exporter:otlp"));
        QCOMPARE(model.failing().data(models::QuietRole).toString(), QStringLiteral("connection refused"));
    }

    void aStartingCollectorIsNoAlarm()
    {
        const ComponentHealth starting{false, 0, {}, QStringLiteral("StatusStarting"), 0, {}};
        const ComponentHealth first{false, 0, {}, {}, 0, {}};
        QCOMPARE(pictureOf(QStringLiteral("g"), starting), QStringLiteral("~g\n"));
        QCOMPARE(pictureOf(QStringLiteral("g"), first), QStringLiteral("?g\n"));
    }

    void noReportIsAnEmptyTree()
    {
        HealthTreeModel model;
        const QAbstractItemModelTester tester(&model, Mode::QtTest);
        const ComponentHealth root = healthy();
        model.show("1", QStringLiteral("g"), &root);
        QCOMPARE(model.rowCount(), 1);
        model.show("1", QStringLiteral("g"), nullptr);
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(!model.failing().isValid());
        model.show("1", QStringLiteral("g"), &root);
        QCOMPARE(model.rowCount(), 1);
    }

    void aNewReportKeepsWhatIsThere()
    {
        ComponentHealth root = healthy();
        root.components[QStringLiteral("b")] = healthy();
        root.components[QStringLiteral("d")] = healthy();
        HealthTreeModel model;
        const QAbstractItemModelTester tester(&model, Mode::QtTest);
        model.show("1", QStringLiteral("g"), &root);
        const QPersistentModelIndex d(model.index(1, 0, model.index(0, 0)));
        QSignalSpy resets(&model, &HealthTreeModel::modelReset);
        root.components[QStringLiteral("a")] = healthy();
        root.components.erase(QStringLiteral("b"));
        root.components[QStringLiteral("d")] = failing(QStringLiteral("no"));
        model.show("1", QStringLiteral("g"), &root);
        QCOMPARE(resets.count(), 0);
        QVERIFY(d.isValid());
        QCOMPARE(d.data().toString(), QStringLiteral("d"));
        QCOMPARE(d.data(models::ToneRole).toInt(), static_cast<int>(Tone::Bad));
        model.show("2", QStringLiteral("h"), &root);
        QCOMPARE(resets.count(), 1);
    }

    void aReportDeepAsTheSeaIsCut()
    {
        ComponentHealth root = healthy();
        for (int i = 0; i < 90; ++i) {
            ComponentHealth above = healthy();
            above.components[QStringLiteral("c")] = root;
            root = above;
        }
        HealthTreeModel model;
        model.show("1", QStringLiteral("g"), &root);
        QModelIndex at = model.index(0, 0);
        int levels = 1;
        for (; model.rowCount(at) > 0; ++levels)
            at = model.index(0, 0, at);
        QCOMPARE(levels, 61);
    }

    void randomReportsKeepTheModelsRules()
    {
        QRandomGenerator random(99);
        HealthTreeModel model;
        const QAbstractItemModelTester tester(&model, Mode::QtTest);
        for (int round = 0; round < 150; ++round) {
            const ComponentHealth health = randomTree(random, 3);
            model.show("1", QStringLiteral("g"), &health);
            QCOMPARE(picture(model), pictureOf(QStringLiteral("g"), health));
        }
    }
};

QTEST_GUILESS_MAIN(TestHealthTree)
#include "tst_healthtree.moc"
