// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/problem.h"

#include <Qsci/qsciscintilla.h>

namespace flowgate::ui {

/// A text editor for YAML in the colours of the palette, with problems underlined.
class YamlEditor final : public QsciScintilla
{
    Q_OBJECT
public:
    explicit YamlEditor(QWidget *parent = nullptr);

    void mark(const collector::Problems &problems);
    /// Puts the cursor there; lines and columns count from 1.
    void jumpTo(int line, int column);
};

} // namespace flowgate::ui
