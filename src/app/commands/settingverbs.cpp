// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commandserver.h"
#include "app/desk/desk.h"

#include <QJsonArray>

namespace flowgate::app {

namespace {

using Type = SettingSpec::Type;

QString word(Type type)
{
    switch (type) {
    case Type::Count:
        return QStringLiteral("count");
    case Type::Length:
        return QStringLiteral("length");
    case Type::Choice:
        return QStringLiteral("choice");
    case Type::Waves:
        return QStringLiteral("waves");
    case Type::Gateways:
        return QStringLiteral("selector");
    case Type::Origins:
        return QStringLiteral("origins");
    case Type::Hosts:
        return QStringLiteral("hosts");
    case Type::Url:
        return QStringLiteral("url");
    }
    return {};
}

/// A count as a number, anything else as its text.
QJsonValue valueJson(const SettingSpec &spec, const QString &value)
{
    return spec.type == Type::Count ? QJsonValue(value.toLongLong()) : QJsonValue(value);
}

QJsonValue limitJson(const SettingSpec &spec, qint64 limit)
{
    if (spec.type == Type::Count)
        return limit;
    return spec.type == Type::Length ? QJsonValue(lengthText(domain::milliseconds(limit))) : QJsonValue::Null;
}

QJsonObject settingJson(const SettingValue &setting)
{
    const SettingSpec &spec = *setting.spec;
    return {{QStringLiteral("key"), spec.key},
            {QStringLiteral("value"), valueJson(spec, setting.value)},
            {QStringLiteral("default"), valueJson(spec, spec.fallback)},
            {QStringLiteral("description"), spec.description},
            {QStringLiteral("takes_effect"), spec.takesEffect},
            {QStringLiteral("type"), word(spec.type)},
            {QStringLiteral("unit"), spec.unit.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(spec.unit)},
            {QStringLiteral("least"), limitJson(spec, spec.least)},
            {QStringLiteral("most"), limitJson(spec, spec.most)},
            {QStringLiteral("choices"), spec.choices.isEmpty() ? QJsonValue(QJsonValue::Null)
                                                               : QJsonValue(QJsonArray::fromStringList(spec.choices))}};
}

void get(Desk &desk, const QJsonObject &args, const Exchange &exchange)
{
    QJsonArray items;
    if (const QJsonValue key = args.value(QStringLiteral("key")); !key.isUndefined()) {
        const auto one = desk.setting(key.toString());
        if (!one)
            return exchange.fail(one.error());
        items.append(settingJson(*one));
    } else {
        for (const SettingValue &setting : desk.settings())
            items.append(settingJson(setting));
    }
    exchange.finish({{QStringLiteral("items"), items}});
}

void set(Desk &desk, const QJsonObject &args, const Exchange &exchange)
{
    desk.setSetting(args.value(QStringLiteral("key")).toString(), args.value(QStringLiteral("value")).toString(),
                    QStringLiteral("operator"), [exchange](const Outcome<SettingValue> &setting) {
                        if (!setting)
                            return exchange.fail(setting.error());
                        exchange.finish(settingJson(*setting));
                    });
}

} // namespace

void addSettingVerbs(CommandServer &server, Desk &desk)
{
    server.add(QStringLiteral("settings get"),
               [&desk](const QJsonObject &args, const Exchange &exchange) { get(desk, args, exchange); });
    server.add(QStringLiteral("settings set"),
               [&desk](const QJsonObject &args, const Exchange &exchange) { set(desk, args, exchange); });
}

} // namespace flowgate::app
