// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/telemetrycharts.h"

#include <QWidget>

namespace flowgate::ui {

/// The lines of a chart: a dash as each is drawn, its name, its newest value. As many rows as they need.
class ChartLegend final : public QWidget
{
    Q_OBJECT
public:
    explicit ChartLegend(QWidget *parent = nullptr);

    void show(const models::Chart &chart);

    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    /// Where the names stand in this width, and the height that they take.
    int layOut(int width, std::vector<QPoint> *places) const;
    [[nodiscard]] QString textOf(size_t line) const;

    models::Chart m_chart;
};

} // namespace flowgate::ui
