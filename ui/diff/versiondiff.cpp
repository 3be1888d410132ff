// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/diff/versiondiff.h"

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

void compareWithDraft(Workspace &workspace, const QString &config, int before, const domain::ConfigSet &draft,
                      QWidget *parent)
{
    load(workspace, config, before, parent, [&workspace, draft, parent](const DiffSide &older) {
        (new DiffWindow(workspace, older, {Comparing::tr("not saved"), draft}, parent))->show();
    });
}

} // namespace flowgate::ui
