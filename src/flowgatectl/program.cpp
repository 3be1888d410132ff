// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowgatectl/program.h"

#include "collector/check.h"
#include "flowgatectl/bundlefile.h"
#include "flowgatectl/checkfile.h"
#include "flowgatectl/files.h"
#include "flowgatectl/help.h"
#include "flowgatectl/interrupt.h"
#include "flowgatectl/link.h"
#include "flowgatectl/printable.h"
#include "flowgatectl/render.h"
#include "flowgatectl/request.h"
#include "flowgatectl/sync/syncrun.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace flowgate::ctl {

namespace {

/// Longest wait for an answer that does not depend on gateways.
constexpr std::chrono::seconds patience{120};

QByteArray jsonLine(const QJsonValue &value)
{
    // QJsonDocument holds objects and arrays only, and a tree that was never reported is null.
    QByteArray json = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return printableJson(json.mid(1, json.size() - 2)) + '\n';
}

/// One question to the control plane, and its result.
Outcome<QJsonObject> askPlane(const Place &place, const QString &verb, const QJsonObject &args)
{
    Link link;
    if (const auto opened = link.open(place); !opened)
        return domain::unexpected(opened.error());
    if (const auto sent = link.send({{QStringLiteral("verb"), verb}, {QStringLiteral("args"), args}}); !sent)
        return domain::unexpected(sent.error());
    const auto line = link.next(patience);
    if (!line)
        return domain::unexpected(line.error());
    const QJsonObject answer = line->value_or(QJsonObject());
    if (answer[QStringLiteral("result")].isObject())
        return answer[QStringLiteral("result")].toObject();
    const QJsonValue error = answer[QStringLiteral("error")];
    return failure(error[QStringLiteral("code")].toString(QStringLiteral("bad_answer")),
                   error[QStringLiteral("message")].toString(QStringLiteral("the control plane gave no answer")));
}

/// Has the gateway say which components it is built with.
Outcome<void> askGateway(CheckReport &report, const QByteArray &text, const Invocation &invocation,
                         const QProcessEnvironment &environment)
{
    const auto place = controlPlace(invocation.data, environment);
    if (!place)
        return domain::unexpected(place.error());
    const QString id = invocation.options.value(QStringLiteral("gateway"));
    const auto answer = askPlane(*place, QStringLiteral("gateways components"), {{QStringLiteral("id"), id}});
    if (answer)
        addGateway(report, text, *answer);
    else if (answer.error().code == u"not_reported")
        addSilentGateway(report, id, answer.error().text);
    else
        return domain::unexpected(answer.error());
    return {};
}

void askCollector(CheckReport &report, const QByteArray &text, const QString &binary)
{
    domain::ConfigSet config;
    config.files[QString()].body = text;
    collector::BinaryCheck check;
    QObject::connect(&check, &collector::BinaryCheck::finished, &check,
                     [&](const collector::BinaryVerdict &verdict) { addCollector(report, binary, verdict); });
    endStreamOnInterrupt(-1); // Ctrl+C: the binary is ended and its files go
    check.start(binary, config);
    check.wait(interrupted);
}

/// One call of the program: what was asked, and where the answer goes.
class Call
{
public:
    Call(Console &console, const domain::Clock &clock, bool json)
        : m_console(console)
        , m_clock(clock)
        , m_json(json)
    {
    }

    int refuse(const Trouble &trouble);
    int explain(const Invocation &invocation);
    int check(const Invocation &invocation, const QProcessEnvironment &environment);
    int sync(const Invocation &invocation, const Place &place);
    int ask(const Invocation &invocation, const Place &place, const QJsonObject &request);

private:
    int print(const QByteArray &bytes, Exit exit);
    int answer(const Invocation &invocation, const QJsonObject &line);
    int stream(Link &link);
    [[nodiscard]] Outcome<QByteArray> dressed(const Invocation &invocation, const QJsonValue &result) const;

