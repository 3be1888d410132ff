// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/theme.h"

namespace flowgate::common {

QColor Theme::colour(Tone tone) const
{
    switch (tone) {
    case Tone::Good:
        return good;
    case Tone::Attention:
        return attention;
    case Tone::Bad:
        return bad;
    case Tone::UnderWay:
        return underWay;
    case Tone::Unknown:
        return quiet;
    }
    return quiet;
}

QPalette Theme::palette() const
{
    QPalette p;
    p.setColor(QPalette::Window, window);
    p.setColor(QPalette::WindowText, text);
    p.setColor(QPalette::Base, window);
    p.setColor(QPalette::AlternateBase, panel);
    p.setColor(QPalette::Text, text);
    p.setColor(QPalette::PlaceholderText, quiet);
    p.setColor(QPalette::Button, panel);
    p.setColor(QPalette::ButtonText, text);
    p.setColor(QPalette::BrightText, onAccent);
    p.setColor(QPalette::Highlight, selection);
    p.setColor(QPalette::HighlightedText, text);
    p.setColor(QPalette::Link, accent);
    p.setColor(QPalette::LinkVisited, accent);
    p.setColor(QPalette::ToolTipBase, panel);
    p.setColor(QPalette::ToolTipText, text);
    p.setColor(QPalette::Light, window);
    p.setColor(QPalette::Midlight, panel);
    p.setColor(QPalette::Mid, line);
    p.setColor(QPalette::Dark, line.darker(130));
    p.setColor(QPalette::Shadow, line.darker(200));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        p.setColor(QPalette::Disabled, role, dark ? quiet.darker(140) : quiet.lighter(150));
    return p;
}

const Theme &lightTheme()
{
    static const Theme theme{
        .dark = false,
        .window = QColor(0xffffff),
        .panel = QColor(0xf3f4f6),
        .line = QColor(0xd9dce1),
        .field = QColor(0x868d97),
        .text = QColor(0x1c2128),
        .quiet = QColor(0x5b636e),
        .selection = QColor(0xdbe9fb),
        .accent = QColor(0x0b5cad),
        .onAccent = QColor(0xffffff),
        .good = QColor(0x1a7f37),
        .attention = QColor(0x8a5a00),
        .bad = QColor(0xc2212b),
        .underWay = QColor(0x0b5cad),
        .badPanel = QColor(0xfbe9ea),
        .infoPanel = QColor(0xe4eefb),
        .attentionPanel = QColor(0xfdf4e3),
        .editor = QColor(0xf7f8fa),
        .yamlKey = QColor(0x0b5cad),
        .yamlValue = QColor(0x1c2128),
        .yamlWord = QColor(0x7a3e9d),
        .addedLine = QColor(0xe0f2e4),
        .removedLine = QColor(0xfbe3e4),
    };
    return theme;
}

const Theme &darkTheme()
{
    static const Theme theme{
        .dark = true,
        .window = QColor(0x1e2126),
        .panel = QColor(0x17191d),
        .line = QColor(0x343942),
        .field = QColor(0x6b7380),
        .text = QColor(0xe4e7eb),
        .quiet = QColor(0x9aa3ae),
        .selection = QColor(0x1f3a5c),
        .accent = QColor(0x6cb2ff),
        .onAccent = QColor(0x0f1720),
        .good = QColor(0x4cc265),
        .attention = QColor(0xe0a83a),
        .bad = QColor(0xff6b6b),
        .underWay = QColor(0x6cb2ff),
        .badPanel = QColor(0x3a2226),
        .infoPanel = QColor(0x1d2f45),
        .attentionPanel = QColor(0x352d1c),
        .editor = QColor(0x1a1d21),
        .yamlKey = QColor(0x6cb2ff),
        .yamlValue = QColor(0xe4e7eb),
        .yamlWord = QColor(0xcf9bec),
        .addedLine = QColor(0x1d3524),
        .removedLine = QColor(0x41242a),
    };
    return theme;
}

const Theme &themeOf(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < 128 ? darkTheme() : lightTheme();
}

} // namespace flowgate::common
