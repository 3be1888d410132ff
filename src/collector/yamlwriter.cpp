// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/yamlwriter.h"

#include "collector/scalar.h"

#include <algorithm>

namespace flowgate::collector {

namespace {

/// Whether a text says the same without quotes, in block and in flow style.
bool isPlainSafe(const QByteArray &text)
{
    if (text.isEmpty() || text.startsWith(' ') || text.endsWith(' ') || text.endsWith(':'))
        return false;
    static constexpr QByteArrayView indicators = "-?:,[]{}#&*!|>'\"%@`";
    if (indicators.contains(text.front()) && !(text.front() == '-' && text.size() > 1 && text[1] != ' '))
        return false;
    const bool harmless = std::ranges::none_of(text, [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == ',' || c == '[' || c == ']' || c == '{' ||
               c == '}' || c == '"';
    });
    return harmless && !text.contains(": ") && !text.contains(" #") && text != "---" && text != "...";
}

QByteArray quoted(const QByteArray &text)
{
    QByteArray out = "\"";
    for (const char c : text) {
        switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\t':
            out += "\\t";
            break;
        default:
            if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
                out += "\\x" + QByteArray::number(static_cast<unsigned char>(c), 16).rightJustified(2, '0');
            else
                out += c;
        }
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
