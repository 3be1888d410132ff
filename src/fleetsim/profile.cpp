// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleetsim/profile.h"

#include <QCryptographicHash>

#include <array>

namespace flowgate::fleetsim {

namespace {

using enum Character;
constexpr std::array mixedCharacters{Modern, Modern, Modern, Seed,   Modern, Unhealthy, Modern, Slow,   Modern, Modern,
                                     Small,  Modern, Seed,   Modern, Modern, Crashing,  Modern, Modern, Bare,   Slow};

constexpr std::array roles{"edge", "core", "dmz", "lab"};
constexpr std::array sites{"ber", "par", "lon", "ams", "mad", "rom", "vie", "zrh", "prg", "waw",
                           "osl", "sto", "hel", "cph", "dub", "lis", "ath", "bud", "fra", "muc"};

struct Machine
{
    const char *arch;
    const char *os;
};
constexpr std::array machines{Machine{"amd64", "Debian 12.11"}, Machine{"amd64", "Ubuntu 24.04.2 LTS"},
                              Machine{"arm64", "Alpine Linux v3.20"}, Machine{"amd64", "Debian 12.11"}};

/// A version 7 UUID in looks; its bits come from seed and index.
QByteArray uidFor(quint64 index, quint64 seed)
{
    QByteArray uid =
        QCryptographicHash::hash(QByteArray::number(seed) + '/' + QByteArray::number(index), QCryptographicHash::Sha256)
            .left(16);
    const QByteArray time = QByteArray::fromHex("0199a0000000"); // a day of 2025
    uid.replace(0, time.size(), time);
    uid[6] = static_cast<char>((uid.at(6) & 0x0f) | 0x70);
    uid[8] = static_cast<char>((uid.at(8) & 0x3f) | 0x80);
    return uid;
}

} // namespace

Profile profileOf(int index, quint64 seed, Behaviour behaviour)
{
    const auto at = static_cast<size_t>(index);
    const size_t place = at % (roles.size() * sites.size());
    const int number = index / static_cast<int>(roles.size() * sites.size()) + 1;
    const bool mixed = behaviour == Behaviour::Mixed;
    const Machine &machine = machines.at((at / 3) % machines.size());

    Profile profile;
    profile.uid = domain::GatewayId(uidFor(at, seed));
    profile.name =
        QStringLiteral("%1-%2-%3")
            .arg(QLatin1String(roles.at(place / sites.size())), QLatin1String(sites.at(place % sites.size())))
            .arg(number, 2, 10, QLatin1Char('0'));
    profile.character = mixed ? mixedCharacters.at((at + seed) % mixedCharacters.size()) : Modern;
    profile.version = mixed && at % 5 == 4 ? QStringLiteral("0.147.0") : QStringLiteral("0.149.0");
    profile.arch = QLatin1String(machine.arch);
    profile.osDescription = QLatin1String(machine.os);
    return profile;
}

domain::Capabilities capabilitiesOf(Character character)
{
    switch (character) {
    case Seed:
        return domain::Capabilities(15559);
    case Bare:
        return domain::Capabilities(quint64(domain::Capability::ReportsStatus) |
                                    quint64(domain::Capability::AcceptsRemoteConfig) |
                                    quint64(domain::Capability::ReportsHeartbeat));
    default:
        return domain::Capabilities(32199);
    }
}

domain::AgentDescription descriptionOf(const Profile &profile)
{
    const auto item = [](const char *key, const QString &value) {
        return domain::Attribute{QLatin1String(key), {value}};
    };
    const QString service =
        isContrib(profile.character) ? QStringLiteral("otelcol-contrib") : QStringLiteral("otelcol");
    return {{item("service.instance.id", domain::uuidText(profile.uid)), item("service.name", service),
             item("service.version", profile.version)},
            {item("host.arch", profile.arch), item("host.name", profile.name),
             item("os.description", profile.osDescription), item("os.type", QStringLiteral("linux"))}};
}

bool isContrib(Character character)
{
    return character != Small;
}

} // namespace flowgate::fleetsim
