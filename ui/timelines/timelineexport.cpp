// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timelines/timelineexport.h"

#include "ui/common/errortext.h"
#include "ui/common/metrics.h"
#include "ui/models/rowtext.h"
#include "ui/timelines/timelinepainter.h"
#include "ui/workspace.h"

#include <QPainter>

#include <limits>

namespace flowgate::ui {

namespace {

constexpr size_t atOnce = 50;

QStringList lineOf(const ExportedGateway &gateway, const domain::DrawnSpan &drawn)
{
    const domain::Span &span = drawn.span;
    return {domain::uuidText(gateway.id),
            gateway.name,
            domain::word(span.kind),
            span.part,
            span.state,
            domain::rfc3339(span.from),
            span.to ? domain::rfc3339(*span.to) : QString(),
            span.detail,
            QString()};
}

QStringList lineOf(const ExportedGateway &gateway, const domain::Event &event)
{
    return {domain::uuidText(gateway.id),
            gateway.name,
            QStringLiteral("event"),
            QString(),
            event.kind,
            domain::rfc3339(event.at),
            domain::rfc3339(event.at),
            event.text,
            event.by};
}

} // namespace

TimelineExport::TimelineExport(Workspace &workspace, std::vector<ExportedGateway> gateways, const QString &path,
                               QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_gateways(std::move(gateways))
    , m_window{workspace.timeWindow().from(), workspace.timeWindow().to(), domain::milliseconds(1)}
    , m_file(path)
{
}

TimelineExport *TimelineExport::toCsv(Workspace &workspace, std::vector<ExportedGateway> gateways, const QString &path,
                                      QObject *parent)
{
    return new TimelineExport(workspace, std::move(gateways), path, parent);
}

void TimelineExport::start()
{
    if (!m_file.open(QIODevice::WriteOnly))
        return end(m_file.errorString());
    m_file.write(models::csvText({{QStringLiteral("gateway"), QStringLiteral("name"), QStringLiteral("kind"),
                                   QStringLiteral("part"), QStringLiteral("state"), QStringLiteral("from"),
                                   QStringLiteral("to"), QStringLiteral("detail"), QStringLiteral("by")}})
                     .toUtf8());
    next();
}

void TimelineExport::next()
{
    if (m_done >= m_gateways.size())
        return end(m_file.commit() ? QString() : m_file.errorString());
    app::TimelineWish wish{{}, m_window, true, std::numeric_limits<int>::max()};
    for (size_t i = m_done; i < std::min(m_done + atOnce, m_gateways.size()); ++i)
        wish.gateways.push_back(m_gateways[i].id);
    m_workspace.operations().timelines(this, wish, [this](const app::Outcome<std::vector<domain::Timeline>> &some) {
        if (!some)
            return end(common::text(some.error()));
        write(*some);
        Q_EMIT progressed(static_cast<int>(m_done), static_cast<int>(m_gateways.size()));
        next();
    });
}

void TimelineExport::write(const std::vector<domain::Timeline> &timelines)
{
    std::vector<QStringList> lines;
    for (const domain::Timeline &timeline : timelines) {
        const ExportedGateway &gateway = m_gateways[m_done++];
        for (const domain::DrawnSpan &drawn : timeline.spans)
            lines.push_back(lineOf(gateway, drawn));
        for (const domain::Event &event : timeline.marks)
            lines.push_back(lineOf(gateway, event));
    }
    if (!lines.empty())
        m_file.write(models::csvText(lines).toUtf8());
}

void TimelineExport::end(const QString &trouble)
{
    Q_EMIT finished(trouble);
    deleteLater();
}

QImage timelineImage(const std::vector<models::TimelineRow> &rows, const domain::TimelineWindow &window,
                     const QString &title, const common::Theme &theme, const QFont &font, int width, int rowHeight)
{
    const int names = common::scaled(180, font);
    const int head = 2 * rowHeight + common::space::small;
    QImage image(width, head + static_cast<int>(rows.size()) * rowHeight + common::space::small,
                 QImage::Format_ARGB32_Premultiplied);
    if (image.isNull())
        return image;
    image.fill(theme.window);
    QPainter painter(&image);
    painter.setFont(font);
    const TimelinePainter timelines(theme, font);
    const TimeScale scale{window.from, window.to, double(names), double(width - names - common::space::page)};
    painter.setPen(theme.text);
    painter.drawText(QRect(common::space::page, 0, width, rowHeight), Qt::AlignLeft | Qt::AlignVCenter, title);
    timelines.drawAxis(painter, QRectF(scale.left, rowHeight, scale.width, rowHeight + common::space::small), scale,
                       {});
    for (size_t i = 0; i < rows.size(); ++i) {
        const int top = head + static_cast<int>(i) * rowHeight;
        painter.setPen(theme.text);
        const QRect name(common::space::page, top, names - common::space::large, rowHeight);
        painter.drawText(name, Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(rows[i].name, Qt::ElideRight, name.width()));
        timelines.drawRow(painter, QRectF(scale.left, top, scale.width, rowHeight - 1), scale, rows[i]);
        painter.setPen(theme.line);
        painter.drawLine(common::space::page, top + rowHeight - 1, width - common::space::page, top + rowHeight - 1);
    }
    return image;
}

} // namespace flowgate::ui
