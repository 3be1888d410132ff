// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleetsim/yamltree.h"

#include <algorithm>
#include <memory>
#include <yaml.h>

namespace flowgate::fleetsim {

namespace {

constexpr int deepest = 64;
constexpr int mostNodes = 20'000;

/// A loaded document as nodes.
class Reader
{
public:
    explicit Reader(yaml_document_t &document)
        : m_document(document)
    {
    }

    /// Empty with reason() set when a limit was passed.
    YamlNode read(int index, int depth)
    {
        if (depth > deepest || ++m_count > mostNodes) {
            m_reason = QStringLiteral("yaml: document contains excessive aliasing");
            return {};
        }
        const yaml_node_t *wire = yaml_document_get_node(&m_document, index);
        YamlNode node;
        switch (wire->type) {
        case YAML_SCALAR_NODE:
            node.text = bytes(*wire);
            node.quoted = wire->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
            break;
        case YAML_SEQUENCE_NODE:
            node.kind = YamlNode::Kind::List;
            for (const auto *item = wire->data.sequence.items.start; item != wire->data.sequence.items.top; ++item) {
                node.list.push_back(read(*item, depth + 1));
                if (!m_reason.isEmpty())
                    return {};
            }
            break;
        case YAML_MAPPING_NODE:
            node.kind = YamlNode::Kind::Map;
            for (const auto *pair = wire->data.mapping.pairs.start; pair != wire->data.mapping.pairs.top; ++pair) {
                const yaml_node_t *key = yaml_document_get_node(&m_document, pair->key);
                YamlNode value = read(pair->value, depth + 1);
                if (!m_reason.isEmpty())
                    return {};
                if (key->type == YAML_SCALAR_NODE)
                    node.child(bytes(*key)) = std::move(value);
            }
            break;
        case YAML_NO_NODE:
            break;
        }
        return node;
    }
    [[nodiscard]] const QString &reason() const { return m_reason; }

private:
    static QByteArray bytes(const yaml_node_t &scalar)
    {
        return QByteArray(reinterpret_cast<const char *>(scalar.data.scalar.value),
                          static_cast<qsizetype>(scalar.data.scalar.length));
    }

    yaml_document_t &m_document;
    int m_count = 0;
    QString m_reason;
};

/// Events of one document into a byte array.
class Writer
{
public:
    Writer()
    {
        yaml_emitter_initialize(&m_emitter);
        yaml_emitter_set_output(&m_emitter, &Writer::append, &m_bytes);
        yaml_emitter_set_indent(&m_emitter, 4);
        yaml_emitter_set_width(&m_emitter, -1);
        yaml_emitter_set_unicode(&m_emitter, 1);
        yaml_event_t event;
        yaml_stream_start_event_initialize(&event, YAML_UTF8_ENCODING);
        emitEvent(event);
        yaml_document_start_event_initialize(&event, nullptr, nullptr, nullptr, 1);
        emitEvent(event);
    }
    ~Writer() { yaml_emitter_delete(&m_emitter); }
    Q_DISABLE_COPY_MOVE(Writer)

    void write(const YamlNode &node)
    {
        yaml_event_t event;
        switch (node.kind) {
        case YamlNode::Kind::Scalar:
            scalar(node.isNull() ? QByteArrayLiteral("null") : node.text, node.quoted);
            return;
        case YamlNode::Kind::List:
            yaml_sequence_start_event_initialize(&event, nullptr, nullptr, 1, YAML_BLOCK_SEQUENCE_STYLE);
            emitEvent(event);
            for (const YamlNode &item : node.list)
                write(item);
            yaml_sequence_end_event_initialize(&event);
            emitEvent(event);
            return;
        case YamlNode::Kind::Map:
            yaml_mapping_start_event_initialize(&event, nullptr, nullptr, 1, YAML_BLOCK_MAPPING_STYLE);
            emitEvent(event);
            for (const auto &[key, value] : node.map) {
                scalar(key, false);
                write(value);
            }
            yaml_mapping_end_event_initialize(&event);
            emitEvent(event);
            return;
        }
    }

    QByteArray finish()
    {
        yaml_event_t event;
        yaml_document_end_event_initialize(&event, 1);
        emitEvent(event);
        yaml_stream_end_event_initialize(&event);
        emitEvent(event);
        return m_bytes;
    }

private:
    static int append(void *target, unsigned char *data, size_t size)
    {
        static_cast<QByteArray *>(target)->append(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
        return 1;
    }

    void scalar(const QByteArray &text, bool quoted)
    {
        yaml_event_t event;
        yaml_scalar_event_initialize(&event, nullptr, nullptr, reinterpret_cast<const yaml_char_t *>(text.constData()),
                                     static_cast<int>(text.size()), 1, 1,
                                     quoted ? YAML_DOUBLE_QUOTED_SCALAR_STYLE : YAML_ANY_SCALAR_STYLE);
        emitEvent(event);
    }
    void emitEvent(yaml_event_t &event) { yaml_emitter_emit(&m_emitter, &event); }

    yaml_emitter_t m_emitter;
    QByteArray m_bytes;
};

} // namespace

bool YamlNode::isNull() const
{
    return kind == Kind::Scalar && !quoted && (text.isEmpty() || text == "~" || text == "null");
}

const YamlNode *YamlNode::find(QByteArrayView key) const
{
    const auto at = std::find_if(map.begin(), map.end(), [key](const auto &pair) { return pair.first == key; });
    return kind == Kind::Map && at != map.end() ? &at->second : nullptr;
}

YamlNode &YamlNode::child(const QByteArray &key)
{
    if (kind != Kind::Map)
        *this = emptyMap();
    const auto at = std::find_if(map.begin(), map.end(), [&key](const auto &pair) { return pair.first == key; });
    return at != map.end() ? at->second : map.emplace_back(key, emptyMap()).second;
}

domain::Result<YamlNode, QString> parseYaml(QByteArrayView text)
{
    yaml_parser_t parser;
    yaml_parser_initialize(&parser);
    const std::unique_ptr<yaml_parser_t, decltype(&yaml_parser_delete)> parserEnd(&parser, &yaml_parser_delete);
    yaml_parser_set_input_string(&parser, reinterpret_cast<const unsigned char *>(text.data()),
                                 static_cast<size_t>(text.size()));
    yaml_document_t document;
    if (!yaml_parser_load(&parser, &document)) {
        const auto problem = parser.problem ? parser.problem : "out of memory";
        return domain::unexpected(
            QStringLiteral("yaml: line %1: %2").arg(parser.problem_mark.line + 1).arg(QLatin1String(problem)));
    }
    const std::unique_ptr<yaml_document_t, decltype(&yaml_document_delete)> documentEnd(&document,
                                                                                        &yaml_document_delete);
    if (!yaml_document_get_root_node(&document))
        return YamlNode::emptyMap();
    Reader reader(document);
    YamlNode root = reader.read(1, 0); // libyaml counts nodes from 1, the root first
    if (!reader.reason().isEmpty())
        return domain::unexpected(reader.reason());
    if (root.isNull())
        return YamlNode::emptyMap();
    return root;
}

QByteArray writeYaml(const YamlNode &node)
{
    Writer writer;
    writer.write(node);
    return writer.finish();
}

void mergeOver(YamlNode &base, const YamlNode &over)
{
    if (base.kind != YamlNode::Kind::Map || over.kind != YamlNode::Kind::Map) {
        base = over;
        return;
    }
    for (const auto &[key, value] : over.map) {
        if (base.find(key))
            mergeOver(base.child(key), value);
        else
            base.child(key) = value;
    }
}

} // namespace flowgate::fleetsim
