// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/tone.h"
#include "ui/widgets/labels.h"

#include <optional>

namespace flowgate::ui {

/// One fact in the status bar: a shape where it is a state, and text that ends in an ellipsis where there is no room.
/// The tool tip has the whole, the context menu copies it.
class StatusPart final : public PlainLabel
{
    Q_OBJECT
public:
    explicit StatusPart(QWidget *parent = nullptr);

    /// @param more  what the tool tip says besides the text
    void show(const QString &text, std::optional<common::Tone> tone = {}, const QString &more = {});

    /// A short one keeps its room; a long one, which can be cut, gives way.
    void setKeepsRoom(bool keeps) { m_keepsRoom = keeps; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] int shapeRoom() const;

    std::optional<common::Tone> m_tone;
    bool m_keepsRoom = false;
};

} // namespace flowgate::ui
