// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/diff/versiondiff.h"

#include "ui/common/visibletext.h"
#include "ui/common/words.h"
#include "ui/widgets/asking.h"
#include "ui/workspace.h"

#include <QCoreApplication>

namespace flowgate::ui {

namespace {

struct Comparing
{
    Q_DECLARE_TR_FUNCTIONS(flowgate::Comparing)
};

void load(Workspace &workspace, const QString &config, int version, QWidget *parent,
          const std::function<void(const DiffSide &)> &then)
{
    workspace.operations().loadConfig(
        parent, QStringLiteral("%1@%2").arg(config).arg(version), [=](const app::Outcome<Operations::Whole> &whole) {
            if (!whole)
                return tell(parent, Comparing::tr("The versions cannot be compared"), whole.error());
            then({common::versionText(config, version), whole->files});
        });
}

} // namespace

void compareVersions(Workspace &workspace, const QString &config, int before, int after, QWidget *parent)
{
    load(workspace, config, before, parent, [&workspace, config, after, parent](const DiffSide &older) {
        load(workspace, config, after, parent, [&workspace, older, parent](const DiffSide &newer) {
            (new DiffWindow(workspace, older, newer, parent))->show();
        });
    });
}

void compareWithGateway(Workspace &workspace, const domain::Gateway &gateway, const QString &config, int version,
                        QWidget *parent)
{
    const auto beside = [&workspace, config, version, parent](const DiffSide &now) {
        load(workspace, config, version, parent, [&workspace, now, parent](const DiffSide &next) {
            (new DiffWindow(workspace, now, next, parent))->show();
        });
    };
    const QString name = common::oneLine(domain::displayName(gateway), 60);
    if (gateway.wanted)
        return load(workspace, gateway.wanted->config, gateway.wanted->version, parent, beside);
    workspace.operations().effective(parent, gateway.id, [=](const app::Outcome<domain::ConfigSet> &effective) {
        if (!effective)
            return tell(parent, Comparing::tr("There is nothing to compare with"), effective.error());
        beside({Comparing::tr("effective of %1").arg(name), *effective});
    });
}

void compareWithDraft(Workspace &workspace, const QString &config, int before, const domain::ConfigSet &draft,
                      QWidget *parent)
{
    load(workspace, config, before, parent, [&workspace, draft, parent](const DiffSide &older) {
        (new DiffWindow(workspace, older, {Comparing::tr("not saved"), draft}, parent))->show();
    });
}

} // namespace flowgate::ui
