// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/configs/configspage.h"

#include "collector/check.h"
#include "ui/common/errortext.h"
#include "ui/common/theme.h"
#include "ui/configs/yamleditor.h"
#include "ui/widgets/tables.h"

#include <QHBoxLayout>
#include <QInputDialog>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QSplitter>
#include <QTableView>

namespace flowgate::ui {

ConfigsPage::ConfigsPage(app::ControlPlane &plane, QWidget *parent)
    : QWidget(parent)
    , m_plane(plane)
    , m_list(makeTable(&m_configs, tr("Configs"), this))
    , m_title(new QLabel(this))
    , m_editor(new YamlEditor(this))
    , m_save(new QPushButton(tr("Save a version…"), this))
    , m_rollOut(new QPushButton(tr("Roll out…"), this))
{
    m_list->setSortingEnabled(false);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_title->setTextFormat(Qt::PlainText);
    m_editor->setAccessibleName(tr("Text of the config"));
    auto *makeButton = new QPushButton(tr("New config…"), this);
    auto *problems = makeTable(&m_problems, tr("Problems"), this);
    problems->setSortingEnabled(false);
    problems->setColumnWidth(0, 90);
    problems->setColumnWidth(1, 520);

    auto *left = new QWidget(this);
    auto *leftLayout = new QVBoxLayout(left);
    leftLayout->setContentsMargins(common::space::page, common::space::page, 0, 0);
    leftLayout->addWidget(makeButton, 0, Qt::AlignLeft);
    leftLayout->addWidget(m_list, 1);
    auto *bar = new QHBoxLayout;
    bar->addWidget(m_title, 1);
    bar->addWidget(m_save);
    bar->addWidget(m_rollOut);
    auto *down = new QSplitter(Qt::Vertical, this);
    down->addWidget(m_editor);
    down->addWidget(problems);
    down->setSizes({500, 140});
    auto *right = new QWidget(this);
    auto *rightLayout = new QVBoxLayout(right);
    rightLayout->setContentsMargins(common::space::small, common::space::page, common::space::page, 0);
    rightLayout->addLayout(bar);
    rightLayout->addWidget(down, 1);
    auto *split = new QSplitter(this);
    split->addWidget(left);
    split->addWidget(right);
    split->setSizes({280, 820});
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(split);

    m_checkSoon.setSingleShot(true);
    m_checkSoon.setInterval(150);
    connect(&m_checkSoon, &QTimer::timeout, this, &ConfigsPage::check);
    connect(m_editor, &QsciScintilla::textChanged, this, [this] {
        m_checkSoon.start();
        updateTitle();
    });
    connect(m_editor, &QsciScintilla::modificationChanged, this, [this](bool modified) {
        if (!m_name.isEmpty())
            m_configs.setDraft(m_name, modified);
        updateTitle();
    });
    connect(problems, &QTableView::activated, this, [this](const QModelIndex &at) {
        m_editor->jumpTo(at.data(models::ProblemModel::LineRole).toInt(),
                         at.data(models::ProblemModel::ColumnRole).toInt());
    });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &at) {
        if (at.isValid())
            open(at.siblingAtColumn(0).data().toString());
    });
    connect(makeButton, &QPushButton::clicked, this, &ConfigsPage::makeNew);
    connect(m_save, &QPushButton::clicked, this, &ConfigsPage::save);
    connect(m_rollOut, &QPushButton::clicked, this, [this] { Q_EMIT rollOutRequested(m_name); });
    updateTitle();
}

void ConfigsPage::updateTitle()
{
    const bool open = !m_name.isEmpty();
    const auto *known = m_configs.find(m_name);
    const bool saved = known && known->config.latest > 0;
    m_title->setText(!open                    ? tr("Choose a config, or make a new one.")
                     : m_editor->isModified() ? tr("%1, with changes that are not saved").arg(m_name)
                                              : m_name);
    m_editor->setEnabled(open);
    m_save->setEnabled(open && m_editor->isModified());
    m_save->setToolTip(m_save->isEnabled() ? QString() : tr("Nothing was changed since the last version."));
    m_rollOut->setEnabled(open && saved && !m_editor->isModified());
    m_rollOut->setToolTip(m_rollOut->isEnabled() ? QString()
                                                 : tr("Save a version first: only versions are rolled out."));
}

void ConfigsPage::open(const QString &name)
{
    if (name == m_name)
        return;
    if (m_editor->isModified() &&
        QMessageBox::question(this, tr("Changes that are not saved"),
                              tr("Drop the changes to %1 that are not saved?").arg(m_name)) != QMessageBox::Yes)
        return;
    m_plane.ask<app::ConfigLibrary::Whole>(
        this,
        [name](app::Desk &desk, app::Done<app::ConfigLibrary::Whole> done) {
            desk.parts().library.load(name, std::move(done));
        },
        [this, name](const app::Outcome<app::ConfigLibrary::Whole> &whole) {
            if (!whole || whole->files.files.empty())
                return;
            m_name = name;
            m_fileName = whole->files.files.begin()->first;
            m_editor->setText(QString::fromUtf8(whole->files.files.begin()->second.body));
            m_editor->setReadOnly(whole->files.files.size() > 1);
            m_editor->setModified(false);
            updateTitle();
        });
}

void ConfigsPage::makeNew()
{
    bool ok = false;
    const QString name = QInputDialog::getText(this, tr("New config"), tr("Name (letters, digits, '.', '_', '-'):"),
                                               QLineEdit::Normal, {}, &ok);
    if (!ok || name.isEmpty())
        return;
    m_name = name;
    m_fileName = name + QStringLiteral(".yaml");
    m_editor->setReadOnly(false);
    m_editor->setText(QStringLiteral("receivers:\n  otlp:\n    protocols:\n      grpc:\n        endpoint: "
                                     "127.0.0.1:4317\nexporters:\n  debug:\n    verbosity: normal\nservice:\n  "
                                     "pipelines:\n    logs:\n      receivers: [otlp]\n      exporters: [debug]\n"));
    m_editor->setModified(true);
    updateTitle();
    m_editor->setFocus();
}

void ConfigsPage::save()
{
    bool ok = false;
    const QString message =
        QInputDialog::getText(this, tr("Save a version"), tr("What changed:"), QLineEdit::Normal, {}, &ok);
    if (!ok)
        return;
    domain::ConfigSet files;
    files.files.emplace(m_fileName, domain::ConfigFile{m_editor->text().toUtf8(), {}});
    m_plane.ask<app::ConfigLibrary::Added>(
        this,
        [name = m_name, files, message](app::Desk &desk, app::Done<app::ConfigLibrary::Added> done) {
            desk.parts().library.add(name, files, message, QStringLiteral("operator"), std::move(done));
        },
        [this](const app::Outcome<app::ConfigLibrary::Added> &added) {
            if (!added) {
                QMessageBox::warning(this, tr("Not saved"), common::text(added.error()));
                return;
            }
            m_editor->setModified(false);
            updateTitle();
        });
}

void ConfigsPage::check()
{
    const collector::Problems problems =
        collector::check(m_editor->text().toUtf8(), {.mayBePartial = true, .limits = {}});
    m_problems.show(problems);
    m_editor->mark(problems);
}

} // namespace flowgate::ui
