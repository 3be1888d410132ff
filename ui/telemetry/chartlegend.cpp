// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/telemetry/chartlegend.h"

#include "ui/common/theme.h"
#include "ui/common/visibletext.h"
#include "ui/telemetry/chartview.h"

#include <QPainter>

namespace flowgate::ui {

namespace {

constexpr int dashWidth = 14;
constexpr int gap = 14;

} // namespace

ChartLegend::ChartLegend(QWidget *parent)
    : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void ChartLegend::show(const models::Chart &chart)
{
    m_chart = chart;
    updateGeometry();
    update();
}

QString ChartLegend::textOf(size_t line) const
{
    const models::ChartLine &one = m_chart.lines[line];
    const QString value = one.samples.empty() ? QString() : models::valueText(one.samples.back().value, m_chart.unit);
    return one.name.isEmpty() ? value : common::oneLine(one.name, 60) + u' ' + value;
}

int ChartLegend::layOut(int width, std::vector<QPoint> *places) const
{
    const QFontMetrics metrics = fontMetrics();
    int x = 0;
    int y = 0;
    for (size_t i = 0; i < m_chart.lines.size(); ++i) {
        const int needed = dashWidth + common::space::tiny + metrics.horizontalAdvance(textOf(i));
        if (x > 0 && x + needed > width) {
            x = 0;
            y += metrics.height();
        }
        if (places)
            places->push_back({x, y});
        x += needed + gap;
    }
    return m_chart.lines.empty() ? 0 : y + metrics.height();
}

int ChartLegend::heightForWidth(int width) const
{
    return layOut(width, nullptr);
}

QSize ChartLegend::sizeHint() const
{
    return {200, heightForWidth(width() > 0 ? width() : 200)};
}

void ChartLegend::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    std::vector<QPoint> places;
    layOut(width(), &places);
    const common::Theme &theme = common::themeOf(palette());
    for (size_t i = 0; i < m_chart.lines.size(); ++i) {
        const int middle = places[i].y() + fontMetrics().height() / 2;
        QPen pen(lineColour(m_chart, i, palette()), 2);
        if (m_chart.lines[i].isLimit)
            pen.setStyle(Qt::DotLine);
        painter.setPen(pen);
        painter.drawLine(places[i].x(), middle, places[i].x() + dashWidth, middle);
        painter.setPen(theme.text);
        const QRect text(places[i].x() + dashWidth + common::space::tiny, places[i].y(),
                         width() - places[i].x() - dashWidth - common::space::tiny, fontMetrics().height());
        painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter,
                         fontMetrics().elidedText(textOf(i), Qt::ElideRight, text.width()));
    }
}

} // namespace flowgate::ui
