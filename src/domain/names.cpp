// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/names.h"

#include <algorithm>

namespace flowgate::domain {

bool isConfigName(const QString &name)
{
    const auto isAllowed = [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'.' ||
               c == u'_' || c == u'-';
    };
    return !name.isEmpty() && name.size() <= 100 && name.front() != u'.' && name.front() != u'-' &&
           std::ranges::all_of(name, isAllowed);
}

bool isTag(const QString &text)
{
    return text.size() <= 40 && isConfigName(text);
}

bool isLabelKey(const QString &key)
{
    const auto isAllowed = [](QChar c) {
        return c.isLetterOrNumber() || c == u'.' || c == u'_' || c == u'-' || c == u'/';
    };
    return !key.isEmpty() && key.size() <= 128 && std::ranges::all_of(key, isAllowed);
}

} // namespace flowgate::domain
