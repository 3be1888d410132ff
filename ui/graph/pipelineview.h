// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/graph/graphpainter.h"

#include <QWidget>

class QScrollArea;

namespace flowgate::ui {

class PipelineCanvas;
class PlainLabel;

/// The pipelines of a config as a graph. What cannot be read leaves the last one that could, and says so. Arrows walk
/// the boxes, Return and a click go to the line of one.
class PipelineView final : public QWidget
{
    Q_OBJECT
public:
    explicit PipelineView(QWidget *parent = nullptr);

    void show(const collector::PipelineGraph &graph);
    /// What goes through each box; none at all: boxes have no second line.
    void setCaptions(std::vector<BoxCaption> captions);
    /// Marks the box that this line of the text belongs to.
    void follow(const QString &file, int line);
    [[nodiscard]] bool isStale() const { return m_stale; }
    [[nodiscard]] const collector::PipelineGraph &graph() const;
    /// The height at which nothing of it is hidden in @p width, pixels.
    [[nodiscard]] int heightAt(int width);
    /// Writes a picture: SVG where the name ends so, else PNG at twice the size. @return whether it is there
    [[nodiscard]] bool writePicture(const QString &path) const;

Q_SIGNALS:
    void lineRequested(const QString &file, int line);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void askForFile();

    PlainLabel *m_note = nullptr;
    QScrollArea *m_scroll = nullptr;
    PipelineCanvas *m_canvas = nullptr;
    bool m_stale = false;
};

} // namespace flowgate::ui
