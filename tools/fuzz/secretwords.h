// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/secrets.h"

#include <QString>

#include <vector>
#include <yaml.h>

/// Reads a text with libyaml alone, so that what hides secrets is held against something else than itself.
namespace flowgate::fuzz {

inline constexpr char secretWord[] = "S3CRET";

/// Counts the word in values under keys that name a secret, wherever in the text they are written.
class SecretWords
{
public:
    explicit SecretWords(const QByteArray &text)
        : m_characters(QString::fromUtf8(text).toUcs4())
    {
        yaml_parser_initialize(&m_parser);
        yaml_parser_set_encoding(&m_parser, YAML_UTF8_ENCODING);
        yaml_parser_set_input_string(&m_parser, reinterpret_cast<const unsigned char *>(text.constData()),
                                     static_cast<size_t>(text.size()));
    }
    ~SecretWords() { yaml_parser_delete(&m_parser); }
    Q_DISABLE_COPY_MOVE(SecretWords)

    /// False: the text is no YAML.
    bool read()
    {
        for (;;) {
            yaml_event_t event;
            if (yaml_parser_parse(&m_parser, &event) != 1)
                return false;
            take(event);
            const bool isEnd = event.type == YAML_STREAM_END_EVENT;
            yaml_event_delete(&event);
            if (isEnd)
                return true;
        }
    }
    [[nodiscard]] qsizetype count() const { return m_count; }

private:
    struct Level
    {
        bool isMap = false;
        bool isSecret = false; ///< all in it
        bool atKey = true;
        bool keyIsSecret = false;
    };

    [[nodiscard]] bool valueIsSecret() const
    {
        return !m_levels.empty() &&
               (m_levels.back().isSecret || (m_levels.back().isMap && m_levels.back().keyIsSecret));
    }
    [[nodiscard]] bool isKey() const { return !m_levels.empty() && m_levels.back().isMap && m_levels.back().atKey; }
    void passed()
    {
        if (!m_levels.empty() && m_levels.back().isMap)
            m_levels.back().atKey = !m_levels.back().atKey;
    }
    void open(bool isMap) { m_levels.push_back({.isMap = isMap, .isSecret = !isKey() && valueIsSecret()}); }

    void take(const yaml_event_t &event)
    {
        switch (event.type) {
        case YAML_SCALAR_EVENT:
            if (isKey())
                m_levels.back().keyIsSecret =
                    collector::isSecretKey({reinterpret_cast<const char *>(event.data.scalar.value),
                                            static_cast<qsizetype>(event.data.scalar.length)});
            else if (valueIsSecret())
                count(event.start_mark.index, event.end_mark.index);
            passed();
            break;
        case YAML_ALIAS_EVENT:
            if (isKey())
                m_levels.back().keyIsSecret = false;
            passed();
            break;
        case YAML_SEQUENCE_START_EVENT:
            open(false);
            break;
        case YAML_MAPPING_START_EVENT:
            open(true);
            break;
        case YAML_SEQUENCE_END_EVENT:
        case YAML_MAPPING_END_EVENT:
            m_levels.pop_back();
            if (isKey())
                m_levels.back().keyIsSecret = false;
            passed();
            break;
        default:
            break;
        }
    }

    void count(size_t from, size_t to)
    {
        const auto written = m_characters.mid(static_cast<qsizetype>(from), static_cast<qsizetype>(to - from));
        m_count += QString::fromUcs4(reinterpret_cast<const char32_t *>(written.constData()), written.size())
                       .count(QLatin1String(secretWord));
    }

    yaml_parser_t m_parser{};
    QList<uint> m_characters;
    std::vector<Level> m_levels;
    qsizetype m_count = 0;
};

/// Whether the word stands in @p text, and nowhere but in secrets: not in a comment, a key or another value.
inline bool allWordsAreSecret(const QByteArray &text)
{
    const qsizetype all = text.count(secretWord);
    if (all == 0 || !text.isValidUtf8() || text.contains("\xef\xbb\xbf")) // the mark is no character to Qt
        return false;
    SecretWords words(text);
    return words.read() && words.count() == all;
}

} // namespace flowgate::fuzz
