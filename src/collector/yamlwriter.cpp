// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/yamlwriter.h"

#include "collector/scalar.h"

#include <algorithm>
#include <string>

namespace flowgate::collector {

namespace {

/// Characters that YAML does not let stand in a text, and those that end a line for it.
bool needsEscape(char32_t c)
{
    return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0x2028 || c == 0x2029 || c == 0xfeff || c == 0xfffe ||
           c == 0xffff;
}

std::u32string charactersOf(const QByteArray &text)
{
    return QString::fromUtf8('.' + text).toStdU32String().substr(1); // Qt drops a U+FEFF at the very beginning
}

/// Whether a text says the same without quotes, in block and in flow style.
bool isPlainSafe(const QByteArray &text)
{
    if (text.isEmpty() || text.startsWith(' ') || text.endsWith(' ') || text.endsWith(':'))
        return false;
    static constexpr QByteArrayView indicators = "-?:,[]{}#&*!|>'\"%@`";
    if (indicators.contains(text.front()) && !(text.front() == '-' && text.size() > 1 && text[1] != ' '))
        return false;
    const bool harmless = std::ranges::none_of(charactersOf(text), [](char32_t c) {
        return needsEscape(c) || c == ',' || c == '[' || c == ']' || c == '{' || c == '}' || c == '?' || c == '"';
    });
    return harmless && !text.contains(": ") && !text.contains(" #") && !text.startsWith("---") &&
           !text.startsWith("...") && text != "<<";
}

QByteArray escape(char32_t c)
{
    if (c == '\n')
        return "\\n";
    if (c == '\t')
        return "\\t";
    const QByteArray hex = QByteArray::number(static_cast<uint>(c), 16);
    return c > 0xff ? "\\u" + hex.rightJustified(4, '0') : "\\x" + hex.rightJustified(2, '0');
}

QByteArray quoted(const QByteArray &text)
{
    QByteArray out = "\"";
    for (const char32_t c : charactersOf(text)) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += needsEscape(c) ? escape(c) : QString::fromUcs4(&c, 1).toUtf8();
    }
    return out + '"';
}

QByteArray scalarText(const Node &node)
{
    if (node.isNull())
        return "null";
    const bool isString = resolveScalar(node).type == Scalar::Type::String;
    if (!isString)
        return node.text;
    // A text that would be a number, a date or a word of YAML without its quotes keeps them.
    Node bare = node;
    bare.plain = true;
    bare.tag.clear();
    const bool staysText = resolveScalar(bare).type == Scalar::Type::String;
    return staysText && isPlainSafe(node.text) ? node.text : quoted(node.text);
}

QByteArray keyOf(const QByteArray &key)
{
    Node node;
    node.text = key;
    const bool isText = resolveScalar(node).type == Scalar::Type::String;
    return isText && isPlainSafe(key) ? key : quoted(key);
}

class Writer
{
public:
    QByteArray run(const Node &node)
    {
        if (isInline(node))
            return inlineText(node) + '\n';
        block(node, 0);
        return std::move(m_out);
    }

private:
    /// Short enough for one line.
    static bool isInline(const Node &node)
    {
        constexpr qsizetype most = 70;
        if (node.isScalar() || node.isEmpty())
            return true;
        if (!node.isList() || !std::ranges::all_of(node.items, [](const Node &item) { return item.isScalar(); }))
            return false;
        return inlineText(node).size() <= most;
    }

    static QByteArray inlineText(const Node &node)
    {
        if (node.isScalar())
            return scalarText(node);
        if (node.isMap())
            return "{}";
        QByteArrayList items;
        for (const Node &item : node.items)
            items.append(scalarText(item));
        return '[' + items.join(", ") + ']';
    }

    void block(const Node &node, int depth)
    {
        const QByteArray indent(2 * depth, ' ');
        for (const NodeEntry &entry : node.entries) {
            m_out += indent + keyOf(entry.key) + ':';
            below(entry.value, depth + 1);
        }
        for (const Node &item : node.items) {
            m_out += indent + '-';
            if (isInline(item)) {
                m_out += ' ' + inlineText(item) + '\n';
                continue;
            }
            // The first line of the item stands behind the dash.
            const qsizetype begin = m_out.size();
            block(item, depth + 1);
            m_out.replace(begin, 2 * (depth + 1), " ");
        }
    }

    void below(const Node &node, int depth)
    {
        if (isInline(node)) {
            m_out += ' ' + inlineText(node) + '\n';
            return;
        }
        m_out += '\n';
        block(node, depth);
    }

    QByteArray m_out;
};

} // namespace

QByteArray writeYaml(const Node &node)
{
    return Writer().run(node);
}

} // namespace flowgate::collector
