// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/pipelineview.h"

#include "ui/common/theme.h"
#include "ui/graph/pipelinecanvas.h"
#include "ui/widgets/asking.h"
#include "ui/widgets/labels.h"

#include <QAction>
#include <QFileDialog>
#include <QImage>
#include <QPainter>
#include <QScrollArea>
#include <QSvgGenerator>
#include <QVBoxLayout>

namespace flowgate::ui {

PipelineView::PipelineView(QWidget *parent)
    : QWidget(parent)
    , m_note(new PlainLabel(this, TextKind::Quiet))
    , m_scroll(new QScrollArea(this))
    , m_canvas(new PipelineCanvas)
{
    m_scroll->setWidget(m_canvas);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusProxy(m_canvas);
    m_scroll->setAccessibleName(tr("Pipelines"));
    setFocusProxy(m_canvas);
    m_note->setWordWrap(true);
    m_note->setContentsMargins(common::space::page, common::space::small, common::space::page, 0);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_note);
    layout->addWidget(m_scroll, 1);
    auto *save = new QAction(tr("Save the picture…"), this);
    connect(save, &QAction::triggered, this, &PipelineView::askForFile);
    m_canvas->addAction(save);
    m_canvas->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(m_canvas, &PipelineCanvas::chosen, this, [this](int node) {
        const collector::GraphNode &one = graph().nodes[size_t(node)];
        if (one.line > 0)
            Q_EMIT lineRequested(one.file, one.line);
    });
    connect(m_canvas, &PipelineCanvas::currentChanged, this, [this] {
        if (m_canvas->current() < 0)
            return;
        const QRect box = m_canvas->boxOf(m_canvas->current());
        m_scroll->ensureVisible(box.center().x(), box.center().y(), box.width(), box.height());
    });
    show(collector::PipelineGraph());
}

const collector::PipelineGraph &PipelineView::graph() const
{
    return m_canvas->graph();
}

void PipelineView::show(const collector::PipelineGraph &graph)
{
    // What breaks off half way would seem to lack what comes behind the mistake.
    m_stale = !graph.complete && !this->graph().lanes.empty();
    if (!m_stale)
        m_canvas->setGraph(graph);
    m_note->setText(m_stale
                        ? tr("The text cannot be read as it is: these are the pipelines of the last text that could.")
                    : this->graph().lanes.empty() ? tr("Pipelines are drawn here as they are written.")
                                                  : QString());
    m_note->setVisible(!m_note->text().isEmpty());
    m_canvas->fitTo(m_scroll->viewport()->width());
}

void PipelineView::setCaptions(std::vector<BoxCaption> captions)
{
    m_canvas->setCaptions(std::move(captions));
    m_canvas->fitTo(m_scroll->viewport()->width());
}

int PipelineView::heightAt(int width)
{
    m_canvas->fitTo(width);
    return m_canvas->height() + (m_note->isHidden() ? 0 : m_note->sizeHint().height());
}

void PipelineView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_canvas->fitTo(m_scroll->viewport()->width());
}

void PipelineView::follow(const QString &file, int line)
{
    if (!m_stale)
        m_canvas->setCurrent(graph().nodeAt(file, line));
}

bool PipelineView::writePicture(const QString &path) const
{
    const GraphMetrics metrics = m_canvas->metrics();
    const QSize size = metrics.size(graph()).toSize();
    const common::Theme &theme = common::lightTheme(); // pictures end up in documents
    if (path.endsWith(QStringLiteral(".svg"), Qt::CaseInsensitive)) {
        QSvgGenerator svg;
        svg.setFileName(path);
        svg.setSize(size);
        svg.setViewBox(QRect(QPoint(), size));
        QPainter painter;
        if (!painter.begin(&svg))
            return false;
        paintGraph(painter, graph(), m_canvas->captions(), metrics, theme, -1);
        return painter.end();
    }
    QImage picture(2 * size, QImage::Format_ARGB32_Premultiplied);
    if (picture.isNull())
        return false;
    picture.fill(theme.window);
    QPainter painter(&picture);
    painter.scale(2, 2);
    paintGraph(painter, graph(), m_canvas->captions(), metrics, theme, -1);
    painter.end();
    return picture.save(path);
}

void PipelineView::askForFile()
{
    auto *dialog = new QFileDialog(this, tr("Save the picture"), {}, tr("Pictures (*.svg *.png)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("svg"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        if (!writePicture(path))
            tell(this, tr("The picture was not saved"), tr("%1 cannot be written.").arg(path));
    });
    dialog->open();
}

} // namespace flowgate::ui
