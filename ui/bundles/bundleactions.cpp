// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bundles/bundleactions.h"

#include "ui/bundles/importdialog.h"
#include "ui/widgets/asking.h"
#include "ui/workspace.h"

#include <QDropEvent>
#include <QFileDialog>
#include <QMenu>
#include <QMimeData>
#include <QUrl>

namespace flowgate::ui {

namespace {

const QString suffix = QStringLiteral("flowgate");

/// The one bundle that is dropped; empty: something else is.
QString bundleIn(const QMimeData *data)
{
    const QList<QUrl> urls = data->urls();
    const QString path = urls.size() == 1 ? urls.front().toLocalFile() : QString();
    return path.endsWith(u'.' + suffix, Qt::CaseInsensitive) ? path : QString();
}

} // namespace

BundleActions::BundleActions(Workspace &workspace, QWidget *window)
    : QObject(window)
    , m_workspace(workspace)
    , m_window(window)
{
    window->setAcceptDrops(true);
    window->installEventFilter(this);
}

void BundleActions::fillMenu(QMenu &menu)
{
    menu.addAction(tr("&Import a bundle…"), this, &BundleActions::askForImport);
    menu.addAction(tr("&Export a bundle…"), this, &BundleActions::askForExport);
}

bool BundleActions::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::DragEnter) {
        auto *drag = static_cast<QDragEnterEvent *>(event);
        if (!bundleIn(drag->mimeData()).isEmpty()) {
            drag->acceptProposedAction();
            return true;
        }
    } else if (event->type() == QEvent::Drop) {
        auto *drop = static_cast<QDropEvent *>(event);
        if (const QString path = bundleIn(drop->mimeData()); !path.isEmpty()) {
            drop->acceptProposedAction();
            openBundle(path);
            return true;
        }
    }
    return QObject::eventFilter(watched, event);
}

void BundleActions::openBundle(const QString &path)
{
    (new ImportDialog(m_workspace, path, m_window))->open();
}

void BundleActions::askForImport()
{
    auto *dialog = new QFileDialog(m_window, tr("Import a bundle"), {}, tr("Bundles (*.flowgate);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &BundleActions::openBundle);
    dialog->open();
}

void BundleActions::askForExport()
{
    auto *dialog = new QFileDialog(m_window, tr("Export a bundle"), {}, tr("Bundles (*.flowgate)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave); // asks before it overwrites
    dialog->setDefaultSuffix(suffix);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        m_workspace.operations().exportBundle(m_window, path, [this](const app::Outcome<app::Nothing> &done) {
            if (!done)
                tell(m_window, tr("The bundle was not exported"), done.error());
        });
    });
    dialog->open();
}

} // namespace flowgate::ui