    Console &m_console;
    const domain::Clock &m_clock;
    bool m_json;
};

int Call::print(const QByteArray &bytes, Exit exit)
{
    if (m_console.out(bytes) == Console::Written::Failed) {
        m_console.complain(QStringLiteral("the output cannot be written"));
        return exit == Exit::Done ? static_cast<int>(Exit::Failed) : static_cast<int>(exit);
    }
    return static_cast<int>(exit);
}

int Call::refuse(const Trouble &trouble)
{
    m_console.complain(trouble.text);
    if (!m_json)
        return static_cast<int>(trouble.exit);
    const QJsonObject error{{QStringLiteral("code"), trouble.code}, {QStringLiteral("message"), trouble.text}};
    return print(jsonLine(QJsonObject{{QStringLiteral("error"), error}}), trouble.exit);
}

int Call::explain(const Invocation &invocation)
{
    const QString version = QStringLiteral(FLOWGATE_VERSION);
    if (invocation.version)
        return print(m_json ? jsonLine(QJsonObject{{QStringLiteral("version"), version}})
                            : "flowgatectl " + version.toUtf8() + '\n',
                     Exit::Done);
    return print(m_json ? jsonLine(helpJson(invocation)) : helpText(invocation).toUtf8(), Exit::Done);
}

int Call::check(const Invocation &invocation, const QProcessEnvironment &environment)
{
    const QString &path = invocation.operands.front();
    const auto text = readFile(path, m_console);
    if (!text)
        return refuse(text.error());
    CheckReport report{.file = path, .problems = collector::check(*text)};
    if (invocation.has(QStringLiteral("gateway"))) {
        if (const auto asked = askGateway(report, *text, invocation, environment); !asked)
            return refuse(asked.error());
    }
    if (invocation.has(QStringLiteral("collector")))
        askCollector(report, *text, invocation.options.value(QStringLiteral("collector")));
    if (report.trouble)
        m_console.complain(report.trouble->text);
    return print(m_json ? jsonLine(checkJson(report)) : checkText(report).toUtf8(), report.exit());
}

int Call::sync(const Invocation &invocation, const Place &place)
{
    const SyncWish wish{invocation.operands.front(), invocation.options.value(QStringLiteral("message")),
                        invocation.has(QStringLiteral("dry-run"))};
    const auto result =
        runSync(wish, [&place](const QString &verb, const QJsonObject &args) { return askPlane(place, verb, args); });
    if (!result)
        return refuse(result.error());
    const bool conflict = (*result)[QStringLiteral("conflicts")].toInt() > 0;
    if (conflict)
        m_console.complain(
            QStringLiteral("both sides changed what is a conflict; it was left as it is on both. Bring the "
                           "folder's text to what it is to be, then save it with 'configs add'"));
    const auto bytes = dressed(invocation, *result);
    return bytes ? print(*bytes, conflict ? Exit::Failed : Exit::Done) : refuse(bytes.error());
}

Outcome<QByteArray> Call::dressed(const Invocation &invocation, const QJsonValue &result) const
{
    const Verb verb = invocation.verb->verb;
    const QString file =
        invocation.has(QStringLiteral("file")) ? invocation.options.value(QStringLiteral("file")) : QString();
    if (m_json && (!printsFiles(verb) || file.isNull()))
        return jsonLine(result);
    if (m_json) {
        const auto one = withOneFile(result, file);
        return one ? Outcome<QByteArray>(jsonLine(*one)) : domain::unexpected(one.error());
    }
    const auto bytes = printsFiles(verb) ? fileBytes(result, file)
                                         : Outcome<QByteArray>(render(invocation, result, m_clock.now()).toUtf8());
    // Files and diffs hold a gateway's own text. A file or a pipe gets it as it is, a terminal does not.
    if (bytes && m_console.outIsTerminal())
        return printableLines(QString::fromUtf8(*bytes)).toUtf8();
    return bytes;
}

int Call::answer(const Invocation &invocation, const QJsonObject &line)
{
    const int code = line[QStringLiteral("exit")].toInt(static_cast<int>(Exit::Failed));
    const Exit exit = code >= 0 && code <= 3 ? static_cast<Exit>(code) : Exit::Failed;
    for (const QJsonValue &note : line[QStringLiteral("notes")].toArray())
        m_console.complain(note.toString());
    const QJsonObject error = line[QStringLiteral("error")].toObject();
    const Trouble trouble{exit == Exit::Done ? Exit::Failed : exit, error[QStringLiteral("code")].toString(),
                          error[QStringLiteral("message")].toString()};
    if (!line.contains(QStringLiteral("result"))) {
        if (error.isEmpty())
            return refuse({Exit::Failed, QStringLiteral("bad_answer"),
                           QStringLiteral("the control plane's answer has neither a result nor an error")});
        return refuse(trouble);
    }
    if (!error.isEmpty())
        m_console.complain(trouble.text);
    Outcome<QJsonValue> result = line[QStringLiteral("result")];
    if (invocation.verb->verb == Verb::BundleExport)
        result = writeBundleFile(invocation, *result);
    if (!result)
        return refuse(result.error());
    const auto bytes = dressed(invocation, *result);
    return bytes ? print(*bytes, exit) : refuse(bytes.error());
}

int Call::stream(Link &link)
{
    for (;;) {
        const auto line = link.next(std::chrono::milliseconds(-1), m_console.outDescriptor());
        if (!line && line.error().code == u"connection_lost")
            return refuse({Exit::Failed, line.error().code,
                           QStringLiteral("the control plane ended the stream; it was stopped, or is gone")});
        if (!line)
            return refuse(line.error());
        if (!*line)
            return static_cast<int>(Exit::Done); // Ctrl+C, or the reader has seen enough
        const QJsonObject &object = **line;
        if (!object.contains(QStringLiteral("item"))) {
            const QJsonObject error = object[QStringLiteral("error")].toObject();
            return refuse(
                {static_cast<Exit>(std::clamp(object[QStringLiteral("exit")].toInt(1), 1, 3)),
                 error[QStringLiteral("code")].toString(QStringLiteral("bad_answer")),
                 error[QStringLiteral("message")].toString(QStringLiteral("the control plane ended the stream"))});
        }
        switch (m_console.out(jsonLine(object[QStringLiteral("item")]))) {
        case Console::Written::Done:
            break;
        case Console::Written::ReaderGone:
            return static_cast<int>(Exit::Done);
        case Console::Written::Failed:
            m_console.complain(QStringLiteral("the output cannot be written"));
            return static_cast<int>(Exit::Failed);
        }
    }
}

int Call::ask(const Invocation &invocation, const Place &place, const QJsonObject &request)
{
    Link link;
    if (const auto opened = link.open(place); !opened)
        return refuse(opened.error());
    if (isStream(invocation))
        endStreamOnInterrupt(link.descriptor());
    if (const auto sent = link.send(request); !sent)
        return refuse(sent.error());
    if (isStream(invocation))
        return stream(link);
    const auto line = link.next(waitsForGateways(invocation) ? std::chrono::milliseconds(-1) : patience);
    if (!line)
        return refuse(line.error());
    if (!*line)
        return refuse({Exit::Failed, QStringLiteral("connection_lost"),
                       QStringLiteral("the answer of the control plane could not be waited for")});
    return answer(invocation, **line);
}

} // namespace

int run(const QStringList &arguments, const QProcessEnvironment &environment, Console &console,
        const domain::Clock &clock)
{
    ignoreBrokenPipes();
    Call call(console, clock, asksForJson(arguments));
    const auto invocation = parseArguments(arguments);
    if (!invocation)
        return call.refuse(invocation.error());
    if (invocation->help || invocation->version)
        return call.explain(*invocation);
    if (invocation->verb->verb == Verb::ConfigsCheck)
        return call.check(*invocation, environment);
    const auto place = controlPlace(invocation->data, environment);
    if (!place)
        return call.refuse(place.error());
    if (invocation->verb->verb == Verb::ConfigsSync)
        return call.sync(*invocation, *place);
    const auto request = makeRequest(*invocation, console);
    if (!request)
        return call.refuse(request.error());
    return call.ask(*invocation, *place, *request);
}

} // namespace flowgate::ctl
