// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notices/mutes.h"

#include "ui/common/relativetime.h"

#include <QSettings>

namespace flowgate::ui {

using domain::GatewayId;

namespace {
const QString group = QStringLiteral("mutes");
}

Mutes::Mutes(const domain::Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
{
}

void Mutes::keepIn(QSettings &settings)
{
    settings.beginGroup(group);
    for (const QString &key : settings.childKeys()) {
        bool isNumber = false;
        const qint64 until = settings.value(key).toLongLong(&isNumber);
        const QByteArray id = QByteArray::fromHex(key.toLatin1());
        if (isNumber && id.size() == 16)
            m_until.insert(GatewayId(id), until == 0 ? std::nullopt : std::optional(common::fromMs(until)));
    }
    settings.endGroup();
    m_settings = &settings;
    Q_EMIT changed();
}

void Mutes::mute(const std::vector<GatewayId> &gateways, std::optional<domain::milliseconds> length)
{
    for (const GatewayId &gateway : gateways)
        m_until.insert(gateway, length ? std::optional(m_clock.now() + *length) : std::nullopt);
    keep();
}

void Mutes::unmute(const std::vector<GatewayId> &gateways)
{
    for (const GatewayId &gateway : gateways)
        m_until.remove(gateway);
    keep();
}

void Mutes::muteAll(domain::milliseconds length)
{
    m_allUntil = m_clock.now() + length;
    Q_EMIT changed();
}

bool Mutes::isMuted(const GatewayId &gateway) const
{
    const auto known = m_until.constFind(gateway);
    return known != m_until.cend() && (!*known || m_clock.now() < **known);
}

QString Mutes::words(const GatewayId &gateway) const
{
    if (!isMuted(gateway))
        return {};
    const std::optional<domain::WallTime> until = m_until.value(gateway);
    return until ? tr("muted until %1").arg(common::clockTime(*until, m_clock.now())) : tr("muted until you unmute it");
}

/// What is over is not kept.
void Mutes::keep()
{
    m_until.removeIf([this](const auto &entry) { return entry.value() && *entry.value() <= m_clock.now(); });
    if (m_settings) {
        m_settings->remove(group);
        m_settings->beginGroup(group);
        for (auto entry = m_until.cbegin(); entry != m_until.cend(); ++entry)
            m_settings->setValue(entry.key().hex(), entry.value() ? common::toMs(*entry.value()) : qint64(0));
        m_settings->endGroup();
    }
    Q_EMIT changed();
}

} // namespace flowgate::ui
