// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/gateway.h"

namespace flowgate::domain {

bool isServed(const Gateway &gateway)
{
    return gateway.admission == Admission::Approved && !gateway.presence.onBootstrap;
}

QString displayName(const Gateway &gateway)
{
    if (const QString label = gateway.labels.value(QStringLiteral("name")); !label.isEmpty())
        return label;
    if (gateway.description) {
        for (const QStringView key : {u"host.name", u"service.name"}) {
            if (const QString text = attributeText(gateway.description->value, key); !text.isEmpty())
                return text;
        }
    }
    return uuidText(gateway.id);
}

} // namespace flowgate::domain
