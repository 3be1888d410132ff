// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/configs/libraryactions.h"

#include "domain/names.h"
#include "ui/common/errortext.h"
#include "ui/widgets/asking.h"
#include "ui/widgets/reversible.h"
#include "ui/workspace.h"

#include <QMenu>
#include <QPointer>

namespace flowgate::ui {

namespace {

using Kind = app::ConfigAct::Kind;

QStringList tagsIn(const QString &text)
{
    QStringList tags = QString(text).replace(u',', u' ').split(u' ', Qt::SkipEmptyParts);
    tags.removeDuplicates();
    return tags;
}

/// What makes @p after of @p before: "x" adds, "x-" takes away.
QStringList tagChanges(const QStringList &before, const QStringList &after)
{
    QStringList changes;
    for (const QString &tag : before) {
        if (!after.contains(tag))
            changes.append(tag + u'-');
    }
    for (const QString &tag : after) {
        if (!before.contains(tag))
            changes.append(tag);
    }
    return changes;
}

} // namespace

LibraryActions::LibraryActions(Workspace &workspace, QWidget *window)
    : QObject(window)
    , m_workspace(workspace)
    , m_window(window)
{
}

void LibraryActions::fill(QMenu &menu, const models::ConfigRow &row)
{
    const app::ConfigSummary config = row.config;
    menu.setToolTipsVisible(true);
    const auto add = [&](const QString &text, const QString &why, const std::function<void()> &run) {
        QAction *action = menu.addAction(text, this, run);
        action->setEnabled(why.isEmpty());
        action->setToolTip(why);
    };
    const QString unsaved = config.latest == 0 ? tr("It was never saved.") : QString();
    add(tr("&Copy…"), unsaved, [this, config] { copy(config.name); });
    add(tr("&Tags…"), unsaved, [this, config] { tag(config); });
    if (config.isArchived)
        add(tr("Take out of the &archive"), {}, [this, config] {
            change(tr("take %1 out of the archive").arg(config.name), {Kind::Unarchive, config.name, {}},
                   {Kind::Archive, config.name, {}});
        });
    else
        add(tr("Put into the &archive"), unsaved, [this, config] {
            change(tr("archive %1").arg(config.name), {Kind::Archive, config.name, {}},
                   {Kind::Unarchive, config.name, {}});
        });
    menu.addSeparator();
    const QString why = !unsaved.isEmpty()    ? unsaved
                        : config.gateways > 0 ? tr("%n gateway(s) should run it.", nullptr, config.gateways)
                        : row.draft           ? tr("It has text that is not saved: save or drop that first.")
                                              : QString();
    add(tr("&Delete"), why, [this, config] {
        change(tr("delete %1").arg(config.name), {Kind::Delete, config.name, {}}, {Kind::Undelete, config.name, {}});
    });
    add(tr("Bring back a deleted one…"), {}, [this] { bringBack(); });
}

void LibraryActions::copy(const QString &name)
{
    TextQuestion question;
    question.title = tr("Copy %1").arg(name);
    question.text = tr("Name of the new config. It begins with the newest version of %1.").arg(name);
    question.verb = tr("Copy");
    question.value = name + QStringLiteral("-copy");
    question.wrong = [this](const QString &text) {
        if (!domain::isConfigName(text))
            return common::text(app::Failure{app::FailureCode::BadName, text});
        return m_workspace.configs().find(text) ? tr("There is a config of this name.") : QString();
    };
    askText(m_window, question, [this, name](const QString &text) {
        m_workspace.operations().copyConfig(this, name, text,
                                            [this, text](const app::Outcome<Operations::Added> &made) {
                                                if (!made)
                                                    return tell(m_window, tr("Not copied"), made.error());
                                                Q_EMIT copied(text);
                                            });
    });
}

void LibraryActions::tag(const app::ConfigSummary &config)
{
    TextQuestion question;
    question.title = tr("Tags of %1").arg(config.name);
    question.text = tr("Words to find it by, with a space between");
    question.verb = tr("Set tags");
    question.value = config.tags.join(u' ');
    question.hint = tr("edge prod");
    question.wrong = [](const QString &text) {
        for (const QString &tag : tagsIn(text)) {
            if (!domain::isTag(tag))
                return tr("'%1' cannot be a tag: letters, digits, dot, underscore and dash, at most 40.").arg(tag);
        }
        return QString();
    };
    askText(m_window, question, [this, config](const QString &text) {
        const QStringList after = tagsIn(text);
        if (const QStringList changes = tagChanges(config.tags, after); !changes.isEmpty())
            change(tr("tags of %1").arg(config.name), {Kind::Tag, config.name, changes},
                   {Kind::Tag, config.name, tagChanges(after, config.tags)});
    });
}

void LibraryActions::bringBack()
{
    TextQuestion question;
    question.title = tr("Bring a config back");
    question.text = tr("Name of a config that was deleted. Events tell which were.");
    question.verb = tr("Bring back");
    question.wrong = [](const QString &text) {
        return domain::isConfigName(text) ? QString() : common::text(app::Failure{app::FailureCode::BadName, text});
    };
    askText(m_window, question, [this](const QString &name) {
        change(tr("bring %1 back").arg(name), {Kind::Undelete, name, {}}, {Kind::Delete, name, {}});
    });
}

void LibraryActions::change(const QString &text, const app::ConfigAct &act, const app::ConfigAct &back)
{
    m_workspace.undo().push(
        new Reversible<app::ConfigAct>(text, act, back, [self = QPointer(this)](const app::ConfigAct &what) {
            if (self)
                self->carryOut(what);
        }));
}

void LibraryActions::carryOut(const app::ConfigAct &act)
{
    m_workspace.operations().actOnConfig(this, act, [this](const app::Outcome<app::ConfigSummary> &config) {
        if (!config)
            tell(m_window, tr("Not changed"), config.error());
    });
}

} // namespace flowgate::ui
