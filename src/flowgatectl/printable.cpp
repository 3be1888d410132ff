// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowgatectl/printable.h"

#include <QChar>

namespace flowgate::ctl {

namespace {

/// The code point at @p at, and @p at moved behind it. A lone surrogate comes as itself.
char32_t take(QStringView text, qsizetype &at)
{
    const QChar first = text[at++];
    if (first.isHighSurrogate() && at < text.size() && text[at].isLowSurrogate())
        return QChar::surrogateToUcs4(first, text[at++]);
    return first.unicode();
}

bool isHidden(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format: // direction marks and overrides, zero-width characters, tags
    case QChar::Other_Surrogate:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        return false;
    }
}

void appendEscape(QString &out, char32_t c)
{
    if (c == U'\n')
        out += QStringLiteral("\\n");
    else if (c == U'\r')
        out += QStringLiteral("\\r");
    else if (c == U'\t')
        out += QStringLiteral("\\t");
    else if (c < 0x100)
        out += QStringLiteral("\\x%1").arg(uint(c), 2, 16, QLatin1Char('0'));
    else
        out += QStringLiteral("\\u%1").arg(uint(c), 4, 16, QLatin1Char('0'));
}

QString cleaned(QStringView text, bool keepLines)
{
    QString out;
    out.reserve(text.size());
    for (qsizetype at = 0; at < text.size();) {
        const char32_t c = take(text, at);
        const bool isLineEnd = c == U'\n' || (c == U'\r' && at < text.size() && text[at] == u'\n');
        if (!isHidden(c) || (keepLines && (isLineEnd || c == U'\t')))
            out += QChar::fromUcs4(c);
        else
            appendEscape(out, c);
    }
    return out;
}

bool isWide(char32_t c)
{
    return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0x303E) || (c >= 0x3041 && c <= 0xA4CF) ||
           (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) ||
           (c >= 0xFF00 && c <= 0xFF60) || (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x1F300 && c <= 0x1FAFF) ||
           (c >= 0x20000 && c <= 0x3FFFD);
}

qsizetype widthOf(char32_t c)
{
    const QChar::Category category = QChar::category(c);
    if (category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing)
        return 0;
    return isWide(c) ? 2 : 1;
}

} // namespace

QString printable(QStringView text)
{
    return cleaned(text, false);
}

QString printableLines(QStringView text)
{
    return cleaned(text, true);
}

QByteArray printableJson(const QByteArray &json)
{
    QString out;
    const QString text = QString::fromUtf8(json);
    out.reserve(text.size());
    for (qsizetype at = 0; at < text.size();) {
        const char32_t c = take(text, at);
        // Below 0x20 only the writer's own line ends are left: it escapes those inside of strings.
        if (c < 0x20 || !isHidden(c)) {
            out += QChar::fromUcs4(c);
            continue;
        }
        const QString whole = QString::fromUcs4(&c, 1);
        for (const QChar unit : whole)
            out += QStringLiteral("\\u%1").arg(uint(unit.unicode()), 4, 16, QLatin1Char('0'));
    }
    return out.toUtf8();
}

qsizetype displayWidth(QStringView text)
{
    qsizetype width = 0;
    for (qsizetype at = 0; at < text.size();)
        width += widthOf(take(text, at));
    return width;
}

QString shortened(const QString &text, qsizetype columns)
{
    if (text.size() <= columns / 2 || displayWidth(text) <= columns)
        return text;
    QString out;
    qsizetype width = 0;
    for (qsizetype at = 0; at < text.size();) {
        const char32_t c = take(text, at);
        width += widthOf(c);
        if (width > columns - 1)
            break;
        out += QChar::fromUcs4(c);
    }
    return out + QChar(u'…');
}

} // namespace flowgate::ctl
