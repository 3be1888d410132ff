// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/configtab.h"

#include "domain/standing.h"
#include "ui/common/errortext.h"
#include "ui/common/relativetime.h"
#include "ui/common/theme.h"
#include "ui/common/visibletext.h"
#include "ui/common/words.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/yamleditor.h"
#include "ui/workspace.h"

#include <QHeaderView>
#include <QSplitter>
#include <QTableWidget>
#include <QVBoxLayout>

namespace flowgate::ui {

namespace {

constexpr int mostDifferences = 200;
constexpr qsizetype mostText = 2'000'000;

/// All files one below the other. Read-only, so a name may stand between them as a comment.
QString textOf(const domain::ConfigSet &config)
{
    QString text;
    for (const auto &[name, file] : config.files) {
        if (config.files.size() > 1)
            text += QStringLiteral("# %1\n").arg(name.isEmpty() ? ConfigTab::tr("(no name)") : common::oneLine(name));
        text += common::manyLines(QString::fromUtf8(file.body.left(mostText)), static_cast<int>(mostText));
        if (!text.endsWith(u'\n'))
            text += u'\n';
    }
    return text;
}

QWidget *titled(PlainLabel *title, YamlEditor *view, const QString &name)
{
    auto *box = new QWidget;
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, common::space::small, 0, 0);
    layout->setSpacing(common::space::tiny);
    view->makeView();
    view->setAccessibleName(name);
    view->setMinimumHeight(80);
    title->setContentsMargins(common::space::page, 0, common::space::page, 0);
    layout->addWidget(title);
    layout->addWidget(view, 1);
    return box;
}

} // namespace

ConfigTab::ConfigTab(Workspace &workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_state(new StatusLabel(this))
    , m_why(new PlainLabel(this, TextKind::Mono))
    , m_differences(new QTableWidget(0, 3, this))
    , m_wantedTitle(new PlainLabel(this, TextKind::Section))
    , m_effectiveTitle(new PlainLabel(this, TextKind::Section))
    , m_wanted(new YamlEditor(this))
    , m_effective(new YamlEditor(this))
{
    m_differences->setAccessibleName(tr("Differences"));
    m_differences->setHorizontalHeaderLabels({tr("Where"), tr("Wanted"), tr("Effective")});
    m_differences->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_differences->horizontalHeader()->setHighlightSections(false);
    m_differences->verticalHeader()->hide();
    m_differences->setShowGrid(false);
    m_differences->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_differences->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_differences->setTabKeyNavigation(false);
    m_differences->setMaximumHeight(180);
    m_differences->hide();
    auto *both = new QSplitter(Qt::Vertical, this);
    both->setObjectName(QStringLiteral("configTabSplit"));
    both->addWidget(titled(m_wantedTitle, m_wanted, tr("Wanted config")));
    both->addWidget(titled(m_effectiveTitle, m_effective, tr("Effective config")));
    both->setChildrenCollapsible(false);

    auto *top = new QWidget(this);
    auto *topLayout = new QVBoxLayout(top);
    topLayout->setContentsMargins(common::space::page, common::space::page, common::space::page, 0);
    topLayout->setSpacing(common::space::small);
    topLayout->addWidget(m_state);
    topLayout->addWidget(m_why);
    topLayout->addWidget(m_differences);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(top);
    layout->addWidget(both, 1);
}

void ConfigTab::show(const app::GatewayPtr &gateway)
{
    if (!m_gateway || m_gateway->id != gateway->id) {
        m_wantedShown = {};
        m_effectiveShown = {};
        m_wanted->clear();
        m_effective->clear();
    }
    m_gateway = gateway;
    showState();
    showDifferences();
    loadWanted();
    loadEffective();
}

void ConfigTab::showState()
{
    const domain::Gateway &gateway = *m_gateway;
    m_state->show(common::stateWord(gateway.config.state),
                  gateway.config.since == domain::WallTime{}
                      ? QString()
                      : tr("since %1").arg(common::clockTime(gateway.config.since, m_workspace.now())));
    m_why->setForeign(gateway.config.why);
    m_why->setVisible(!gateway.config.why.isEmpty());
    m_wantedTitle->setText(gateway.wanted ? tr("Wanted: %1").arg(common::versionText(gateway.wanted))
                                          : tr("Wanted: nothing. A rollout sets it."));
    m_effectiveTitle->setText(
        gateway.effective
            ? tr("Effective, as reported at %1").arg(common::clockTime(gateway.effective->at, m_workspace.now()))
            : tr("Effective: not reported"));
}

void ConfigTab::showDifferences()
{
    const std::optional<domain::Containment> current =
        domain::isContainmentCurrent(*m_gateway) ? m_gateway->containment : std::nullopt;
    if (current == m_containmentShown)
        return;
    m_containmentShown = current;
    const auto &list = current ? current->differences : std::vector<domain::ConfigDifference>();
    const int count = std::min(static_cast<int>(list.size()), mostDifferences);
    m_differences->setRowCount(count);
    for (int row = 0; row < count; ++row) {
        const domain::ConfigDifference &difference = list[size_t(row)];
        const QString cells[] = {difference.path, difference.wanted,
                                 difference.effective.isNull() ? tr("missing") : difference.effective};
        for (int column = 0; column < 3; ++column) {
            auto *item = new QTableWidgetItem(common::oneLine(cells[column], 300));
            item->setToolTip(common::toolTip(cells[column]));
            m_differences->setItem(row, column, item);
        }
    }
    m_differences->setVisible(count > 0);
}

void ConfigTab::loadWanted()
{
    if (!m_gateway->wanted) {
        m_wantedShown = {};
        m_wanted->clear();
        return;
    }
    const domain::ConfigRef wanted = *m_gateway->wanted;
    if (wanted.hash == m_wantedShown)
        return;
    m_wantedShown = wanted.hash;
    m_wanted->clear();
    // An answer counts only while the same gateway wants the same version.
    m_workspace.operations().loadConfig(
        this, QStringLiteral("%1@%2").arg(wanted.config).arg(wanted.version),
        [this, id = m_gateway->id, hash = wanted.hash](const app::Outcome<Operations::Whole> &whole) {
            if (m_gateway->id == id && m_wantedShown == hash)
                m_wanted->setText(whole ? textOf(whole->files) : common::text(whole.error()));
        });
}

void ConfigTab::loadEffective()
{
    if (!m_gateway->effective) {
        m_effectiveShown = {};
        m_effective->clear();
        return;
    }
    const domain::ConfigHash hash = m_gateway->effective->value.hash;
    if (hash == m_effectiveShown)
        return;
    m_effectiveShown = hash;
    m_workspace.operations().effective(
        this, m_gateway->id, [this, id = m_gateway->id, hash](const app::Outcome<domain::ConfigSet> &config) {
            if (m_gateway->id == id && m_effectiveShown == hash)
                m_effective->setText(config ? textOf(*config) : common::text(config.error()));
        });
}

} // namespace flowgate::ui
