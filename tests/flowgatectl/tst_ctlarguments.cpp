// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowgatectl/arguments.h"
#include "flowgatectl/folder.h"
#include "flowgatectl/help.h"

#include <QJsonArray>
#include <QTest>

using namespace flowgate::ctl;

class TestCtlArguments : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void knowsJsonInWrongLines_data();
    void knowsJsonInWrongLines();
    void helpAndVersionNeedNothingElse_data();
    void helpAndVersionNeedNothingElse();
    void hasEveryVerbOfTheContract_data();
    void hasEveryVerbOfTheContract();
    void namesMeanTheSameWithEveryVerb();
    void helpNamesEachOption();
    void findsTheFolder_data();
    void findsTheFolder();
    void refusesLongSocketPaths();
};

namespace {

QStringList typed(const char *line)
{
    return QString::fromUtf8(line).split(u'|', Qt::SkipEmptyParts);
}

} // namespace

void TestCtlArguments::reads_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("verb");
    QTest::addColumn<QStringList>("operands");
    QTest::addColumn<QString>("option");
    QTest::addColumn<QString>("value");
    const auto row = [](const char *name, const char *line, const char *verb, const char *operands = "",
                        const char *option = "", const char *value = "") {
        QTest::addRow("%s", name) << typed(line) << QString::fromUtf8(verb) << typed(operands)
                                  << QString::fromUtf8(option) << QString::fromUtf8(value);
    };
    row("one word", "status", "status");
    row("two words", "gateways|list", "gateways list");
    row("operand", "gateways|show|lab-1", "gateways show", "lab-1");
    row("option behind", "gateways|list|--selector|env=lab", "gateways list", "", "selector", "env=lab");
    row("option before", "--selector|env=lab|gateways|list", "gateways list", "", "selector", "env=lab");
    row("option between", "gateways|--selector|env=lab|list", "gateways list", "", "selector", "env=lab");
    row("option with =", "gateways|list|--selector=env=lab", "gateways list", "", "selector", "env=lab");
    row("value with one dash", "configs|add|a|f|--message|-", "configs add", "a|f", "message", "-");
    row("value with two dashes", "configs|add|a|f|--message=--json", "configs add", "a|f", "message", "--json");
    row("empty value with =", "gateways|effective|a|--file=", "gateways effective", "a", "file", "");
    row("switch", "rollouts|start|--wait", "rollouts start", "", "wait", "");
    row("label removal is an operand", "gateways|label|a|k-", "gateways label", "a|k-");
    row("- is an operand", "configs|add|a|-", "configs add", "a|-");
    row("-- ends options", "configs|add|a|--|--json", "configs add", "a|--json");
    row("--data goes before", "--data|/x|status", "status");
    row("a group's word as operand", "gateways|show|configs", "gateways show", "configs");
}

void TestCtlArguments::reads()
{
    QFETCH(QStringList, arguments);
    const auto invocation = parseArguments(arguments);
    QVERIFY2(invocation, invocation ? "" : qPrintable(invocation.error().text));
    QTEST(invocation->verb->words.toString(), "verb");
    QTEST(invocation->operands, "operands");
    QFETCH(QString, option);
    QCOMPARE(invocation->options.size(), option.isEmpty() ? 0 : 1);
    if (!option.isEmpty()) {
        QVERIFY(invocation->has(option));
        QTEST(invocation->options.value(option), "value");
    }
}

