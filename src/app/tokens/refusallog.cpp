// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tokens/refusallog.h"

#include "app/journal/refusals.h"
#include "app/logging.h"

namespace flowgate::app {

using namespace std::chrono_literals;

namespace {

constexpr domain::milliseconds pause = 1h;
constexpr qsizetype mostAddresses = 100;

} // namespace

void RefusalLog::note(const QString &peer, const QString &why)
{
    qCInfo(admissionLog).noquote() << "refused" << peer << why;
    const domain::milliseconds now = m_clock.awake();
    const QString address = hostOf(peer);
    if (const auto told = m_told.constFind(address); told != m_told.constEnd() && now - *told < pause)
        return;
    m_told.removeIf([now](const auto &told) { return now - told.value() >= pause; });
    if (m_told.size() >= mostAddresses)
        return;
    m_told.insert(address, now);
    m_events.add(QStringLiteral("gateway_refused"),
                 QStringLiteral("A request from %1 was refused: %2. More of them within the hour are not told.")
                     .arg(address, why));
}

} // namespace flowgate::app
