// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/gateway.h"
#include "domain/result.h"

namespace flowgate::domain {

/// Why a selector cannot be read, and where.
struct SelectorError
{
    enum class Kind {
        Empty,
        KeyExpected,
        OperatorExpected,
        ValueExpected,
        OpenQuote,
        OpenList,
        TooLong,
        CommaExpected
    };
    Kind kind = Kind::Empty;
    qsizetype position = 0; ///< index into the text, in UTF-16 units

    friend bool operator==(const SelectorError &, const SelectorError &) = default;
};

/// Kubernetes' label syntax over labels and reported attributes: "env=lab,service.name in (a,b),!retired".
/// All requirements must hold. "all" selects every gateway; an empty text selects none, it is an error.
/// `id` and `name` are keys of their own: the UUID (also without dashes) and the displayed name.
/// A label hides an attribute of the same key; `!=` and `notin` also match where the key is missing.
class Selector
{
public:
    struct Requirement
    {
        enum class Op { In, NotIn, Exists, Missing };
        QString key;
        Op op = Op::Exists;
        QStringList values;

        friend bool operator==(const Requirement &, const Requirement &) = default;
    };

    /// Longest text that is read, in UTF-16 units.
    static constexpr qsizetype longest = 16'384;

    [[nodiscard]] static Result<Selector, SelectorError> parse(QStringView text);
    [[nodiscard]] bool matches(const Gateway &gateway) const;
    [[nodiscard]] const std::vector<Requirement> &requirements() const { return m_requirements; }

private:
    std::vector<Requirement> m_requirements; // none: all
};

/// The value that selectors see under @p key; null where there is none. `id` and `name` are always there.
[[nodiscard]] QString selectorValue(const Gateway &gateway, const QString &key);

} // namespace flowgate::domain
