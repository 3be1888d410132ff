// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/failure.h"

namespace flowgate::app {

QString word(FailureCode code)
{
    switch (code) {
    case FailureCode::BadArgument:
        return QStringLiteral("bad_argument");
    case FailureCode::UnknownVerb:
        return QStringLiteral("unknown_verb");
    case FailureCode::GatewayNotFound:
    case FailureCode::ConfigNotFound:
    case FailureCode::VersionNotFound:
    case FailureCode::RolloutNotFound:
    case FailureCode::SettingNotFound:
    case FailureCode::TokenNotFound:
        return QStringLiteral("not_found");
    case FailureCode::Ambiguous:
        return QStringLiteral("ambiguous");
    case FailureCode::NotConnected:
        return QStringLiteral("not_connected");
    case FailureCode::NotCapable:
        return QStringLiteral("not_capable");
    case FailureCode::NotReported:
        return QStringLiteral("not_reported");
    case FailureCode::RestartNotSeen:
        return QStringLiteral("restart_not_seen");
    case FailureCode::BadName:
        return QStringLiteral("bad_name");
    case FailureCode::BadConfig:
        return QStringLiteral("bad_config");
    case FailureCode::EmptyConfig:
        return QStringLiteral("empty_config");
    case FailureCode::TooLarge:
        return QStringLiteral("too_large");
    case FailureCode::BadSelector:
        return QStringLiteral("bad_selector");
    case FailureCode::NoMatch:
        return QStringLiteral("no_match");
    case FailureCode::NothingOnline:
        return QStringLiteral("nothing_online");
    case FailureCode::WrongState:
        return QStringLiteral("wrong_state");
    case FailureCode::RolloutFailed:
        return QStringLiteral("rollout_failed");
    case FailureCode::StoreFailed:
        return QStringLiteral("store_failed");
    case FailureCode::BadBundle:
        return QStringLiteral("bad_bundle");
    case FailureCode::FileFailed:
        return QStringLiteral("file_failed");
    case FailureCode::Conflict:
        return QStringLiteral("conflict");
    }
    return {};
}

QString sentence(const Failure &failure)
{
    const QString &about = failure.about;
    switch (failure.code) {
    case FailureCode::BadArgument:
        return about;
    case FailureCode::UnknownVerb:
        return QStringLiteral("unknown verb '%1'; see flowgatectl --help").arg(about);
    case FailureCode::GatewayNotFound:
        return QStringLiteral("no gateway matches '%1'; 'gateways list' shows all").arg(about);
    case FailureCode::Ambiguous:
        return QStringLiteral("more than one matches: %1").arg(about);
    case FailureCode::NotConnected:
        return QStringLiteral("%1 is not connected; nothing was sent").arg(about);
    case FailureCode::NotCapable:
        return QStringLiteral("the gateway does not announce %1").arg(about);
    case FailureCode::NotReported:
        return QStringLiteral("the gateway has not reported %1").arg(about);
    case FailureCode::RestartNotSeen:
        return QStringLiteral("the restart was sent, but no other start time was reported within %1").arg(about);
    case FailureCode::ConfigNotFound:
        return QStringLiteral("no config is called '%1'; 'configs list' shows all").arg(about);
    case FailureCode::VersionNotFound:
        return QStringLiteral("there is no version %1").arg(about);
    case FailureCode::BadName:
        return QStringLiteral("'%1' cannot be a config's name: use letters, digits, '.', '_' and '-', at most 100")
            .arg(about);
    case FailureCode::BadConfig:
        return QStringLiteral("the config has errors: %1").arg(about);
    case FailureCode::EmptyConfig:
        return QStringLiteral(
            "a config needs at least one file that is not empty: an empty one would stop the collector");
    case FailureCode::TooLarge:
        return QStringLiteral("too large: %1").arg(about);
    case FailureCode::BadSelector:
        return QStringLiteral("the selector cannot be read: %1").arg(about);
    case FailureCode::NoMatch:
        return QStringLiteral("no gateway matches the selector '%1'").arg(about);
    case FailureCode::NothingOnline:
        return QStringLiteral("no gateway that the rollout reaches is online; it goes on when one returns");
    case FailureCode::RolloutNotFound:
        return QStringLiteral("no rollout has the id '%1'; 'rollouts list' shows all").arg(about);
    case FailureCode::SettingNotFound:
        return QStringLiteral("no setting is called '%1'; 'settings get' shows all").arg(about);
    case FailureCode::TokenNotFound:
        return QStringLiteral("no token is called '%1'; 'tokens list' shows all").arg(about);
    case FailureCode::WrongState:
        return about;
    case FailureCode::RolloutFailed:
        return about;
    case FailureCode::StoreFailed:
        return QStringLiteral("the database did not take it: %1").arg(about);
    case FailureCode::BadBundle:
        return QStringLiteral("the bundle is refused and nothing was imported: %1").arg(about);
    case FailureCode::FileFailed:
        return QStringLiteral("the file cannot be read or written: %1").arg(about);
    case FailureCode::Conflict:
        return about.isEmpty() ? QStringLiteral("what is in the bundle has another content here, so nothing was "
                                                "imported; --conflicts=rename brings it beside, --conflicts=skip "
                                                "leaves it out")
                               : about;
    }
    return about;
}

} // namespace flowgate::app
