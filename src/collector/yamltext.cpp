// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/yamltext.h"

#include <QStringDecoder>

namespace flowgate::collector {

namespace {

/// The character at @p at; length 0 if the bytes there are no UTF-8.
struct Character
{
    char32_t code = 0;
    int length = 0;
};

Character characterAt(const QByteArray &bytes, qsizetype at)
{
    const auto byte = [&](qsizetype i) { return static_cast<unsigned char>(bytes[i]); };
    const unsigned char first = byte(at);
    if (first < 0x80)
        return {first, 1};
    const int length = (first & 0xE0) == 0xC0 ? 2 : (first & 0xF0) == 0xE0 ? 3 : (first & 0xF8) == 0xF0 ? 4 : 0;
    if (length == 0 || at + length > bytes.size())
        return {};
    char32_t code = first & (0xFFU >> (length + 1));
    for (int i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xC0) != 0x80)
            return {};
        code = (code << 6) | (byte(at + i) & 0x3F);
    }
    const char32_t least = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000;
    if (code < least || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        return {};
    return {code, length};
}

constexpr char32_t byteOrderMark = 0xFEFF;

/// What YAML 1.1 lets stand in a text. A byte order mark within a line is a character like any other to yaml.v3; at
/// the beginning of one it becomes a part of the key that nobody sees.
bool isAllowed(char32_t c, bool beginsLine)
{
    return c == 0x09 || c == 0x0A || c == 0x0D || (c >= 0x20 && c <= 0x7E) || c == 0x85 || (c >= 0xA0 && c <= 0xD7FF) ||
           (c >= 0xE000 && c <= 0xFFFD && (c != byteOrderMark || !beginsLine)) || c >= 0x10000;
}

/// What ends a line for YAML.
bool endsLine(char32_t c)
{
    return c == 0x0A || c == 0x0D || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/// What is wrong with the character @p c that begins with @p byte.
QString wordsFor(const Character &c, char byte)
{
    if (c.length > 0 && c.code == byteOrderMark)
        return QStringLiteral("A byte order mark (U+FEFF, invisible) stands here, inside of the text. Remove it: the "
                              "Collector takes it for a part of the key.");
    const QString hex = QString::number(c.length == 0 ? static_cast<unsigned char>(byte) : c.code, 16)
                            .rightJustified(2, QLatin1Char('0'));
    return c.length == 0
               ? QStringLiteral("The byte 0x%1 is not UTF-8. Save the file with UTF-8 encoding.").arg(hex)
               : QStringLiteral("The control character 0x%1 is not allowed in YAML; in a quoted value write an escape "
                                "such as \"\\x%1\".")
                     .arg(hex);
}

/// Every other byte of such a text is NUL: one sentence says more than a hundred about NULs.
bool looksLikeUtf16(const QByteArray &bytes)
{
    return bytes.size() >= 2 && (bytes[0] == '\0') != (bytes[1] == '\0');
}

/// Checks UTF-8 whose byte order mark was taken away.
YamlText checkUtf8(const QByteArray &bytes, int mostProblems)
{
    YamlText result;
    // libyaml compares each %TAG with all before it; a config has none.
    constexpr int mostTags = 100;
    int tags = 0;
    int line = 1;
    int column = 1;
    bool beginsLine = true;
    for (qsizetype at = 0; at < bytes.size();) {
        const Character c = characterAt(bytes, at);
        if (c.length == 0 || !isAllowed(c.code, beginsLine)) {
            result.problems.push_back({.line = line, .column = column, .text = wordsFor(c, bytes[at])});
            if (static_cast<int>(result.problems.size()) >= mostProblems)
                break;
        }
        if (beginsLine && c.code == '%' && QByteArrayView(bytes).sliced(at).startsWith("%TAG") && ++tags > mostTags) {
            result.problems.push_back(
                {.line = line,
                 .column = column,
                 .text = QStringLiteral("The text has more than %1 %TAG directives. It is not read.").arg(mostTags)});
            break;
        }
        if (c.code == '\n') {
            ++line;
            column = 1;
        } else {
            ++column;
        }
        beginsLine = endsLine(c.code);
        at += std::max(c.length, 1);
    }
    if (result.problems.empty())
        result.utf8 = bytes;
    return result;
}

} // namespace

YamlText checkYamlBytes(const QByteArray &bytes, int mostProblems)
{
    YamlText result;
    if (bytes.startsWith("\xff\xfe") || bytes.startsWith("\xfe\xff")) {
        QStringDecoder decoder(QStringDecoder::Utf16);
        const QString text = decoder(bytes);
        if (decoder.hasError() || bytes.size() % 2 != 0 || !text.isValidUtf16())
            result.problems.push_back({.text = QStringLiteral("The text starts as UTF-16 but is not valid UTF-16. "
                                                              "Save the file with UTF-8 encoding.")});
        else
            result = checkUtf8(text.toUtf8(), mostProblems);
        result.wasUtf16 = true;
        return result;
    }
    if (looksLikeUtf16(bytes)) {
        result.problems.push_back({.line = 1,
                                   .column = 1,
                                   .text = QStringLiteral("The text looks like UTF-16 without a byte order mark. Save "
                                                          "the file with UTF-8 encoding.")});
        return result;
    }
    return checkUtf8(bytes.startsWith(utf8Mark) ? bytes.sliced(utf8Mark.size()) : bytes, mostProblems);
}

std::vector<int> tabIndentedLines(const QByteArray &text, int firstLine, int most)
{
    std::vector<int> lines;
    int line = 1;
    for (qsizetype at = 0; at < text.size() && static_cast<int>(lines.size()) < most; ++line) {
        qsizetype end = text.indexOf('\n', at);
        if (end < 0)
            end = text.size();
        if (line >= firstLine) {
            bool tab = false;
            qsizetype i = at;
            for (; i < end && (text[i] == ' ' || text[i] == '\t'); ++i)
                tab = tab || text[i] == '\t';
            if (tab && i < end && text[i] != '\r' && text[i] != '#')
                lines.push_back(line);
        }
        at = end + 1;
    }
    return lines;
}

} // namespace flowgate::collector
