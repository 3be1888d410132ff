// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"
#include "net/webrules.h"

#include <QString>

namespace flowgate::app {

/// The address under which agents reach us where a proxy or NAT stands in front: what --public-url says.
class PublicUrl
{
public:
    /// Reads "wss://gw.example.org", "https://gw.example.org:8443/flowgate" or the OpAMP endpoint in whole. Schemes ws
    /// and http mean the same, as do wss and https; a path is what the proxy puts before ours.
    /// @param opampPath  of the OpAMP endpoint here: "/v1/opamp"
    /// @return           or a sentence about what is wrong
    [[nodiscard]] static domain::Result<PublicUrl, QString> parse(const QString &text, const QString &opampPath);

    /// What a supervisor is given as its endpoint: "wss://gw.example.org:8443/flowgate/v1/opamp".
    [[nodiscard]] QString opamp() const;
    /// Another of our paths, such as "/v1/metrics": "https://gw.example.org:8443/flowgate/v1/metrics".
    [[nodiscard]] QString at(const QString &path) const;

    /// The page that a browser would call it: "https", "gw.example.org", 8443.
    [[nodiscard]] std::optional<net::WebOrigin> origin() const
    {
        return net::webOriginFromText(
            ((m_encrypted ? QStringLiteral("https://") : QStringLiteral("http://")) + m_authority).toLatin1());
    }

    friend bool operator==(const PublicUrl &, const PublicUrl &) = default;

private:
    bool m_encrypted = false;
    QString m_authority; ///< host and port
    QString m_before;    ///< "" or "/flowgate"
    QString m_opampPath;
};

} // namespace flowgate::app
