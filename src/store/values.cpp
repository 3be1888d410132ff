// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/values.h"

#include <algorithm>

namespace flowgate::store {

QVariant bound(const QString &text)
{
    if (text.isNull())
        return QString::fromLatin1("");
    const bool plain =
        QStringView(text).isValidUtf16() && std::ranges::none_of(text, [](QChar c) { return c.unicode() >= 0xfffe; });
    if (plain)
        return text;
    QString storable = text;
    for (qsizetype i = 0; i < storable.size(); ++i) {
        const QChar c = storable.at(i);
        const bool pair = c.isHighSurrogate() && i + 1 < storable.size() && storable.at(i + 1).isLowSurrogate();
        if (pair)
            ++i;
        else if (c.isSurrogate() || c.unicode() >= 0xfffe)
            storable[i] = QChar::ReplacementCharacter;
    }
    return storable;
}

} // namespace flowgate::store
