// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>
#include <vector>

namespace flowgate::collector {

enum class Severity { Error, Warning };

/// A change of the text that mends a problem. Places count from 1, columns in characters; the end is behind the last
/// one that goes.
struct Fix
{
    int line = 0;
    int column = 0;
    int endLine = 0;
    int endColumn = 0;
    QString replacement{};

    friend bool operator==(const Fix &, const Fix &) = default;
};
/// Puts @p replacement where @p text stands, on one line.
[[nodiscard]] Fix replaceOnLine(int line, int column, QStringView text, const QString &replacement);

/// The text with changes made to it, in their order. Those over several lines, and those behind the end, are left out.
[[nodiscard]] QString fixed(const QString &text, const std::vector<Fix> &fixes);

/// Something wrong with a config, in words for its operator. Lines and columns count from 1; 0 means "no place".
struct Problem
{
    Severity severity = Severity::Error;
    int line = 0;
    int column = 0; ///< in characters, not bytes
    QString path{}; ///< "service::pipelines::logs::exporters[0]", as the Collector writes it; "" for the whole
    QString text{};
    QString file{};           ///< name within its config set; "" for the unnamed one
    std::optional<Fix> fix{}; ///< where it is known how to mend it

    friend bool operator==(const Problem &, const Problem &) = default;
};
using Problems = std::vector<Problem>;

[[nodiscard]] bool hasErrors(const Problems &problems);
/// "error" or "warning".
[[nodiscard]] QString word(Severity severity);
/// One problem as compilers write it: "base.yaml:12:3: error: TEXT (PATH)". @p name is that of the text.
[[nodiscard]] QString problemLine(const QString &name, const Problem &problem);
/// Problems up to a limit. Errors and warnings count apart, so that no number of warnings hides an error.
class ProblemList
{
public:
    /// @param most  of each, and of what take() gives
    explicit ProblemList(int most)
        : m_most(static_cast<size_t>(most > 0 ? most : 0))
    {
    }

    /// Whether there is room for one more. Look before making a text that costs something.
    [[nodiscard]] bool hasRoom(Severity severity) const { return listOf(severity).size() < m_most; }
    /// Drops what there is no room for.
    void add(Problem problem);
    void add(Problems problems);
    /// By place. Where there are too many the last warnings are left out.
    [[nodiscard]] Problems take();

private:
    [[nodiscard]] const Problems &listOf(Severity severity) const
    {
        return severity == Severity::Error ? m_errors : m_warnings;
    }

    size_t m_most;
    Problems m_errors;
    Problems m_warnings;
};

/// "200,000", for texts: numbers have separators.
[[nodiscard]] QString grouped(qint64 number);
/// By line and column, errors first on the same spot.
void sortByPlace(Problems &problems);

} // namespace flowgate::collector
