// SPDX-License-Identifier: GPL-3.0-or-later
// bench-fleettable: what an update of a tenth of 10,000 rows costs the shown fleet table, against one of all rows.
// Run with QT_QPA_PLATFORM=offscreen.
#include "domain/clock.h"
#include "tests/ui/fakeoperations.h"
#include "tests/ui/fakes.h"
#include "ui/fleet/fleetpage.h"
#include "ui/workspace.h"

#include <QApplication>
#include <QElapsedTimer>

#include <cstdio>

using namespace flowgate;
using namespace flowgate::tests;

namespace {

constexpr int fleet = 10'000;
constexpr int rounds = 30;

/// @return milliseconds a round
double timeOf(ui::Workspace &workspace, int rows)
{
    QElapsedTimer time;
    time.start();
    for (int round = 0; round < rounds; ++round) {
        app::FleetDelta delta;
        for (int i = 0; i < rows; ++i) {
            domain::Gateway gateway = gatewayOf((round * 7 + i * (fleet / rows)) % fleet);
            gateway.health.state = round % 2 == 0 ? domain::HealthState::Unhealthy : domain::HealthState::Healthy;
            delta.changed.push_back(share(std::move(gateway)));
        }
        workspace.applyFleet(delta);
        QCoreApplication::processEvents();
    }
    return double(time.nsecsElapsed()) / 1e6 / rounds;
}

} // namespace

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    const domain::SystemClock clock;
    FakeOperations operations;
    ui::Workspace workspace(operations, clock);
    ui::FleetPage page(workspace, {});
    page.resize(1280, 800);
    page.show();
    workspace.applyFleet(deltaOf(0, fleet));
    QCoreApplication::processEvents();
    timeOf(workspace, fleet / 10); // warm
    const double some = timeOf(workspace, fleet / 10);
    const double all = timeOf(workspace, fleet);
    std::printf("1,000 of 10,000 rows: %.2f ms, all 10,000: %.2f ms, ratio %.2f\n", some, all, some / all);
    return 0;
}
