// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/secretplaces.h"

#include "collector/secrets.h"
#include "collector/yamlparser.h"
#include "collector/yamltext.h"

#include <algorithm>
#include <yaml.h>

namespace flowgate::collector {

namespace {

QByteArray bytes(const yaml_char_t *text)
{
    return QByteArray(reinterpret_cast<const char *>(text));
}

bool isBoolean(const QByteArray &plain)
{
    return plain.compare("true", Qt::CaseInsensitive) == 0 || plain.compare("false", Qt::CaseInsensitive) == 0;
}

/// A scalar or an alias as it is written. Places count characters, as libyaml does.
struct Written
{
    size_t begin = 0;
    size_t end = 0;
    int target = -1; ///< of an alias: the anchor that it stands for
    QByteArray value{};
    bool isKey = false;
    bool isEmpty = false; ///< nothing to hide
    bool isBoolean = false;
    bool isName = false; ///< the name in {name: Authorization, value: x}
    bool namesSecret = false;
    bool isSecret = false;
};

/// What an anchor stands for, as a range of what is written.
struct Anchor
{
    size_t first = 0;
    size_t last = 0; ///< behind it; while it is open all that came so far
    bool isOpen = false;
    size_t hiddenTo = 0; ///< what is before this was hidden already: many aliases may stand for one anchor
};

struct Level
{
    bool isMap = false;
    bool isSecret = false; ///< all in it
    bool atKey = true;
    bool keyNamesSecret = false;
    bool keyIsName = false; ///< the key is "name"
    int anchor = -1;
};

class Walk
{
public:
    explicit Walk(const QByteArray &text)
        : m_text(text)
    {
        m_usable = yaml_parser_initialize(&m_parser) == 1;
        if (!m_usable)
            return;
        yaml_parser_set_encoding(&m_parser, YAML_UTF8_ENCODING);
        yaml_parser_set_input_string(&m_parser, reinterpret_cast<const unsigned char *>(text.constData()),
                                     static_cast<size_t>(text.size()));
    }
    ~Walk()
    {
        if (m_usable)
            yaml_parser_delete(&m_parser);
    }
    Q_DISABLE_COPY_MOVE(Walk)

    SecretPlaces run()
    {
        SecretPlaces found;
        bool atEnd = false;
        while (m_usable && !atEnd) {
            yaml_event_t event;
            if (yaml_parser_parse(&m_parser, &event) != 1)
                break;
            const bool goOn = take(event);
            atEnd = event.type == YAML_STREAM_END_EVENT;
            yaml_event_delete(&event);
            if (!goOn)
                break;
        }
        found.complete = atEnd;
        found.places = places();
        for (const Written &written : m_written) {
            if (written.isSecret && !written.isEmpty && !written.isBoolean && !written.isName && written.target < 0)
                found.values.push_back(written.value);
        }
        return found;
    }

private:
    [[nodiscard]] bool isAtKey() const { return !m_levels.empty() && m_levels.back().isMap && m_levels.back().atKey; }
    [[nodiscard]] bool valueIsSecret() const
    {
        return !m_levels.empty() && (m_levels.back().isSecret || m_levels.back().keyNamesSecret);
    }

    /// A value or a key is complete: in a map the other one is next.
    void passed(bool namesSecret, bool isNameKey = false)
    {
        if (m_levels.empty() || !m_levels.back().isMap)
            return;
        Level &level = m_levels.back();
        level.keyNamesSecret = level.atKey && namesSecret;
        level.keyIsName = level.atKey && isNameKey;
        level.atKey = !level.atKey;
    }

    int newAnchor(const yaml_char_t *name, bool isOpen)
    {
        if (!name)
            return -1;
        const auto id = static_cast<int>(m_anchors.size());
        m_anchors.push_back({m_written.size(), m_written.size() + 1, isOpen, 0});
        m_anchorIds.insert(bytes(name), id);
        return id;
    }

    void add(Written written)
    {
        written.isKey = isAtKey();
        const bool secret = !written.isKey && valueIsSecret();
        const bool namesSecret = written.namesSecret;
        const bool isNameKey = written.value == "name";
        written.isName = !m_levels.empty() && m_levels.back().keyIsName;
        m_written.push_back(std::move(written));
        if (secret)
            hide(m_written.size() - 1);
        passed(namesSecret, isNameKey);
    }

