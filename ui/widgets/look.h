// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace flowgate::ui {

/// What a widget is, for the style sheet.
enum class Look {
    Normal,
    Primary, ///< buttons: the one filled action of a page
    Danger,  ///< its action cannot simply be undone
    Chip,
    Flat,
    PlainCard, ///< frames
    InfoCard,
    BadCard,
    AttentionCard,
    Quiet, ///< labels
    Section,
    Heading,
    Bad,
    Tag,
    Invalid, ///< a field whose text cannot be taken
};

/// Sets it, and dresses the widget anew where it differs from before.
void setLook(QWidget *widget, Look look);

} // namespace flowgate::ui
