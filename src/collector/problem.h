// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace flowgate::collector {

enum class Severity { Error, Warning };

/// Something wrong with a config, in words for its operator. Lines and columns count from 1; 0 means "no place".
struct Problem
{
    Severity severity = Severity::Error;
    int line = 0;
    int column = 0; ///< in characters, not bytes
    QString path{}; ///< "service::pipelines::logs::exporters[0]", as the Collector writes it; "" for the whole
    QString text{};
    QString file{}; ///< name within its config set; "" for the unnamed one

    friend bool operator==(const Problem &, const Problem &) = default;
};
using Problems = std::vector<Problem>;

[[nodiscard]] bool hasErrors(const Problems &problems);
/// "error" or "warning".
[[nodiscard]] QString word(Severity severity);
/// One problem as compilers write it: "base.yaml:12:3: error: TEXT (PATH)". @p name is that of the text.
[[nodiscard]] QString problemLine(const QString &name, const Problem &problem);
/// By line and column, errors first on the same spot.
void sortByPlace(Problems &problems);

} // namespace flowgate::collector
