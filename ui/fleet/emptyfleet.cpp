// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/emptyfleet.h"

#include "ui/widgets/emptystate.h"

#include <QCoreApplication>

namespace flowgate::ui {

namespace {

struct EmptyFleet
{
    Q_DECLARE_TR_FUNCTIONS(flowgate::EmptyFleet)
};

} // namespace

void showEmptyFleet(EmptyState &page, bool hasGateways, const QStringList &endpoints)
{
    if (hasGateways) {
        page.show(EmptyFleet::tr("No gateway matches"), EmptyFleet::tr("Nothing in the fleet fits this filter."),
                  EmptyFleet::tr("Show all"));
        page.setCode({});
        return;
    }
    page.show(EmptyFleet::tr("No gateway yet"),
              EmptyFleet::tr("Gateways connect by themselves: put this address into the server section of a "
                             "supervisor's supervisor.yaml as the endpoint, and it appears here."));
    page.setCode(endpoints.join(u'\n'));
}

} // namespace flowgate::ui
