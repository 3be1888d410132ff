// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/errortext.h"

#include "ui/common/visibletext.h"

#include <QCoreApplication>

namespace flowgate::common {

namespace {

struct Errors
{
    Q_DECLARE_TR_FUNCTIONS(flowgate::Errors)
};

} // namespace

QString text(const app::Failure &failure)
{
    using Code = app::FailureCode;
    const QString about = manyLines(failure.about, 4000);
    switch (failure.code) {
    case Code::BadArgument:
        return Errors::tr("This cannot be done: %1").arg(about);
    case Code::UnknownVerb:
        return Errors::tr("Unknown operation: %1").arg(about);
    case Code::GatewayNotFound:
        return Errors::tr("The gateway %1 is not there any more.").arg(about);
    case Code::Ambiguous:
        return Errors::tr("More than one gateway matches: %1").arg(about);
    case Code::NotConnected:
        return Errors::tr("%1 is not connected. Nothing was sent.").arg(about);
    case Code::NotCapable:
        return Errors::tr("The gateway does not announce that it can do this (%1).").arg(about);
    case Code::NotReported:
        return Errors::tr("The gateway has not reported this yet (%1).").arg(about);
    case Code::RestartNotSeen:
        return Errors::tr("The restart was sent, but no other start time was reported within %1.").arg(about);
    case Code::ConfigNotFound:
        return Errors::tr("There is no config named %1.").arg(about);
    case Code::VersionNotFound:
        return Errors::tr("There is no version %1.").arg(about);
    case Code::BadName:
        return Errors::tr("%1 cannot be a config's name. Use letters, digits, dot, underscore and dash, at most 100.")
            .arg(about);
    case Code::BadConfig:
        return Errors::tr("This config has errors: %1").arg(about);
    case Code::EmptyConfig:
        return Errors::tr("A config needs at least one file that is not empty: an empty one would stop the collector.");
    case Code::TooLarge:
        return Errors::tr("Too large: %1").arg(about);
    case Code::BadSelector:
        return Errors::tr("The selector cannot be read: %1").arg(about);
    case Code::NoMatch:
        return Errors::tr("No gateway matches %1.").arg(about);
    case Code::NothingOnline:
        return Errors::tr("No gateway that this reaches is online. It goes on when one returns.");
    case Code::RolloutNotFound:
        return Errors::tr("There is no rollout %1.").arg(about);
    case Code::SettingNotFound:
        return Errors::tr("There is no setting %1.").arg(about);
    case Code::TokenNotFound:
        return Errors::tr("There is no token %1.").arg(about);
    case Code::WrongState:
        return Errors::tr("This cannot be done now: %1").arg(about);
    case Code::RolloutFailed:
        return Errors::tr("The rollout failed: %1").arg(about);
    case Code::StoreFailed:
        return Errors::tr("The database did not take it: %1").arg(about);
    case Code::BadBundle:
        return Errors::tr("This bundle is refused, and nothing was imported: %1.").arg(about);
    case Code::FileFailed:
        return Errors::tr("The file cannot be read or written: %1").arg(about);
    case Code::Conflict:
        return about.isEmpty() ? Errors::tr("What is in the bundle has another content here. Nothing was imported.")
                               : about;
    }
    return about;
}

QString text(const domain::SelectorError &error)
{
    using Kind = domain::SelectorError::Kind;
    const qsizetype at = error.position + 1;
    switch (error.kind) {
    case Kind::Empty:
        return Errors::tr("It is empty. Write \"all\" for all gateways.");
    case Kind::KeyExpected:
        return Errors::tr("A key is missing at character %1.").arg(at);
    case Kind::OperatorExpected:
        return Errors::tr("Expected =, !=, in or notin at character %1.").arg(at);
    case Kind::ValueExpected:
        return Errors::tr("A value is missing at character %1.").arg(at);
    case Kind::OpenQuote:
        return Errors::tr("The closing quote is missing.");
    case Kind::OpenList:
        return Errors::tr("Expected , or ) at character %1.").arg(at);
    case Kind::TooLong:
        return Errors::tr("It is longer than %1 characters.").arg(domain::Selector::longest);
    case Kind::CommaExpected:
        return Errors::tr("Expected a comma at character %1.").arg(at);
    }
    return {};
}

QString text(const domain::WaveError &error)
{
    using Kind = domain::WaveError::Kind;
    const QString entry = oneLine(error.entry, 40);
    switch (error.kind) {
    case Kind::NotAWave:
        return entry.isEmpty()
                   ? Errors::tr("A wave is missing. Write counts or shares that grow, like 1, 50%, 100%.")
                   : Errors::tr("%1 is not a count or a share. Write waves that grow, like 1, 50%, 100%.").arg(entry);
    case Kind::OverAll:
        return Errors::tr("%1 is more than all gateways. The largest share is 100%.").arg(entry);
    case Kind::DoesNotGrow:
        return Errors::tr("%1 reaches no more than an earlier wave. Write waves that grow, like 1, 50%, 100%.")
            .arg(entry);
    case Kind::TooMany:
        return Errors::tr("There are more than %1 waves.").arg(domain::mostWaves);
    }
    return {};
}

} // namespace flowgate::common
