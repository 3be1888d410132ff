// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/clock.h"
#include "domain/span.h"

#include <QWidget>

namespace flowgate::ui {

/// Presence, health and config over time, a bar each. Where nothing was observed it is hatched; where nothing is known
/// it is empty.
class TimelineStrip final : public QWidget
{
    Q_OBJECT
public:
    /// @param clock  outlives the strip
    explicit TimelineStrip(const domain::Clock &clock, QWidget *parent = nullptr);

    /// @param range  how far back from now
    void show(std::vector<domain::Span> spans, domain::milliseconds range);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QRectF barOf(domain::SpanKind kind) const;
    [[nodiscard]] QRectF boxOf(const domain::Span &span, domain::WallTime now) const;
    [[nodiscard]] QString wordsAt(const QPointF &at) const;

    const domain::Clock &m_clock;
    std::vector<domain::Span> m_spans;
    domain::milliseconds m_range{3'600'000};
};

} // namespace flowgate::ui
