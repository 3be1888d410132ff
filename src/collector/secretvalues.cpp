// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/secretvalues.h"

#include "collector/secretlines.h"
#include "collector/secretplaces.h"
#include "collector/secrets.h"
#include "collector/yamltext.h"

#include <QSet>

#include <algorithm>

namespace flowgate::collector {

namespace {

using domain::SecretSet;

constexpr qsizetype longestEncoded = 4096; ///< longer values (keys, certificates) are looked for as they are
constexpr qsizetype shortestEncoded = 8;   ///< characters of base64: fewer may be found by chance
constexpr qsizetype shortestLine = 16;     ///< of a value of many lines: a shorter one says little

/// As Go's strconv.Quote() writes it between the quotes; as encoding/json does with @p isJson.
QByteArray quoted(const QByteArray &text, bool isJson)
{
    QByteArray out;
    for (const char c : text) {
        switch (c) {
        case '"':
        case '\\':
            out += '\\';
            out += c;
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        case '<':
        case '>':
        case '&':
            if (isJson)
                out += "\\u00" + QByteArray(1, c).toHex();
            else
                out += c;
            break;
        default:
            out += c;
        }
    }
    return out;
}

/// The text behind the one blank of "Bearer x"; empty where it is of another form.
QByteArray credentialsIn(const QByteArray &value)
{
    const qsizetype blank = value.indexOf(' ');
    const bool isScheme = blank > 0 && std::all_of(value.begin(), value.begin() + blank, [](char c) {
                              return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
                          });
    const QByteArray rest = isScheme ? value.sliced(blank + 1).trimmed() : QByteArray();
    return rest.contains(' ') ? QByteArray() : rest;
}

/// The password of the credentials of Basic authentication; empty: they are none.
QByteArray passwordIn(const QByteArray &credentials)
{
    const auto decoded = QByteArray::fromBase64Encoding(credentials, QByteArray::AbortOnBase64DecodingErrors);
    const qsizetype colon = decoded ? decoded.decoded.indexOf(':') : -1;
    return colon < 0 ? QByteArray() : decoded.decoded.sliced(colon + 1);
}

/// Gathers secrets until there are more than any set takes.
class Gatherer
{
public:
    explicit Gatherer(const QByteArrayList &known)
        : m_seen(known.begin(), known.end())
    {
        m_seen += {"[REDACTED]", hiddenValue};
    }

    void addFile(const QByteArray &body)
    {
        const QByteArray text = asUtf8(body);
        bool isRead = false;
        if (checkYamlBytes(text, 1).problems.empty()) {
            const SecretPlaces found = secretPlaces(text);
            isRead = found.complete;
            for (const QByteArray &value : found.values)
                addValue(value);
        }
        if (!isRead) {
            for (const QByteArray &value : secretsByLine(text))
                addValue(value);
        }
        for (const domain::ByteRange &place : passwordPlaces(text)) {
            const QByteArray password = text.sliced(place.begin, place.end - place.begin);
            addValue(password);
            if (password.contains('%'))
                addValue(QByteArray::fromPercentEncoding(password));
        }
    }
    [[nodiscard]] SecretSet take() { return SecretSet(std::move(m_forms), m_complete); }

private:
    void addValue(const QByteArray &value)
    {
        if (value.contains("${"))
            return addLiterals(value);
        const QByteArray credentials = credentialsIn(value);
        addSecret(credentials.isEmpty() ? value : credentials);
        addSecret(passwordIn(credentials));
        if (value.contains('\n')) {
            for (const QByteArray &line : value.split('\n')) {
                if (line.trimmed().size() >= shortestLine)
                    addSecret(line.trimmed());
            }
        }
    }

    /// What stands around the references of a value. A lone word before one is the scheme of "Bearer ${env:TOKEN}".
    void addLiterals(const QByteArray &value)
    {
        qsizetype from = 0;
        while (from < value.size()) {
            const qsizetype reference = value.indexOf("${", from);
            const QByteArray literal = value.sliced(from, (reference < 0 ? value.size() : reference) - from);
            if (!(from == 0 && literal.endsWith(' ') && !literal.trimmed().contains(' ')))
                addSecret(literal.trimmed());
            const qsizetype end = reference < 0 ? -1 : value.indexOf('}', reference);
            from = end < 0 ? value.size() : end + 1;
        }
    }

    void addSecret(const QByteArray &secret)
    {
        if (secret.size() < SecretSet::shortest || m_seen.contains(secret))
            return;
        m_complete = m_complete && m_forms.size() <= SecretSet::mostValues;
        if (!m_complete)
            return;
        m_seen.insert(secret);
        m_forms += writtenForms(secret);
    }

    QSet<QByteArray> m_seen; ///< those that are none, too
    QByteArrayList m_forms;
    bool m_complete = true;
};

} // namespace

QByteArrayList writtenForms(const QByteArray &secret)
{
    QByteArrayList forms{secret};
    if (secret.size() > longestEncoded)
        return forms;
    const auto add = [&forms](QByteArray form) {
        if (!forms.contains(form))
            forms.append(std::move(form));
    };
    add(quoted(secret, false));
    add(quoted(secret, true));
    add(secret.toPercentEncoding());
    add(secret.toPercentEncoding("$&+,;="));              // url.UserPassword
    add(secret.toPercentEncoding(" ").replace(' ', '+')); // url.QueryEscape
    // Within a longer text, such as "user:password", three ways to be encoded: by how many bytes are before it. The
    // first characters hold bits of those bytes, the last one bits of what follows.
    for (qsizetype before = 0; before < 3; ++before) {
        const QByteArray encoded = (QByteArray(before, '\0') + secret).toBase64(QByteArray::OmitTrailingEquals);
        const qsizetype first = before == 0 ? 0 : before + 1;
        const qsizetype behind = (before + secret.size()) * 8 / 6; // whole characters
        if (behind - first >= shortestEncoded)
            add(encoded.sliced(first, behind - first));
    }
    return forms;
}

domain::SecretSet secretsOf(const domain::ConfigSet &config, const QByteArrayList &known)
{
    Gatherer gatherer(known);
    for (const auto &[name, file] : config.files)
        gatherer.addFile(file.body);
    return gatherer.take();
}

} // namespace flowgate::collector
