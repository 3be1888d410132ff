// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/visibletext.h"

#include <QList>

namespace flowgate::common {

namespace {

/// Characters that change how others are shown, or that are not seen at all.
bool isDeceptive(char32_t c)
{
    return (c >= 0x80 && c <= 0x9f) || c == 0xad || c == 0x61c || c == 0x180e || (c >= 0x200b && c <= 0x200f) ||
           (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0x115f || c == 0x1160 || c == 0x3164 ||
           c == 0xfeff || c == 0xffa0 || (c >= 0xfff0 && c <= 0xfffb) || (c >= 0xe0000 && c <= 0xe0fff);
}

QString named(char32_t c)
{
    return QStringLiteral("\u27e8U+%1\u27e9").arg(QString::number(c, 16).toUpper(), 4, u'0');
}

QString visible(const QString &text, int limit, bool keepLines)
{
    QString out;
    out.reserve(std::min<qsizetype>(text.size(), limit) + 16);
    qsizetype i = 0;
    for (; i < text.size() && i < limit; ++i) {
        const QChar unit = text.at(i);
        char32_t c = unit.unicode();
        if (unit.isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate())
            c = QChar::surrogateToUcs4(unit, text.at(++i));
        else if (unit.isSurrogate())
            c = QChar::ReplacementCharacter;
        if (keepLines && (c == U'\n' || c == U'\t'))
            out += QChar(static_cast<char16_t>(c));
        else if (keepLines && c == U'\r' && i + 1 < text.size() && text.at(i + 1) == u'\n')
            continue;
        else if (c < 0x20)
            out += QChar(static_cast<char16_t>(0x2400 + c));
        else if (c == 0x7f)
            out += QChar(0x2421);
        else if (isDeceptive(c))
            out += named(c);
        else
            out += QString::fromUcs4(&c, 1);
    }
    if (i < text.size())
        out += QChar(0x2026);
    return out;
}

} // namespace

QString oneLine(const QString &text, int limit)
{
    return visible(text, limit, false);
}

QString manyLines(const QString &text, int limit)
{
    return visible(text, limit, true);
}

QString menuText(const QString &text, int limit)
{
    return oneLine(text, limit).replace(u'&', QStringLiteral("&&"));
}

QString toolTip(const QString &text)
{
    if (text.isEmpty())
        return {};
    return QStringLiteral("<p style=\"white-space:pre-wrap\">%1</p>").arg(manyLines(text, 4000).toHtmlEscaped());
}

} // namespace flowgate::common
