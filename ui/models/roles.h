// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Qt>

namespace flowgate::models {

/// Roles that all our models share. A model's own roles begin at OwnRole.
enum CommonRole {
    SortRole = Qt::UserRole, ///< the raw value: what to sort and compare by
    ToneRole,                ///< int of common::Tone where the cell is a state; invalid elsewhere
    TimeRole,                ///< qint64, milliseconds since 1970, where the cell is a moment; invalid elsewhere
    QuietRole,               ///< QString shown quietly behind the text
    BelowRole,               ///< QString shown quietly below the text, where rows are of two lines
    MonoRole,                ///< bool: show in the monospace font
    IdRole,                  ///< QByteArray or QString: what the row is about
    OwnRole,
};

} // namespace flowgate::models
