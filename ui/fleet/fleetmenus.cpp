// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/fleetmenus.h"

#include "app/commands/gatewayjson.h"
#include "ui/common/visibletext.h"
#include "ui/models/gatewayfacts.h"
#include "ui/models/rowtext.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/tables.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QTableView>

namespace flowgate::ui {

namespace {

constexpr qsizetype mostKeys = 60;
constexpr qsizetype mostTerms = 25;

struct FleetMenus
{
    Q_DECLARE_TR_FUNCTIONS(flowgate::FleetMenus)
};

QJsonArray jsonOf(const Gateways &gateways)
{
    QJsonArray items;
    for (const app::GatewayPtr &gateway : gateways)
        items.append(app::toJson(*gateway, false));
    return items;
}

} // namespace

void fillColumnMenu(QMenu &menu, QTableView &table, models::GatewayModel &fleet)
{
    addColumnActions(menu, table, static_cast<int>(models::GatewayColumn::Count));
    menu.addSeparator();
    QStringList keys = models::factKeys(fleet.rows());
    for (const QString &key : fleet.keys()) {
        if (!keys.contains(key))
            keys.append(key); // nobody has it now: it can be taken away all the same
    }
    for (const QString &key : keys.first(std::min(keys.size(), mostKeys))) {
        QAction *action = menu.addAction(common::menuText(key));
        action->setCheckable(true);
        action->setChecked(fleet.keys().contains(key));
        QObject::connect(action, &QAction::toggled, &table, [&fleet, key](bool shown) {
            QStringList wanted = fleet.keys();
            wanted.removeAll(key);
            if (shown)
                wanted.append(key);
            fleet.setKeys(wanted);
        });
    }
    if (keys.isEmpty()) {
        QAction *none = menu.addAction(FleetMenus::tr("Labels and attributes"));
        none->setEnabled(false);
        none->setToolTip(FleetMenus::tr("No gateway has reported any yet."));
        menu.setToolTipsVisible(true);
    }
}

void addCopyMenu(QMenu &menu, QTableView &table, const Gateways &gateways)
{
    QMenu *copy = menu.addMenu(lineIcon(QStringLiteral("copy")), FleetMenus::tr("Copy as"));
    const auto put = [](const QString &text) { QGuiApplication::clipboard()->setText(text); };
    copy->addAction(FleetMenus::tr("Text"), &table, [&table, put] { put(chosenRows(table)); });
    copy->addAction(FleetMenus::tr("CSV"), &table, [&table, put] { put(models::csvText(chosenCells(table))); });
    copy->addAction(FleetMenus::tr("JSON"), &table, [gateways, put] { put(models::jsonText(jsonOf(gateways))); });
    copy->addAction(FleetMenus::tr("YAML"), &table, [gateways, put] { put(models::yamlText(jsonOf(gateways))); });
}

void addFilterMenu(QMenu &menu, const domain::Gateway &gateway, const std::function<void(const QString &)> &use)
{
    QStringList terms;
    for (auto it = gateway.labels.cbegin(); it != gateway.labels.cend(); ++it)
        terms.append(models::selectorTerm(it.key(), it.value()));
    if (gateway.description) {
        for (const auto *list : {&gateway.description->value.identifying, &gateway.description->value.nonIdentifying}) {
            for (const domain::Attribute &attribute : *list)
                terms.append(models::selectorTerm(attribute.key, domain::attributeText(attribute.value)));
        }
    }
    terms.removeAll(QString());
    QMenu *filter = menu.addMenu(lineIcon(QStringLiteral("search")), FleetMenus::tr("Filter by"));
    filter->setEnabled(!terms.isEmpty());
    for (const QString &term : terms.first(std::min(terms.size(), mostTerms)))
        filter->addAction(common::menuText(term), filter, [use, term] { use(term); });
}

} // namespace flowgate::ui
