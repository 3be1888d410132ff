// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/check.h"

#include "collector/nearest.h"
#include "collector/portcheck.h"
#include "collector/scalar.h"
#include "collector/schemacheck.h"
#include "collector/signalcheck.h"
#include "collector/sizecheck.h"

#include <QSet>

#include <algorithm>

namespace flowgate::collector {

namespace {

QString quoted(QByteArrayView text)
{
    return QLatin1Char('\'') + QString::fromUtf8(text.first(std::min<qsizetype>(text.size(), 100))) + QLatin1Char('\'');
}

QString quotedText(const QString &text)
{
    return QLatin1Char('\'') + text.left(100) + QLatin1Char('\'');
}

class Checker
{
public:
    Checker(const ConfigTree &tree, const YamlLimits &limits, Work &work)
        : m_tree(tree)
        , m_limits(limits)
        , m_work(work)
        , m_outline(outline(tree))
        , m_problems(limits.problems)
    {
        m_problems.add(tree.problems);
        for (const Component &component : m_outline.components)
            m_defined[static_cast<size_t>(component.kind)].insert(component.id);
    }

    Problems run();

private:
    using Keys = std::initializer_list<QByteArrayView>;

    void add(Severity severity, const Node &place, Mark mark, const QString &path, const QString &text,
             std::optional<Fix> fix = {});
    void unknownKeys(const Node &map, const QString &path, Keys known);
    void sections();
    void component(ComponentKind kind, const NodeEntry &entry);
    void service();
    void pipeline(const NodeEntry &entry);
    void references(const NodeEntry &entry, const QString &path, std::initializer_list<ComponentKind> kinds, bool once);
    void undefined(const Node &item, const QString &path, ComponentKind kind);
    void connectors();
    void unused();
    void encoding();
    [[nodiscard]] QByteArray nearestId(const QByteArray &id, ComponentKind kind);
    [[nodiscard]] bool defines(ComponentKind kind, const QString &id) const
    {
        return m_defined[static_cast<size_t>(kind)].contains(id);
    }

