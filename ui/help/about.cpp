// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/help/about.h"

#include "ui/common/metrics.h"
#include "ui/common/theme.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/look.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QGuiApplication>
#include <QIcon>
#include <QPushButton>
#include <QSslSocket>
#include <QSysInfo>
#include <QVBoxLayout>
#include <Qsci/qsciglobal.h>

namespace flowgate::ui {

namespace {

struct About
{
    Q_DECLARE_TR_FUNCTIONS(flowgate::About)
};

QString versionLine()
{
    return QStringLiteral("Flowgate " FLOWGATE_VERSION);
}

/// What a person who helps will ask for.
QString detailsText()
{
    QStringList lines{versionLine(), QSysInfo::prettyProductName() + u' ' + QSysInfo::currentCpuArchitecture()};
    for (const Component &component : components()) {
        if (!component.version.isEmpty())
            lines.append(component.name + u' ' + component.version);
    }
    return lines.join(u'\n');
}

} // namespace

std::vector<Component> components()
{
    const auto name = [](const char *text) { return QString::fromLatin1(text); };
    return {
        {name("Qt"), QString::fromLatin1(qVersion()), name("LGPL-3.0 or GPL-3.0")},
        {name("QScintilla"), name(QSCINTILLA_VERSION_STR), name("GPL-3.0")},
        {name("QCustomPlot"), {}, name("GPL-3.0")},
        {name("OpenSSL"), QSslSocket::sslLibraryVersionString().remove(name("OpenSSL ")), name("Apache-2.0")},
        {name("Protocol Buffers"), {}, name("BSD-3-Clause")},
        {name("libyaml"), {}, name("MIT")},
        {name("libzip"), {}, name("BSD-3-Clause")},
        {name("zlib"), {}, name("Zlib")},
        {name("Boost"), {}, name("BSL-1.0")},
        {name("SQLite"), {}, About::tr("public domain")},
        {name("tl::expected"), {}, name("CC0-1.0")},
        {name("dtl"), {}, name("BSD-3-Clause")},
    };
}

void showAbout(QWidget &window)
{
    auto *dialog = new QDialog(&window);
    dialog->setObjectName(QStringLiteral("about"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(About::tr("About Flowgate"));
    auto *icon = new QLabel(dialog);
    icon->setPixmap(window.windowIcon().pixmap(common::scaled(48, dialog->font())));
    auto *title = new PlainLabel(versionLine(), TextKind::Title, dialog);
    title->makeSelectable();
    title->setAccessibleName(About::tr("Version"));
    auto *what = new PlainLabel(About::tr("A control plane for OpenTelemetry gateways.\nFree software under the GNU "
                                          "General Public License, version 3 or later. There is no warranty."),
                                TextKind::Normal, dialog);
    what->setWordWrap(true);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(2 * common::space::large);
    grid->setVerticalSpacing(common::space::tiny);
    grid->setColumnStretch(2, 1);
    grid->addWidget(new PlainLabel(About::tr("Made with"), TextKind::Section, dialog), 0, 0, 1, 3);
    int row = 1;
    for (const Component &component : components()) {
        grid->addWidget(new PlainLabel(component.name, TextKind::Normal, dialog), row, 0);
        grid->addWidget(new PlainLabel(component.version, TextKind::Mono, dialog), row, 1);
        grid->addWidget(new PlainLabel(component.licence, TextKind::Quiet, dialog), row++, 2);
    }
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    auto *copy = buttons->addButton(About::tr("Copy versions"), QDialogButtonBox::ActionRole);
    QObject::connect(copy, &QPushButton::clicked, dialog, [] { QGuiApplication::clipboard()->setText(detailsText()); });
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    auto *head = new QGridLayout;
    head->setHorizontalSpacing(common::space::large);
    head->setColumnStretch(1, 1);
    head->addWidget(icon, 0, 0, 2, 1, Qt::AlignTop);
    head->addWidget(title, 0, 1);
    head->addWidget(what, 1, 1);
    auto *layout = new QVBoxLayout(dialog);
    layout->setSpacing(common::space::large);
    layout->addLayout(head);
    layout->addLayout(grid);
    layout->addStretch(1);
    layout->addWidget(buttons);
    dialog->setMinimumWidth(common::scaled(440, dialog->font()));
    dialog->open();
}

} // namespace flowgate::ui