void TestCtlArguments::refuses_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("says"); // part of the sentence
    const auto row = [](const char *name, const char *line, const char *says) {
        QTest::addRow("%s", name) << typed(line) << QString::fromUtf8(says);
    };
    row("nothing", "", "say what to do");
    row("only options", "--json", "say what to do");
    row("unknown verb", "foo", "no verb 'foo'");
    row("a group alone", "gateways", "say what to do with gateways: list, show");
    row("unknown word of a group", "rollouts|stop|x", "no verb 'rollouts stop'");
    row("later verb with its own options", "setup|--kind|docker", "'setup' is not in this release");
    row("check with no gateway", "configs|check|f|--gateway", "--gateway needs a value");
    row("check with no collector", "configs|check|f|--collector|--json", "--collector needs a value");
    row("check with an option of another verb", "configs|check|f|--wait", "it has --gateway, --collector");
    row("unknown option", "status|--foo", "no option --foo");
    row("unknown option with a value", "status|--foo=bar", "no option --foo;");
    row("unknown short option", "status|-x", "no option -x");
    row("another verb's option", "gateways|list|--wait", "gateways list has no option --wait; it has --selector");
    row("value missing at the end", "gateways|list|--selector", "--selector needs a value");
    row("value missing before an option", "gateways|list|--selector|--json", "--selector needs a value");
    row("switch with a value", "rollouts|start|--wait=yes", "--wait is a switch");
    row("twice", "gateways|list|--state|a|--state|b", "--state is given twice");
    row("operand missing", "gateways|show", "write: flowgatectl gateways show ID");
    row("one of two operands missing", "gateways|label|a", "write: flowgatectl gateways label ID");
    row("operand too many", "gateways|show|a|b", "'b' is one word too many");
    row("operand where none is", "status|a", "'a' is one word too many");
    row("data empty", "--data=|status", "--data is empty");
    QTest::addRow("empty operand") << QStringList{QStringLiteral("gateways"), QStringLiteral("show"), QString()}
                                   << QStringLiteral("an empty word");
}

void TestCtlArguments::refuses()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, says);
    const auto invocation = parseArguments(arguments);
    QVERIFY(!invocation);
    QCOMPARE(invocation.error().exit, Exit::Usage);
    QCOMPARE(invocation.error().code, QStringLiteral("usage"));
    QVERIFY2(invocation.error().text.contains(says), qPrintable(invocation.error().text));
}

void TestCtlArguments::knowsJsonInWrongLines_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<bool>("json");
    QTest::addRow("behind an unknown verb") << typed("foo|--json") << true;
    QTest::addRow("where a value should be") << typed("gateways|list|--selector|--json") << true;
    QTest::addRow("behind --") << typed("configs|add|--|--json") << false;
    QTest::addRow("as a value") << typed("configs|add|--message=--json") << false;
    QTest::addRow("not at all") << typed("status") << false;
}

void TestCtlArguments::knowsJsonInWrongLines()
{
    QFETCH(QStringList, arguments);
    QTEST(asksForJson(arguments), "json");
}

void TestCtlArguments::helpAndVersionNeedNothingElse_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("contains");
    QTest::addRow("all") << typed("--help") << QStringLiteral("rollouts start");
    QTest::addRow("short") << typed("-h") << QStringLiteral("rollouts start");
    QTest::addRow("a group") << typed("gateways|--help") << QStringLiteral("gateways label ID CHANGE…");
    QTest::addRow("a verb without its operands") << typed("gateways|show|--help") << QStringLiteral("gateways show ID");
    QTest::addRow("before the verb") << typed("--help|rollouts|start") << QStringLiteral("--soak TIME");
}

void TestCtlArguments::helpAndVersionNeedNothingElse()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, contains);
    const auto invocation = parseArguments(arguments);
    QVERIFY(invocation);
    QVERIFY(invocation->help);
    QVERIFY2(helpText(*invocation).contains(contains), qPrintable(helpText(*invocation)));
    QVERIFY(parseArguments(typed("--version"))->version);
}

void TestCtlArguments::hasEveryVerbOfTheContract_data()
{
    QTest::addColumn<QString>("words");
    for (const char *words : {"status",
                              "gateways list",
                              "gateways show",
                              "gateways effective",
                              "gateways health",
                              "gateways timeline",
                              "gateways label",
                              "gateways restart",
                              "gateways forget",
                              "gateways link",
                              "gateways approve",
                              "gateways reject",
                              "tokens create",
                              "tokens list",
                              "tokens revoke",
                              "configs list",
                              "configs show",
                              "configs add",
                              "configs check",
                              "configs diff",
                              "rollouts preview",
                              "rollouts start",
                              "rollouts list",
                              "rollouts show",
                              "rollouts halt",
                              "rollouts resume",
                              "rollouts rollback",
                              "rollouts end",
                              "events",
                              "watch"})
        QTest::addRow("%s", words) << QString::fromLatin1(words);
}