    const ConfigTree &m_tree;
    const YamlLimits &m_limits;
    Work &m_work;
    Outline m_outline;
    std::array<QSet<QString>, allComponentKinds.size()> m_defined;
    std::array<QSet<QString>, allComponentKinds.size()> m_used;
    QSet<QString> m_connectorsIn;                                              // as a receiver
    QSet<QString> m_connectorsOut;                                             // as an exporter
    std::array<std::optional<NearestWords>, allComponentKinds.size()> m_words; // what is defined
    ProblemList m_problems;
};

void Checker::add(Severity severity, const Node &place, Mark mark, const QString &path, const QString &text,
                  std::optional<Fix> fix)
{
    m_problems.add({severity, mark.line, mark.column, path, text, m_tree.files.value(place.file), std::move(fix)});
}

void Checker::unknownKeys(const Node &map, const QString &path, Keys known)
{
    for (const NodeEntry &entry : map.entries) {
        if (!m_work.step() || !m_problems.hasRoom(Severity::Error))
            return;
        if (std::ranges::find(known, QByteArrayView(entry.key)) != known.end())
            continue;
        QString text = path.isEmpty() ? QStringLiteral("The Collector knows no section %1.").arg(quoted(entry.key))
                                      : QStringLiteral("The Collector knows no key %1 here.").arg(quoted(entry.key));
        QByteArrayList words;
        for (const QByteArrayView word : known)
            words.append(word.toByteArray());
        const QByteArray near = nearestWord(entry.key, words);
        if (!near.isEmpty())
            text += QStringLiteral(" Did you mean %1?").arg(quoted(near));
        const QString key = QString::fromUtf8(entry.key.left(100));
        std::optional<Fix> fix;
        if (!near.isEmpty())
            fix = replaceOnLine(entry.mark.line, entry.mark.column, QString::fromUtf8(entry.key),
                                QString::fromUtf8(near));
        add(Severity::Error, entry.value, entry.mark, path.isEmpty() ? key : path + QLatin1String("::") + key, text,
            std::move(fix));
    }
}

void Checker::component(ComponentKind kind, const NodeEntry &entry)
{
    const QString id = QString::fromUtf8(entry.key);
    const QString path = sectionName(kind) + QLatin1String("::") + id.left(100);
    if (!isType(componentType(id)))
        add(Severity::Error, entry.value, entry.mark, path,
            QStringLiteral("%1 is not the name of a component: it begins with its type, such as otlp or otlp/2.")
                .arg(quotedText(id)));
    else if (id.contains(QLatin1Char('/')) && id.section(QLatin1Char('/'), 1).trimmed().isEmpty())
        add(Severity::Error, entry.value, entry.mark, path,
            QStringLiteral("%1 lacks the name after the /.").arg(quotedText(id)));
    if (!entry.value.isMap() && !entry.value.isNull() && !hasReference(entry.value))
        add(Severity::Error, entry.value, entry.value.mark, path,
            QStringLiteral("The settings of a component are a map (key: value)."));
}

void Checker::sections()
{
    unknownKeys(m_tree.root, {}, {"receivers", "processors", "exporters", "connectors", "extensions", "service"});
    for (const ComponentKind kind : allComponentKinds) {
        const NodeEntry *section = m_tree.root.find(sectionName(kind).toUtf8());
        if (!section || section->value.isNull() || hasReference(section->value))
            continue;
        if (!section->value.isMap())
            add(Severity::Error, section->value, section->mark, sectionName(kind),
                QStringLiteral("The section '%1' is a map of components.").arg(sectionName(kind)));
        for (const NodeEntry &entry : section->value.entries) {
            if (!m_work.step())
                return;
            component(kind, entry);
        }
    }
}

QByteArray Checker::nearestId(const QByteArray &id, ComponentKind kind)
{
    std::optional<NearestWords> &words = m_words[static_cast<size_t>(kind)];
    if (!words) {
        QByteArrayList ids;
        for (const QString &one : m_defined[static_cast<size_t>(kind)])
            ids.append(one.toUtf8());
        std::ranges::sort(ids);
        m_work.step(ids.size());
        words.emplace(std::move(ids));
    }
    return words->find(id, &m_work);
}

void Checker::undefined(const Node &item, const QString &path, ComponentKind kind)
{
    if (!m_problems.hasRoom(Severity::Error))
        return;
    QString text = QStringLiteral("%1 is not defined in '%2'.").arg(quoted(item.text), sectionName(kind));
    std::optional<Fix> fix;
    if (const QByteArray near = nearestId(item.text, kind); !near.isEmpty()) {
        text += QStringLiteral(" Did you mean %1?").arg(quoted(near));
        if (item.plain)
            fix =
                replaceOnLine(item.mark.line, item.mark.column, QString::fromUtf8(item.text), QString::fromUtf8(near));
    }
    add(Severity::Error, item, item.mark, path, text, std::move(fix));
}

void Checker::references(const NodeEntry &entry, const QString &path, std::initializer_list<ComponentKind> kinds,
                         bool once)
{
    const Node &list = entry.value;
    if (list.isNull() || hasReference(list))
        return;
    if (!list.isList()) {
        add(Severity::Error, list, list.mark, path, QStringLiteral("This is a list, such as [otlp]."));
        return;
    }
    // Behind a reference any component may be defined.
    const bool isHidden = std::ranges::any_of(kinds, [&](ComponentKind k) { return m_outline.isHidden(k); });
    QSet<QString> seen;
    for (size_t i = 0; i < list.items.size(); ++i) {
        const Node &item = list.items[i];
        const QString here = path + QLatin1Char('[') + QString::number(i) + QLatin1Char(']');
        if (!m_work.step())
            return;
        if (hasReference(item))
            continue;
        if (!item.isScalar() || item.isNull()) {
            add(Severity::Error, item, item.mark, here, QStringLiteral("The name of a component is expected here."));
            continue;
        }
        const QString id = QString::fromUtf8(item.text);
        const auto kind = std::ranges::find_if(kinds, [&](ComponentKind k) { return defines(k, id); });
        if (kind == kinds.end()) {
            if (!isHidden)
                undefined(item, here, *kinds.begin());
        } else {
            m_used[static_cast<size_t>(*kind)].insert(id);
            if (*kind == ComponentKind::Connector)
                (*kinds.begin() == ComponentKind::Receiver ? m_connectorsIn : m_connectorsOut).insert(id);
        }
        if (seen.contains(id))
            add(once ? Severity::Error : Severity::Warning, item, item.mark, here,
                QStringLiteral("%1 is in this list already.").arg(quotedText(id)));
        seen.insert(id);
    }
}

void Checker::pipeline(const NodeEntry &entry)
{
    const QString id = QString::fromUtf8(entry.key);
    const QString path = QLatin1String("service::pipelines::") + id.left(100);
    const QString signal = componentType(id);
    static const QSet<QString> signalTypes{QStringLiteral("traces"), QStringLiteral("metrics"), QStringLiteral("logs"),
                                           QStringLiteral("profiles")};
    if (!signalTypes.contains(signal))
        add(Severity::Error, entry.value, entry.mark, path,
            QStringLiteral("%1 is no signal: a pipeline is called traces, metrics or logs, or one of them with a name "
                           "(logs/audit).")
                .arg(quotedText(signal)));
    if (hasReference(entry.value))
        return;
    if (!entry.value.isMap() && !entry.value.isNull()) {
        add(Severity::Error, entry.value, entry.value.mark, path,
            QStringLiteral("A pipeline is a map with receivers, processors and exporters."));
        return;
    }
    unknownKeys(entry.value, path, {"receivers", "processors", "exporters"});
    const auto part = [&](QByteArrayView key, std::initializer_list<ComponentKind> kinds, bool once) {
        const NodeEntry *list = entry.value.find(key);
        if (list)
            references(*list, path + QLatin1String("::") + QString::fromUtf8(key), kinds, once);
        return list && !list->value.isEmpty();
    };
    const bool in = part("receivers", {ComponentKind::Receiver, ComponentKind::Connector}, false);
    part("processors", {ComponentKind::Processor}, true);
    const bool out = part("exporters", {ComponentKind::Exporter, ComponentKind::Connector}, false);
    if (!in)
        add(Severity::Error, entry.value, entry.mark, path, QStringLiteral("The pipeline has no receivers."));
    if (!out)
        add(Severity::Error, entry.value, entry.mark, path, QStringLiteral("The pipeline has no exporters."));
}

void Checker::service()
{
    const NodeEntry *service = m_tree.root.find("service");
    if (!service) {
        add(Severity::Error, m_tree.root, {}, QStringLiteral("service"),
            QStringLiteral("There is no section 'service': it says which pipelines run. Without one the Collector does "
                           "not start."));
        return;
    }
    const Node &value = service->value;
    if (hasReference(value))
        return;
    if (!value.isMap() && !value.isNull()) {
        add(Severity::Error, value, service->mark, QStringLiteral("service"),
            QStringLiteral("The section 'service' is a map."));
        return;
    }
    unknownKeys(value, QStringLiteral("service"), {"telemetry", "extensions", "pipelines"});
    if (const NodeEntry *list = value.find("extensions")) {
        // The supervisor brings its own opamp extension along.
        m_defined[static_cast<size_t>(ComponentKind::Extension)].insert(QStringLiteral("opamp"));
        references(*list, QStringLiteral("service::extensions"), {ComponentKind::Extension}, false);
    }
    const NodeEntry *pipelines = value.find("pipelines");
    if (pipelines && hasReference(pipelines->value))
        return;
    if (!pipelines || pipelines->value.isEmpty()) {
        add(Severity::Error, value, service->mark, QStringLiteral("service::pipelines"),
            QStringLiteral("No pipeline is defined: the Collector needs one at least."));
        return;
    }
    if (!pipelines->value.isMap()) {
        add(Severity::Error, pipelines->value, pipelines->mark, QStringLiteral("service::pipelines"),
            QStringLiteral("'pipelines' is a map of pipelines."));
        return;
    }
    for (const NodeEntry &entry : pipelines->value.entries) {
        if (!m_work.step())
            return;
        pipeline(entry);
    }
}

void Checker::connectors()
{
    for (const Component &c : m_outline.components) {
        if (!m_work.step())
            return;
        if (c.kind != ComponentKind::Connector)
            continue;
        const QString path = QLatin1String("connectors::") + c.id.left(100);
        const auto report = [&](Severity severity, const QString &text) {
            m_problems.add({severity, c.mark.line, c.mark.column, path, text, c.file});
        };
        for (const ComponentKind kind : {ComponentKind::Receiver, ComponentKind::Exporter}) {
            if (defines(kind, c.id))
                report(Severity::Error, QStringLiteral("%1 is in '%2' too; pipelines could mean either. Give one of "
                                                       "them a name (%3/name).")
                                            .arg(quotedText(c.id), sectionName(kind), componentType(c.id).left(100)));
        }
        const bool in = m_connectorsIn.contains(c.id);
        const bool out = m_connectorsOut.contains(c.id);
        if (in != out && !m_outline.hidesUses)
            report(Severity::Error, in ? QStringLiteral("The connector is a receiver of a pipeline, but no pipeline "
                                                        "has it among its exporters.")
                                       : QStringLiteral("The connector is an exporter of a pipeline, but no pipeline "
                                                        "has it among its receivers."));
    }
}

void Checker::unused()
{
    if (m_outline.hidesUses)
        return;
    for (const Component &c : m_outline.components) {
        if (!m_work.step() || !m_problems.hasRoom(Severity::Warning))
            return;
        if (m_used[static_cast<size_t>(c.kind)].contains(c.id) || c.id == QLatin1String("opamp"))
            continue;
        const QString text = c.kind == ComponentKind::Extension
                                 ? QStringLiteral("%1 is defined but not in service::extensions, so it does not run.")
                                 : QStringLiteral("%1 is defined but no pipeline uses it.");
        m_problems.add({Severity::Warning, c.mark.line, c.mark.column,
                        sectionName(c.kind) + QLatin1String("::") + c.id.left(100), text.arg(quotedText(c.id)),
                        c.file});
    }
}

/// A Collector reads UTF-16; we keep and show texts as UTF-8.
void Checker::encoding()
{
    for (const QString &file : m_tree.utf16)
        m_problems.add({Severity::Error,
                        1,
                        1,
                        {},
                        QStringLiteral("The text is UTF-16. Save the file with UTF-8 encoding."),
                        file});
}

Problems Checker::run()
{
    encoding();
    // What is half read would seem to lack what comes after the mistake.
    const bool whole = m_tree.isReadable();
    if (m_tree.root.isMap())
        sections();
    if (whole) {
        service();
        connectors();
        unused();
    }
    const Schema &schema = shippedSchema();
    if (whole && !m_work.isCancelled())
        m_problems.add(checkAgainst(schema, m_tree, m_limits, &m_work));
    if (whole && !m_work.isCancelled())
        m_problems.add(checkSignals(schema, m_outline, m_limits, &m_work));
    if (whole && !m_work.isCancelled())
        m_problems.add(checkPorts(schema, m_tree, m_outline, m_limits, &m_work));
    if (whole && !m_work.isCancelled())
        m_problems.add(checkSize(schema, m_tree, m_limits, &m_work));
    return m_problems.take();
}

} // namespace

Problems check(const ConfigTree &tree, const YamlLimits &limits, Work *work)
{
    Work own;
    return Checker(tree, limits, work ? *work : own).run();
}

Problems check(const domain::ConfigSet &config, const YamlLimits &limits, Work *work)
{
    return check(readConfig(config, limits, work), limits, work);
}

Problems check(const QByteArray &text, const YamlLimits &limits)
{
    return check(readConfig(text, limits), limits);
}

} // namespace flowgate::collector
