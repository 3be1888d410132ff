// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/publicurl.h"

#include <QUrl>

namespace flowgate::app {

domain::Result<PublicUrl, QString> PublicUrl::parse(const QString &text, const QString &opampPath)
{
    constexpr qsizetype longest = 500;
    const QUrl url(text, QUrl::StrictMode);
    // A password that was typed by mistake does not go to a log.
    const QString shown = url.userInfo().isEmpty() ? text : url.toString(QUrl::RemoveUserInfo);
    const auto wrong = [&](const QString &why) {
        return domain::unexpected(
            QStringLiteral("'%1' %2; write it as wss://gw.example.org or https://gw.example.org:8443/flowgate")
                .arg(shown.left(longest), why));
    };
    const QString scheme = url.scheme();
    if (text.size() > longest)
        return wrong(QStringLiteral("is longer than %1 characters").arg(longest));
    if (!url.isValid() || text.contains(u' '))
        return wrong(QStringLiteral("is no URL"));
    if (scheme != u"ws" && scheme != u"wss" && scheme != u"http" && scheme != u"https")
        return wrong(QStringLiteral("does not begin with ws://, wss://, http:// or https://"));
    if (url.host().isEmpty())
        return wrong(QStringLiteral("names no host"));
    if (url.port(1) == 0)
        return wrong(QStringLiteral("has port 0, which nobody can reach"));
    if (!url.userInfo(QUrl::FullyEncoded).isEmpty())
        return wrong(QStringLiteral("holds a user or password, which would go to every gateway"));
    if (url.hasQuery() || url.hasFragment())
        return wrong(QStringLiteral("has a part behind ? or #"));
    PublicUrl result;
    result.m_encrypted = scheme == u"wss" || scheme == u"https";
    result.m_authority = url.authority(QUrl::FullyEncoded);
    result.m_before = url.path(QUrl::FullyEncoded);
    result.m_opampPath = opampPath;
    if (result.m_before.endsWith(opampPath))
        result.m_before.chop(opampPath.size());
    while (result.m_before.endsWith(u'/'))
        result.m_before.chop(1);
    return result;
}

QString PublicUrl::opamp() const
{
    return (m_encrypted ? QStringLiteral("wss://") : QStringLiteral("ws://")) + m_authority + m_before + m_opampPath;
}

QString PublicUrl::at(const QString &path) const
{
    return (m_encrypted ? QStringLiteral("https://") : QStringLiteral("http://")) + m_authority + m_before + path;
}

} // namespace flowgate::app
