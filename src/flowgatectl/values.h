// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>

namespace flowgate::ctl {

/// Readers of answers that take nothing for granted: what is absent or of another type reads as "-" or "".

/// A value as a printable text: strings, numbers, "yes" and "no"; "-" for null and absent.
[[nodiscard]] QString shown(const QJsonValue &value);
/// A string as a printable text; empty where it is none.
[[nodiscard]] QString said(const QJsonValue &value);
/// The last 8 characters of an id, printable.
[[nodiscard]] QString shortId(const QJsonValue &id);
/// "base@3" of {"config","version"}; "-" for null.
[[nodiscard]] QString versionName(const QJsonValue &ref);
/// 'env=lab note="two words"' of a map, printable.
[[nodiscard]] QString pairs(const QJsonObject &map);
[[nodiscard]] QJsonArray itemsOf(const QJsonValue &result);
/// "1 gateway", "2 gateways".
[[nodiscard]] QString counted(qsizetype count, QStringView singular);
/// "3 values cannot be compared": of a config, where references and hidden values stand.
[[nodiscard]] QString notCompared(qsizetype count);
/// "3 connected, 1 lost" from words and their counts, in the order of first sight.
class Tally
{
public:
    void add(const QString &word, int count = 1);
    [[nodiscard]] QString text() const;

private:
    QList<std::pair<QString, int>> m_counts;
};

} // namespace flowgate::ctl
