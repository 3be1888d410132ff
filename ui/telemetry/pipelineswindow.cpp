// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/telemetry/pipelineswindow.h"

#include "collector/effectiveconfig.h"
#include "ui/common/errortext.h"
#include "ui/common/theme.h"
#include "ui/common/visibletext.h"
#include "ui/graph/pipelineview.h"
#include "ui/models/componentflow.h"
#include "ui/widgets/labels.h"
#include "ui/workspace.h"

#include <QVBoxLayout>

namespace flowgate::ui {

namespace {

constexpr int everySeconds = 5;
constexpr std::chrono::minutes lookedBack{10}; // enough for two points of any metric

} // namespace

PipelinesWindow::PipelinesWindow(Workspace &workspace, const app::GatewayPtr &gateway, QWidget *parent)
    : QDialog(parent)
    , m_workspace(workspace)
    , m_gateway(gateway->id)
    , m_note(new PlainLabel(this, TextKind::Quiet))
    , m_view(new PipelineView(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Pipelines of %1").arg(common::oneLine(domain::displayName(*gateway), 80)));
    setWindowFlag(Qt::WindowMaximizeButtonHint);
    resize(900, 420);
    m_note->setWordWrap(true);
    m_note->setContentsMargins(common::space::page, common::space::page, common::space::page, 0);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_note);
    layout->addWidget(m_view, 1);
    connect(&workspace, &Workspace::second, this, [this] {
        if (isVisible() && ++m_seconds % everySeconds == 0)
            load();
    });
    load();
}

void PipelinesWindow::load()
{
    m_workspace.operations().effective(this, m_gateway, [this](const app::Outcome<domain::ConfigSet> &config) {
        if (!config)
            return m_note->setText(common::text(config.error()));
        m_graph = collector::pipelineGraph(collector::outline(collector::readEffective(*config).tree));
        draw();
    });
    const domain::WallTime now = m_workspace.now();
    m_workspace.operations().metrics(this, {m_gateway, {}, now - lookedBack, now},
                                     [this](const app::Outcome<std::vector<telemetry::Series>> &series) {
                                         m_series = series ? *series : std::vector<telemetry::Series>();
                                         draw();
                                     });
}

void PipelinesWindow::draw()
{
    const std::vector<models::ComponentFlow> flows = models::flowsOf(m_graph, m_series, m_workspace.now());
    std::vector<BoxCaption> captions;
    bool isKnown = false;
    for (const models::ComponentFlow &flow : flows) {
        captions.push_back({flow.text, flow.isTrouble});
        isKnown = isKnown || !flow.text.isEmpty();
    }
    m_view->show(m_graph);
    m_view->setCaptions(std::move(captions));
    m_note->setText(isKnown ? tr("What it runs, with what goes through by its own metrics of the last minutes.")
                            : tr("What it runs. Numbers come with its own metrics, once a minute."));
}

} // namespace flowgate::ui
