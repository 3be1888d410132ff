// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/selector.h"

namespace flowgate::domain {

namespace {

using Requirement = Selector::Requirement;
using Kind = SelectorError::Kind;

bool isWordCharacter(QChar c)
{
    return !c.isSpace() && !QStringView(u",=!()\"").contains(c);
}

/// Reads the text from left to right; the first error ends the reading.
class Reader
{
public:
    explicit Reader(QStringView text)
        : m_text(text)
    {
    }

    Result<std::vector<Requirement>, SelectorError> read()
    {
        std::vector<Requirement> requirements;
        while (true) {
            auto one = readRequirement();
            if (!one)
                return unexpected(one.error());
            requirements.push_back(std::move(*one));
            skipSpace();
            if (atEnd())
                return requirements;
            if (!take(u','))
                return fail(Kind::CommaExpected);
        }
    }

private:
    using One = Result<Requirement, SelectorError>;

    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] unexpected<SelectorError> fail(Kind kind) const { return unexpected(SelectorError{kind, m_at}); }

    void skipSpace()
    {
        while (!atEnd() && m_text[m_at].isSpace())
            ++m_at;
    }

    bool take(QChar c)
    {
        skipSpace();
        if (atEnd() || m_text[m_at] != c)
            return false;
        ++m_at;
        return true;
    }

    QString readWord()
    {
        skipSpace();
        const qsizetype begin = m_at;
        while (!atEnd() && isWordCharacter(m_text[m_at]))
            ++m_at;
        return m_text.mid(begin, m_at - begin).toString();
    }

    /// A word or a text in double quotes; a backslash takes the next character as it is.
    Result<QString, SelectorError> readValue()
    {
        if (!take(u'"')) {
            const QString word = readWord();
            return word.isEmpty() ? Result<QString, SelectorError>(fail(Kind::ValueExpected)) : word;
        }
        QString value;
        while (!atEnd()) {
            QChar c = m_text[m_at++];
            if (c == u'"')
                return value;
            if (c == u'\\' && !atEnd())
                c = m_text[m_at++];
            value.append(c);
        }
        return fail(Kind::OpenQuote);
    }

    Result<QStringList, SelectorError> readList()
    {
        if (!take(u'('))
            return fail(Kind::ValueExpected);
        QStringList values;
        while (true) {
            auto value = readValue();
            if (!value)
                return unexpected(value.error());
            values.append(*value);
            if (take(u')'))
                return values;
            if (!take(u','))
                return fail(Kind::OpenList);
        }
    }

    One readRequirement()
    {
        if (take(u'!')) {
            const QString key = readWord();
            return key.isEmpty() ? One(fail(Kind::KeyExpected)) : One(Requirement{key, Requirement::Op::Missing, {}});
        }
        const QString key = readWord();
        if (key.isEmpty())
            return fail(Kind::KeyExpected);
        if (take(u'!')) {
            if (atEnd() || m_text[m_at] != u'=')
                return fail(Kind::OperatorExpected);
            ++m_at;
            return withOneValue(key, Requirement::Op::NotIn);
        }
        if (take(u'=')) {
            if (!atEnd() && m_text[m_at] == u'=')
                ++m_at;
            return withOneValue(key, Requirement::Op::In);
        }
        skipSpace();
        if (atEnd() || m_text[m_at] == u',')
            return Requirement{key, Requirement::Op::Exists, {}};
        const qsizetype before = m_at;
        const QString op = readWord();
        if (op != u"in" && op != u"notin") {
            m_at = before;
            return fail(Kind::OperatorExpected);
        }
        auto values = readList();
        if (!values)
            return unexpected(values.error());
        return Requirement{key, op == u"in" ? Requirement::Op::In : Requirement::Op::NotIn, *values};
    }

    One withOneValue(const QString &key, Requirement::Op op)
    {
        auto value = readValue();
        return value ? One(Requirement{key, op, {*value}}) : One(unexpected(value.error()));
    }

    QStringView m_text;
    qsizetype m_at = 0;
};

bool holds(const Requirement &requirement, const Gateway &gateway)
{
    const QString value = selectorValue(gateway, requirement.key);
    const auto isListed = [&] {
        if (requirement.key != u"id")
            return requirement.values.contains(value);
        return std::any_of(requirement.values.begin(), requirement.values.end(),
                           [&](const QString &text) { return gatewayIdFromText(text) == gateway.id; });
    };
    switch (requirement.op) {
    case Requirement::Op::Exists:
        return !value.isNull();
    case Requirement::Op::Missing:
        return value.isNull();
    case Requirement::Op::In:
        return !value.isNull() && isListed();
    case Requirement::Op::NotIn:
        return value.isNull() || !isListed();
    }
    return false;
}

} // namespace

QString selectorValue(const Gateway &gateway, const QString &key)
{
    if (key == u"id")
        return uuidText(gateway.id);
    if (key == u"name")
        return displayName(gateway);
    if (const auto label = gateway.labels.constFind(key); label != gateway.labels.constEnd())
        return label->isNull() ? QStringLiteral("") : *label;
    return gateway.description ? attributeText(gateway.description->value, key) : QString();
}

Result<Selector, SelectorError> Selector::parse(QStringView text)
{
    if (text.trimmed().isEmpty())
        return unexpected(SelectorError{Kind::Empty, 0});
    if (text.size() > longest)
        return unexpected(SelectorError{Kind::TooLong, longest});
    Selector selector;
    if (text.trimmed() == u"all")
        return selector;
    auto requirements = Reader(text).read();
    if (!requirements)
        return unexpected(requirements.error());
    selector.m_requirements = std::move(*requirements);
    return selector;
}

bool Selector::matches(const Gateway &gateway) const
{
    return std::all_of(m_requirements.begin(), m_requirements.end(),
                       [&](const Requirement &requirement) { return holds(requirement, gateway); });
}

} // namespace flowgate::domain