    void hide(size_t at)
    {
        std::vector<size_t> next{at};
        while (!next.empty()) { // not by recursion: aliases may follow each other without end
            Written &written = m_written[next.back()];
            next.pop_back();
            if (std::exchange(written.isSecret, true) || written.target < 0)
                continue;
            Anchor &anchor = m_anchors[static_cast<size_t>(written.target)];
            const size_t last = anchor.isOpen ? m_written.size() : anchor.last;
            for (size_t i = std::max(anchor.first, anchor.hiddenTo); i < last; ++i) {
                if (!m_written[i].isKey || last - anchor.first == 1)
                    next.push_back(i);
            }
            anchor.hiddenTo = std::max(anchor.hiddenTo, last);
        }
    }

    void open(bool isMap, const yaml_char_t *anchor)
    {
        m_levels.push_back({.isMap = isMap,
                            .isSecret = !isAtKey() && valueIsSecret(),
                            .atKey = true,
                            .keyNamesSecret = false,
                            .keyIsName = false,
                            .anchor = newAnchor(anchor, true)});
    }

    void close()
    {
        if (const int anchor = m_levels.back().anchor; anchor >= 0) {
            m_anchors[static_cast<size_t>(anchor)].last = m_written.size();
            m_anchors[static_cast<size_t>(anchor)].isOpen = false;
        }
        m_levels.pop_back();
        passed(false);
    }

    /// False: deeper than a config may be, which costs the scanner more with each level.
    bool take(const yaml_event_t &event)
    {
        Written written{.begin = event.start_mark.index, .end = event.end_mark.index};
        switch (event.type) {
        case YAML_SCALAR_EVENT: {
            const QByteArray value(reinterpret_cast<const char *>(event.data.scalar.value),
                                   static_cast<qsizetype>(event.data.scalar.length));
            Node node;
            node.plain = event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
            node.tag = bytes(event.data.scalar.tag);
            node.text = value;
            // "password: &abc" is null with an anchor, and was meant as a password
            written.isEmpty = node.isNull() && !event.data.scalar.anchor;
            written.isBoolean = node.plain && isBoolean(value);
            written.namesSecret = isSecretKey(value);
            written.value = value;
            (void)newAnchor(event.data.scalar.anchor, false);
            add(std::move(written));
            return true;
        }
        case YAML_ALIAS_EVENT:
            written.target = m_anchorIds.value(bytes(event.data.alias.anchor), -1);
            if (written.target >= 0) {
                const Anchor &anchor = m_anchors[static_cast<size_t>(written.target)];
                written.namesSecret = anchor.first < m_written.size() && m_written[anchor.first].namesSecret;
            }
            add(std::move(written));
            return true;
        case YAML_SEQUENCE_START_EVENT:
            open(false, event.data.sequence_start.anchor);
            break;
        case YAML_MAPPING_START_EVENT:
            open(true, event.data.mapping_start.anchor);
            break;
        case YAML_SEQUENCE_END_EVENT:
        case YAML_MAPPING_END_EVENT:
            close();
            break;
        default:
            break;
        }
        return static_cast<int>(m_levels.size()) <= YamlLimits().depth;
    }

    /// Characters to bytes.
    [[nodiscard]] std::vector<TextPlace> places() const
    {
        std::vector<TextPlace> result;
        size_t character = 0;
        qsizetype at = 0;
        const auto offsetOf = [&](size_t wanted) {
            for (; at < m_text.size() && character < wanted; ++character) {
                for (++at; at < m_text.size() && (static_cast<unsigned char>(m_text[at]) & 0xC0) == 0x80;)
                    ++at;
            }
            return at;
        };
        for (const Written &written : m_written) { // in the order of the text, and none within another
            if (!written.isSecret || written.isEmpty)
                continue;
            const qsizetype begin = offsetOf(written.begin);
            result.push_back({begin, offsetOf(written.end)});
        }
        return result;
    }

    const QByteArray &m_text;
    yaml_parser_t m_parser{};
    bool m_usable = false;
    std::vector<Written> m_written;
    std::vector<Level> m_levels;
    std::vector<Anchor> m_anchors;
    QHash<QByteArray, int> m_anchorIds;
};

} // namespace

SecretPlaces secretPlaces(const QByteArray &utf8)
{
    if (utf8.isEmpty()) // libyaml asserts on a null pointer
        return {.places = {}, .complete = true};
    if (utf8.size() > YamlLimits().bytes)
        return {};
    if (!utf8.startsWith(utf8Mark))
        return Walk(utf8).run();
    // libyaml would take the mark for a first column, and all but the first key for another document.
    SecretPlaces found = secretPlaces(utf8.sliced(utf8Mark.size()));
    for (TextPlace &place : found.places) {
        place.begin += utf8Mark.size();
        place.end += utf8Mark.size();
    }
    return found;
}

} // namespace flowgate::collector
