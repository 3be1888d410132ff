// SPDX-License-Identifier: GPL-3.0-or-later
// flowgate-shots FOLDER: PNG files of every page and dialog, with 0, 3, 200 and 10,000 gateways, light and dark, small
// and large.  flowgate-shots --chosen FOLDER: the few that the documents show.  --text PERCENT, -reverse: as it says.
#include "tools/shots/admissionshots.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QElapsedTimer>
#include <QTabWidget>
#include <QTest>
#include <QTranslator>

#include <cstdio>
#include <sys/resource.h>

using namespace flowgate;

namespace {

struct Wish
{
    QDir folder;
    QList<int> counts;
    bool chosen = false;
    bool admission = false;
    int textPercent = 100;
};

const QStringList pages{QStringLiteral("fleet"),  QStringLiteral("configs"),   QStringLiteral("rollouts"),
                        QStringLiteral("events"), QStringLiteral("timelines"), QStringLiteral("settings")};

int pictures = 0;

/// What the documents show.
const QStringList chosenOnes{QStringLiteral("fleet"),
                             QStringLiteral("fleet-health"),
                             QStringLiteral("fleet-config"),
                             QStringLiteral("fleet-history"),
                             QStringLiteral("fleet-telemetry"),
                             QStringLiteral("configs"),
                             QStringLiteral("config-graph"),
                             QStringLiteral("diff-window"),
                             QStringLiteral("import-dialog"),
                             QStringLiteral("rollouts"),
                             QStringLiteral("rollout-dialog"),
                             QStringLiteral("compare-window"),
                             QStringLiteral("events"),
                             QStringLiteral("settings"),
                             QStringLiteral("pipelines-window"),
                             QStringLiteral("timelines"),
                             QStringLiteral("past"),
                             QStringLiteral("tokens"),
                             QStringLiteral("token-dialog"),
                             QStringLiteral("fleet-approval")};

void save(const QPixmap &picture, const Wish &wish, const QString &name, const QString &look)
{
    if (wish.chosen && !chosenOnes.contains(name))
        return;
    const QString path = wish.folder.filePath(name + look + QStringLiteral(".png"));
    constexpr int smallestFile = 0;
    if (!picture.save(path, "PNG", smallestFile))
        std::fprintf(stderr, "%s cannot be written\n", qPrintable(path));
    ++pictures;
}

/// Everything in one look.
void takeAll(shots::Stage &stage, const Wish &wish, const QString &look, bool withDialogs)
{
    for (int page = 0; page < pages.size(); ++page) {
        stage.showPage(page);
        stage.lookBack(pages[page] == u"timelines" ? std::chrono::hours(24) : std::chrono::hours(1));
        save(stage.picture(), wish, pages[page], look);
    }
    stage.showPage(0);
    stage.goBack(std::chrono::hours(7));
    save(stage.picture(), wish, QStringLiteral("past"), look);
    stage.goBack({});
    for (QTabWidget *tabs : stage.window().findChildren<QTabWidget *>()) {
        for (int tab = 1; withDialogs && tabs->isVisible() && tab < tabs->count(); ++tab) {
            tabs->setCurrentIndex(tab);
            QTest::qWait(200);
            save(stage.picture(), wish, QStringLiteral("fleet-%1").arg(tabs->tabText(tab).toLower()), look);
        }
        // Its button is on the last tab.
        QWidget *pipelines = withDialogs ? stage.openDialog(QStringLiteral("Live pipelines")) : nullptr;
        if (pipelines) {
            save(stage.picture(pipelines), wish, QStringLiteral("pipelines-window"), look);
            pipelines->close();
            QTest::qWait(50);
        }
        tabs->setCurrentIndex(0);
    }
    if (!withDialogs)
        return;
    stage.group(QStringLiteral("site"));
    save(stage.picture(), wish, QStringLiteral("fleet-groups"), look);
    stage.group({});
    stage.showPage(static_cast<int>(pages.indexOf(QStringLiteral("settings"))));
    stage.searchSettings(QStringLiteral("desktop"));
    save(stage.picture(), wish, QStringLiteral("settings-notices"), look);
    stage.searchSettings(QStringLiteral("Limits"));
    save(stage.picture(), wish, QStringLiteral("settings-limits"), look);
    stage.searchSettings({});
    stage.showPage(0);
    stage.chooseGateways(3);
    if (QWidget *compared = stage.openDialog(QStringLiteral("Compare 3"))) {
        save(stage.picture(compared), wish, QStringLiteral("compare-window"), look);
        compared->close();
        QTest::qWait(50);
    }
    stage.chooseGateways(0);
    takeConfigViews(stage, [&](const QPixmap &picture, const QString &name) { save(picture, wish, name, look); });
    const std::pair<QString, QString> dialogs[] = {
        {QStringLiteral("Find anything"), QStringLiteral("palette")},
        {QStringLiteral("Roll out to"), QStringLiteral("rollout-dialog")},
        {QStringLiteral("Label"), QStringLiteral("label-dialog")},
        {QStringLiteral("Open in a window"), QStringLiteral("gateway-window")},
        {QStringLiteral("Forget"), QStringLiteral("forget-dialog")},
        {QStringLiteral("New config"), QStringLiteral("new-config-dialog")},
        {QStringLiteral("Keyboard"), QStringLiteral("shortcuts-dialog")},
        {QStringLiteral("About"), QStringLiteral("about-dialog")}};
    for (const auto &[action, name] : dialogs) {
        stage.showPage(0);
        QWidget *dialog = stage.openDialog(action);
        if (!dialog) {
            std::fprintf(stderr, "no dialog: %s\n", qPrintable(name));
            continue;
        }
        save(stage.picture(dialog), wish, name, look);
        dialog->close();
        QTest::qWait(50);
    }
}

bool take(const Wish &wish, int gateways)
{
    QElapsedTimer time;
    time.start();
    shots::Stage stage(gateways);
    if (const QString missing = stage.prepare(); !missing.isEmpty()) {
        std::fprintf(stderr, "%d gateways: %s\n", gateways, qPrintable(missing));
        return false;
    }
    stage.setText(wish.textPercent);
    const auto inEachLook = [&](const std::function<void(const QString &look)> &takeThem) {
        const QList<QSize> sizes = wish.chosen ? QList{QSize(1280, 800)} : QList{QSize(1280, 800), QSize(1920, 1080)};
        for (const QSize size : sizes) {
            for (const bool dark : {false, true}) {
                stage.setLook(dark, size);
                takeThem(wish.chosen ? (dark ? QStringLiteral("-dark") : QString())
                                     : QStringLiteral("-%1-%2-%3x%4")
                                           .arg(gateways)
                                           .arg(dark ? QStringLiteral("dark") : QStringLiteral("light"))
                                           .arg(size.width())
                                           .arg(size.height()));
            }
        }
    };
    shots::AdmissionShots admission(stage);
    inEachLook([&](const QString &look) {
        if (!wish.admission)
            takeAll(stage, wish, look, wish.chosen || gateways == 3 || gateways == 200);
        admission.takeEmpty([&](const QPixmap &picture, const QString &name) { save(picture, wish, name, look); });
    });
    if (const QString missing = admission.prepare(gateways == 0 ? 0 : 3); !missing.isEmpty()) {
        std::fprintf(stderr, "%d gateways: %s\n", gateways, qPrintable(missing));
        return false;
    }
    inEachLook([&](const QString &look) {
        admission.take([&](const QPixmap &picture, const QString &name) { save(picture, wish, name, look); },
                       gateways > 0);
    });
    std::fprintf(stderr, "%d gateways: %.1f s\n", gateways, double(time.elapsed()) / 1000);
    return true;
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_NO_GLIB", "1");
    rlimit files{};
    if (getrlimit(RLIMIT_NOFILE, &files) == 0) { // a descriptor a gateway
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
    QApplication application(argc, argv);
    QApplication::setStyle(QStringLiteral("Fusion"));
    QTranslator english;
    if (english.load(QStringLiteral(":/i18n/flowgate_en.qm")))
        QCoreApplication::installTranslator(&english);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOption({QStringLiteral("chosen"), QStringLiteral("The few that the documents show.")});
    parser.addOption(
        {QStringLiteral("admission"), QStringLiteral("Only tokens, and gateways that wait for approval.")});
    parser.addOption(
        {QStringLiteral("count"), QStringLiteral("Gateways instead of 0, 3, 200 and 10000."), QStringLiteral("N")});
    parser.addOption({QStringLiteral("text"), QStringLiteral("Size of text, 100 to 200."), QStringLiteral("PERCENT"),
                      QStringLiteral("100")});
    parser.addPositionalArgument(QStringLiteral("FOLDER"), QStringLiteral("Where the pictures go."));
    parser.process(application);
    if (parser.positionalArguments().size() != 1)
        parser.showHelp(2);
    Wish wish;
    wish.folder.setPath(parser.positionalArguments().front());
    wish.chosen = parser.isSet(QStringLiteral("chosen"));
    wish.admission = parser.isSet(QStringLiteral("admission"));
    wish.textPercent = parser.value(QStringLiteral("text")).toInt();
    wish.counts = wish.chosen ? QList<int>{12} : QList<int>{0, 3, 200, 10'000};
    if (parser.isSet(QStringLiteral("count")))
        wish.counts = {parser.value(QStringLiteral("count")).toInt()};
    if (!wish.folder.mkpath(QStringLiteral(".")))
        return 1;
    bool all = true;
    for (const int count : wish.counts)
        all = take(wish, count) && all;
    std::fprintf(stderr, "%d pictures in %s\n", pictures, qPrintable(wish.folder.path()));
    return all ? 0 : 1;
}
