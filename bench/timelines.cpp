// SPDX-License-Identifier: GPL-3.0-or-later
// bench-timelines: 1,000,000 spans of 10,000 gateways; what a day of 1,000 of them costs to read and to draw by the
// pixel, against reading every span; what a screen of 40 costs; and one gateway that has 200,000 spans alone.
// Run with QT_QPA_PLATFORM=offscreen.
#include "store/database.h"
#include "store/opening.h"
#include "store/sql.h"
#include "tests/ui/fakes.h"
#include "ui/timelines/timelineexport.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTemporaryDir>

#include <cstdio>

using namespace flowgate;
using namespace flowgate::tests;
using namespace std::chrono_literals;

namespace {

constexpr int fleet = 10'000;
constexpr int spansEach = 100;
constexpr int drawn = 1000;
constexpr int screen = 40;
constexpr int flapping = 200'000;
constexpr int pixels = 1600;
const domain::WallTime end = someTime;
const domain::WallTime start = end - 24h;

/// A day of one gateway, @p count spans of its health; every tenth is a failure.
void addDay(store::Database &database, const domain::GatewayId &id, int count, QRandomGenerator &random)
{
    domain::Gateway gateway;
    gateway.id = id;
    if (!database.gateways.put(gateway))
        qFatal("not stored");
    const domain::milliseconds each = domain::milliseconds(24h) / count;
    for (int i = 0; i < count; ++i) {
        const domain::WallTime from = start + i * each;
        const QString state = i % 10 == 9  ? QStringLiteral("unhealthy")
                              : i % 2 == 0 ? QStringLiteral("healthy")
                                           : QStringLiteral("starting");
        const domain::milliseconds length = each * random.bounded(50, 100) / 100;
        if (!database.spans.insert(id, {domain::SpanKind::Health, state, from, from + length, {}, {}}))
            qFatal("not stored");
    }
}

struct Read
{
    double ms = 0;
    size_t spans = 0;
    std::vector<models::TimelineRow> rows;
};

Read readDrawn(store::Database &database, int first, int count)
{
    Read read;
    QElapsedTimer time;
    time.start();
    for (int i = first; i < first + count; ++i) {
        const auto spans = database.spans.drawn(idOf(i), {start, end, domain::milliseconds(24h) / pixels});
        domain::Timeline timeline{idOf(i), *spans, {}};
        read.spans += spans->size();
        models::TimelineRow row;
        row.name = QStringLiteral("gw-%1").arg(i);
        row.lanes = models::lanesOf(timeline, {domain::SpanKind::Health});
        read.rows.push_back(std::move(row));
    }
    read.ms = double(time.nsecsElapsed()) / 1e6;
    return read;
}

Read readAll(store::Database &database, int first, int count)
{
    Read read;
    QElapsedTimer time;
    time.start();
    for (int i = first; i < first + count; ++i)
        read.spans += database.spans.since(idOf(i), start)->size();
    read.ms = double(time.nsecsElapsed()) / 1e6;
    return read;
}

double drawMs(const std::vector<models::TimelineRow> &rows)
{
    QElapsedTimer time;
    time.start();
    const QImage image = ui::timelineImage(rows, {start, end, domain::milliseconds(24h) / pixels}, QString(),
                                           common::lightTheme(), QFont(), pixels, 22);
    if (image.isNull())
        qFatal("no picture");
    return double(time.nsecsElapsed()) / 1e6;
}

void tell(const char *what, const Read &byPixel, const Read &bySpan)
{
    std::printf("%s: read %zu drawn spans in %.1f ms, draw them in %.1f ms; every one of %zu: read in %.1f ms (%.2f)\n",
                what, byPixel.spans, byPixel.ms, drawMs(byPixel.rows), bySpan.spans, bySpan.ms, byPixel.ms / bySpan.ms);
}

} // namespace

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    const QTemporaryDir folder;
    const domain::SystemClock clock;
    auto opened = store::openDatabase(folder.path(), QStringLiteral("flowgate.db"), clock);
    store::Database database(*opened->sql);
    QRandomGenerator random(1);
    for (int first = 0; first < fleet; first += 500) {
        auto transaction = store::Transaction::begin(*opened->sql);
        for (int i = first; i < first + 500; ++i)
            addDay(database, idOf(i), spansEach, random);
        if (!transaction->commit())
            qFatal("not stored");
    }
    auto transaction = store::Transaction::begin(*opened->sql);
    addDay(database, idOf(fleet), flapping, random);
    if (!transaction->commit())
        qFatal("not stored");
    std::printf("%d gateways with %d spans each, a day, %d pixels\n", fleet, spansEach, pixels);
    readDrawn(database, 5000, screen); // warm
    tell("a screen of 40", readDrawn(database, 3000, screen), readAll(database, 3000, screen));
    tell("1,000 gateways", readDrawn(database, 0, drawn), readAll(database, 0, drawn));
    tell("one with 200,000 spans", readDrawn(database, fleet, 1), readAll(database, fleet, 1));
    return 0;
}
