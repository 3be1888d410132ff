// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QString>

#include <memory>
#include <vector>

namespace flowgate::domain {

/// What stands in place of a value that is not shown.
inline constexpr char hiddenValue[] = "[hidden]";

/// Bytes of a text, from begin to before end.
struct ByteRange
{
    qsizetype begin = 0;
    qsizetype end = 0;

    friend bool operator==(const ByteRange &, const ByteRange &) = default;
};

/// The secret values of one config, to be searched for in texts. Of many values all are searched for in one pass
/// (Aho-Corasick), so that the time grows with the text, not with their number. Immutable; any thread.
class SecretSet
{
public:
    static constexpr qsizetype shortest = 4;           ///< characters; a shorter value would hide half of every text
    static constexpr qsizetype mostValues = 10'000;    ///< of one set
    static constexpr qsizetype mostBytes = 256 * 1024; ///< of all values of one set

    SecretSet() = default;
    /// @param values    UTF-8. Values shorter than `shortest` are left out
    /// @param complete  false: the config may have more values than these
    explicit SecretSet(QByteArrayList values, bool complete = true);

    /// False: values are missing, since there were too many of them. A text cannot be trusted then.
    [[nodiscard]] bool isComplete() const { return m_complete; }
    [[nodiscard]] bool isEmpty() const { return m_values.isEmpty(); }
    [[nodiscard]] const QByteArrayList &values() const { return m_values; }
    /// The same for two sets with the same values, and only for those. 32 bytes.
    [[nodiscard]] const QByteArray &digest() const { return m_digest; }
    /// What it takes of memory, in bytes.
    [[nodiscard]] qsizetype bytes() const;
    /// Adds the ranges of @p utf8 that hold one of the values. Ranges may overlap.
    void find(QByteArrayView utf8, std::vector<ByteRange> &found) const;

private:
    /// One prefix of a value. The children of a node stand next to each other, sorted by `label`.
    struct Node
    {
        quint32 firstChild = 0;
        quint32 shorter = 0; ///< node of the longest proper suffix that is a prefix of a value, too
        quint32 longest = 0; ///< length of the longest value that ends here; 0: none does
        quint16 children = 0;
        unsigned char label = 0;
    };
    [[nodiscard]] quint32 childOf(quint32 node, unsigned char label) const;
    void build();
    void link();

    QByteArrayList m_values;   ///< sorted, each once
    std::vector<Node> m_nodes; ///< of many values; the first is the root; in the order of their depth
    QByteArray m_digest;
    bool m_complete = true;
};

using Secrets = std::vector<std::shared_ptr<const SecretSet>>;

/// @p text with every occurrence of a secret replaced by `hiddenValue`; occurrences that overlap or touch become one.
/// With an incomplete set the whole text is replaced, since what it holds cannot be told.
/// @thread any; pure
[[nodiscard]] QString maskSecrets(const QString &text, const Secrets &secrets);

} // namespace flowgate::domain
