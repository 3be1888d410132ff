// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/telemetrycharts.h"

#include <QWidget>

class QCPItemTracer;
class QCustomPlot;

namespace flowgate::ui {

class ChartLegend;
class PlainLabel;

/// A moment that is marked on a chart: what happened to the config then.
struct ChartMark
{
    domain::WallTime at{};
    QString text;
    bool isTrouble = false;

    friend bool operator==(const ChartMark &, const ChartMark &) = default;
};

/// One chart over time: its name, a line for each series with its newest value, the curve. What the pointer is at is in
/// the tool tip; the same numbers can be copied as CSV, and are read to whoever cannot see it.
class ChartView final : public QWidget
{
    Q_OBJECT
public:
    explicit ChartView(QWidget *parent = nullptr);

    void show(const models::Chart &chart, domain::WallTime from, domain::WallTime to,
              const std::vector<ChartMark> &marks);
    [[nodiscard]] const models::Chart &chart() const { return m_chart; }
    /// The newest values in words: "log records 12/s, spans 0/s".
    [[nodiscard]] QString words() const;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void draw();
    void dress();
    [[nodiscard]] QString wordsAt(const QPoint &at) const;
    void copy() const;

    models::Chart m_chart;
    std::vector<ChartMark> m_marks;
    domain::WallTime m_from{};
    domain::WallTime m_to{};
    PlainLabel *m_title = nullptr;
    ChartLegend *m_legend = nullptr;
    QCustomPlot *m_plot = nullptr;
};

/// The colour of a chart's line.
[[nodiscard]] QColor lineColour(const models::Chart &chart, size_t line, const QPalette &palette);

} // namespace flowgate::ui
