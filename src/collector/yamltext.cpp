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

/// What YAML 1.1 lets stand in a text.
bool isAllowed(char32_t c, bool atStart)
{
    return c == 0x09 || c == 0x0A || c == 0x0D || (c >= 0x20 && c <= 0x7E) || c == 0x85 || (c >= 0xA0 && c <= 0xD7FF) ||
           (c >= 0xE000 && c <= 0xFFFD && (c != 0xFEFF || atStart)) || c >= 0x10000;
}

} // namespace

YamlText checkYamlBytes(const QByteArray &bytes, int mostProblems)
{
    YamlText result;
    if (bytes.startsWith("\xff\xfe") || bytes.startsWith("\xfe\xff")) {
        QStringDecoder decoder(QStringDecoder::Utf16);
        const QString text = decoder(bytes);
        if (decoder.hasError()) {
            result.problems.push_back({.text = QStringLiteral("The text starts as UTF-16 but is not valid UTF-16.")});
            return result;
        }
        return checkYamlBytes(text.toUtf8(), mostProblems);
    }
    int line = 1;
    int column = 1;
    for (qsizetype at = 0; at < bytes.size();) {
        const Character c = characterAt(bytes, at);
        if (c.length == 0 || !isAllowed(c.code, at == 0)) {
            const QString hex = QString::number(c.length == 0 ? static_cast<unsigned char>(bytes[at]) : c.code, 16)
                                    .rightJustified(2, QLatin1Char('0'));
            QString text =
                c.length == 0
                    ? QStringLiteral("The byte 0x%1 is not UTF-8. Save the file with UTF-8 encoding.").arg(hex)
                    : QStringLiteral(
                          "The control character 0x%1 is not allowed in YAML; in a quoted value write an escape "
                          "such as \"\\x%1\".")
                          .arg(hex);
            result.problems.push_back({.line = line, .column = column, .text = std::move(text)});
            if (static_cast<int>(result.problems.size()) >= mostProblems)
                break;
        }
        if (c.code == '\n') {
            ++line;
            column = 1;
        } else {
            ++column;
        }
        at += std::max(c.length, 1);
    }
    if (result.problems.empty())
        result.utf8 = bytes;
    return result;
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
