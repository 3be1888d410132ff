// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notices/mutes.h"

#include "ui/common/relativetime.h"

#include <QSettings>
#include <QStringList>

namespace flowgate::ui {

namespace {

const QString gatewaysKey = QStringLiteral("muted/gateways");
const QString allKey = QStringLiteral("muted/all");
constexpr qsizetype mostKept = 100'000;
constexpr qsizetype idBytes = 16;

QString line(const domain::GatewayId &gateway, domain::WallTime until)
{
    return gateway.hex() + u'=' + (until == Mutes::always ? QString() : QString::number(common::toMs(until)));
}

std::optional<domain::WallTime> moment(QStringView text)
{
    bool isNumber = false;
    const qint64 ms = text.toLongLong(&isNumber);
    return isNumber ? std::optional(common::fromMs(ms)) : std::nullopt;
}

} // namespace

void Mutes::keepIn(QSettings &settings)
{
    m_until.clear();
    const QStringList lines = settings.value(gatewaysKey).toStringList();
    for (const QString &line : lines.first(std::min(lines.size(), mostKept))) {
        const qsizetype middle = line.indexOf(u'=');
        const QByteArray id = QByteArray::fromHex(line.left(middle).toLatin1());
        const QStringView until = QStringView(line).mid(middle + 1);
        const auto at = until.isEmpty() ? std::optional(always) : moment(until);
        if (middle > 0 && id.size() == idBytes && at)
            m_until.insert(domain::GatewayId(id), *at);
    }
    m_allUntil = moment(settings.value(allKey).toString());
    m_settings = &settings;
    Q_EMIT changed();
}

void Mutes::mute(const std::vector<domain::GatewayId> &gateways, domain::WallTime until)
{
    for (const domain::GatewayId &gateway : gateways)
        m_until.insert(gateway, until);
    write();
}

void Mutes::unmute(const std::vector<domain::GatewayId> &gateways)
{
    qsizetype gone = 0;
    for (const domain::GatewayId &gateway : gateways)
        gone += m_until.remove(gateway);
    if (gone > 0)
        write();
}

std::optional<domain::WallTime> Mutes::mutedUntil(const domain::GatewayId &gateway, domain::WallTime now) const
{
    const auto found = m_until.constFind(gateway);
    return found != m_until.cend() && *found > now ? std::optional(*found) : std::nullopt;
}

void Mutes::muteAll(std::optional<domain::WallTime> until)
{
    m_allUntil = until;
    write();
}

std::optional<domain::WallTime> Mutes::allMutedUntil(domain::WallTime now) const
{
    return m_allUntil && *m_allUntil > now ? m_allUntil : std::nullopt;
}

void Mutes::tidy(domain::WallTime now)
{
    const qsizetype before = m_until.size();
    m_until.removeIf([now](const auto &mute) { return mute.value() <= now; });
    const bool allOver = m_allUntil && *m_allUntil <= now;
    if (allOver)
        m_allUntil.reset();
    if (allOver || m_until.size() != before)
        write();
}

void Mutes::write()
{
    if (m_settings) {
        QStringList lines;
        for (auto it = m_until.cbegin(); it != m_until.cend(); ++it)
            lines.append(line(it.key(), it.value()));
        lines.sort();
        m_settings->setValue(gatewaysKey, lines);
        m_settings->setValue(allKey, m_allUntil ? QString::number(common::toMs(*m_allUntil)) : QString());
    }
    Q_EMIT changed();
}

} // namespace flowgate::ui