void TestCtlArguments::hasEveryVerbOfTheContract()
{
    QFETCH(QString, words);
    const VerbSpec *verb = findVerb(words);
    QVERIFY(verb);
    QVERIFY(!verb->summary.isEmpty());
}

void TestCtlArguments::namesMeanTheSameWithEveryVerb()
{
    // The parser reads options before it knows the verb.
    for (const VerbSpec &verb : verbs()) {
        for (const OptionSpec &option : verb.options) {
            QCOMPARE(findOption(option.name)->takesValue(), option.takesValue());
            for (const OptionSpec &common : commonOptions())
                QVERIFY(common.name != option.name);
        }
        QVERIFY(!isOfLaterRelease(verb.words));
    }
}

void TestCtlArguments::helpNamesEachOption()
{
    for (const VerbSpec &verb : verbs()) {
        const auto invocation = parseArguments({verb.words.toString().split(u' ') << QStringLiteral("--help")});
        QVERIFY(invocation);
        const QString text = helpText(*invocation);
        for (const OptionSpec &option : verb.options)
            QVERIFY2(text.contains(QStringLiteral("--%1").arg(option.name)), qPrintable(text));
        const QJsonArray items = helpJson(*invocation).value(QStringLiteral("verbs")).toArray();
        QCOMPARE(items.size(), 1);
        QCOMPARE(items.first()[QStringLiteral("verb")].toString(), verb.words.toString());
        QCOMPARE(items.first()[QStringLiteral("options")].toArray().size(), qsizetype(verb.options.size()));
    }
}

void TestCtlArguments::findsTheFolder_data()
{
    QTest::addColumn<QString>("xdg");
    QTest::addColumn<QString>("home");
    QTest::addColumn<QString>("folder");
    const QString home = QStringLiteral("/home/a");
    const QString fallback = QStringLiteral("/home/a/.local/share/flowgate");
    QTest::addRow("XDG_DATA_HOME") << QStringLiteral("/data") << home << QStringLiteral("/data/flowgate");
    QTest::addRow("XDG_DATA_HOME with a slash") << QStringLiteral("/data/") << home << QStringLiteral("/data/flowgate");
    QTest::addRow("unset: below HOME") << QString() << home << fallback;
    QTest::addRow("relative: does not count") << QStringLiteral("data") << home << fallback;
    QTest::addRow("neither") << QString() << QString() << QString();
}

void TestCtlArguments::findsTheFolder()
{
    QFETCH(QString, xdg);
    QFETCH(QString, home);
    QFETCH(QString, folder);
    QProcessEnvironment environment;
    if (!xdg.isEmpty())
        environment.insert(QStringLiteral("XDG_DATA_HOME"), xdg);
    if (!home.isEmpty())
        environment.insert(QStringLiteral("HOME"), home);
    const auto found = defaultDataFolder(environment);
    QCOMPARE(found.has_value(), !folder.isEmpty());
    if (found)
        QCOMPARE(*found, folder);
    else
        QCOMPARE(found.error().exit, Exit::Usage);
}

void TestCtlArguments::refusesLongSocketPaths()
{
    const QProcessEnvironment none;
    const qsizetype own = QByteArray("/control.sock").size();
    const QString fits = u'/' + QString(longestSocketPath - own - 1, u'a');
    const auto place = controlPlace(fits, none);
    QVERIFY(place);
    QCOMPARE(place->socket, fits + QStringLiteral("/control.sock"));
    const auto tooLong = controlPlace(fits + u'a', none);
    QVERIFY(!tooLong);
    QCOMPARE(tooLong.error().exit, Exit::Usage);
    QVERIFY(tooLong.error().text.contains(QStringLiteral("101 bytes")));
    // Bytes count, not characters.
    QVERIFY(!controlPlace(u'/' + QString(60, QChar(u'ä')), none));
    // A relative folder is one of the working folder, not of Qt's temporary one.
    QVERIFY(!controlPlace(QStringLiteral("x"), none) ||
            controlPlace(QStringLiteral("x"), none)->socket.startsWith(u'/'));
}

QTEST_GUILESS_MAIN(TestCtlArguments)
#include "tst_ctlarguments.moc"
