// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/diff/diffwindow.h"

#include "collector/contains.h"
#include "collector/flatconfig.h"
#include "collector/masking.h"
#include "ui/common/metrics.h"
#include "ui/common/theme.h"
#include "ui/common/visibletext.h"
#include "ui/common/words.h"
#include "ui/diff/diffdelegate.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/pagekey.h"
#include "ui/widgets/tables.h"
#include "ui/workspace.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalBlocker>
#include <QTableView>

namespace flowgate::ui {

DiffWindow::DiffWindow(Workspace &workspace, DiffSide before, DiffSide after, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_before(std::move(before))
    , m_after(std::move(after))
    , m_mode(new QComboBox(this))
    , m_whole(new QCheckBox(tr("Whole text"), this))
    , m_reveal(new QCheckBox(tr("Show secrets"), this))
    , m_count(new PlainLabel(this, TextKind::Quiet))
    , m_table(makeTable(&m_model, tr("Differences, line by line"), workspace, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("%1 and %2").arg(m_before.name, m_after.name));
    resize(1000, 640);
    m_mode->addItem(tr("By text"));
    m_mode->addItem(tr("By structure"));
    m_mode->setAccessibleName(tr("How to compare"));
    m_mode->setToolTip(tr("By structure: the order of keys and the spelling of values do not matter."));
    m_table->setItemDelegate(new DiffDelegate(m_table));
    m_table->setLayoutDirection(Qt::LeftToRight);
    QHeaderView *header = m_table->horizontalHeader();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(static_cast<int>(models::DiffColumn::OldText), QHeaderView::Stretch);
    header->setSectionResizeMode(static_cast<int>(models::DiffColumn::NewText), QHeaderView::Stretch);
    setWidths(m_table, {48, 400, 48, 400});
    auto *before1 = new QPushButton(tr("Change before"), this);
    auto *next = new QPushButton(tr("Next change"), this);
    auto *copy = new QPushButton(tr("Copy as patch"), this);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(common::space::page, common::space::page, common::space::page, common::space::page);
    bar->setSpacing(common::space::small);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_mode, m_whole, m_reveal})
        bar->addWidget(widget);
    bar->addWidget(m_count, 1);
    for (QPushButton *button : {before1, next, copy})
        bar->addWidget(button);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_table, 1);

    connect(m_mode, &QComboBox::currentIndexChanged, this, &DiffWindow::refresh);
    connect(m_whole, &QCheckBox::toggled, this, &DiffWindow::refresh);
    connect(m_reveal, &QCheckBox::toggled, this, &DiffWindow::refresh);
    connect(before1, &QPushButton::clicked, this, [this] { step(-1); });
    connect(next, &QPushButton::clicked, this, [this] { step(1); });
    connect(copy, &QPushButton::clicked, this, &DiffWindow::copyPatch);
    addPageKey(*this, tr("Next change"), QKeySequence(Qt::Key_F7), [this] { step(1); });
    addPageKey(*this, tr("Change before"), QKeySequence(Qt::SHIFT | Qt::Key_F7), [this] { step(-1); });
    addPageKey(*this, tr("Close this window"), QKeySequence(QKeySequence::Close), [this] { close(); });
    addPageKey(*this, tr("Close this window"), QKeySequence(Qt::Key_Escape), [this] { close(); });
    if (m_after.isEffective)
        expect();
    refresh();
    m_table->setFocus();
    step(1);
}

/// The Collector sorts its keys and fills in what nobody wrote: only what is wanted and not there is a difference.
void DiffWindow::expect()
{
    constexpr int all = 10'000;
    collector::ContainOptions options;
    options.maxReports = all;
    const collector::ContainmentResult result = collector::contains(m_before.files, m_after.files, options);
    const QSignalBlocker later(m_mode);
    if (result.obstacle != collector::ContainmentResult::Obstacle::None) { // nothing is known to be by design
        m_notCompared = result.why;
        return;
    }
    m_isExpected = true;
    m_notCompared = common::notComparedText(result.notCompared);
    static const QRegularExpression index(QStringLiteral("\\[\\d+\\].*$")); // a list is one value here
    for (const collector::Difference &difference : result.differences)
        m_differences.append(QString(difference.path).replace(QStringLiteral("::"), QStringLiteral("/")).remove(index));
    if (m_after.files.files.size() == 1) { // else the lines are not those of the text that is shown
        for (const auto *list : {&result.byDesign, &result.others}) {
            for (const collector::Addition &addition : *list) {
                for (int line = addition.line; line <= addition.lastLine; ++line)
                    m_byDesign.insert(line);
            }
        }
    }
    m_mode->setCurrentIndex(1);
}

/// As it is shown: with secrets, if that was asked for.
QByteArray DiffWindow::textOf(const DiffSide &side) const
{
    return joined(m_reveal->isChecked() ? side.files : collector::withoutSecrets(side.files));
}

/// All files one below the other, each behind its name where there are several.
QByteArray DiffWindow::joined(const domain::ConfigSet &files) const
{
    const bool several = m_before.files.files.size() > 1 || m_after.files.files.size() > 1;
    QByteArray text;
    for (const auto &[name, file] : files.files) {
        if (several)
            text += "# " + name.toUtf8() + '\n';
        text += file.body;
        if (several && !file.body.endsWith('\n'))
            text += '\n';
    }
    return text;
}

void DiffWindow::refresh()
{
    const bool structure = m_mode->currentIndex() == 1;
    std::vector<models::DiffRow> rows;
    if (structure) {
        const collector::ConfigTree beforeTree = treeOf(m_before);
        const collector::ConfigTree afterTree = treeOf(m_after);
        m_isHalf = !beforeTree.isReadable() || !afterTree.isReadable();
        const auto before = collector::flatConfig(beforeTree);
        const auto after = collector::flatConfig(afterTree);
        rows = m_isExpected ? models::byStructure(before, after, m_whole->isChecked(), m_differences)
                            : models::byStructure(before, after, m_whole->isChecked());
    } else {
        rows = models::sideBySide(collector::diffLines(textOf(m_before), textOf(m_after)), m_whole->isChecked(),
                                  m_byDesign);
    }
    m_reveal->setEnabled(!structure);
    m_reveal->setToolTip(structure ? tr("Values of secrets are not compared by structure.") : QString());
    m_model.show(std::move(rows), m_before.name, m_after.name);
    for (const auto column : {models::DiffColumn::OldLine, models::DiffColumn::NewLine})
        m_table->setColumnHidden(static_cast<int>(column), structure);
    m_count->setToolTip(m_model.byDesignCount() > 0
                            ? tr("Blue: what the supervisor, the Collector's defaults and offers of own telemetry add, "
                                 "and what the Collector does not report.")
                            : QString());
    m_count->setText(countText());
}

collector::ConfigTree DiffWindow::treeOf(const DiffSide &side) const
{
    return side.isEffective ? collector::readEffective(side.files).tree : collector::readConfig(side.files);
}

/// How much differs, and what could not be compared.
QString DiffWindow::countText() const
{
    const int changes = m_model.changeCount();
    QStringList parts{changes == 0 ? tr("No difference") : tr("%n change(s)", nullptr, changes)};
    if (const int designed = m_model.byDesignCount(); designed > 0)
        parts.append(tr("%n line(s) by design", nullptr, designed));
    if (m_mode->currentIndex() == 0 && changes > 0) {
        switch (collector::invisibleDifference(joined(m_before.files), joined(m_after.files))) {
        case collector::InvisibleDifference::None:
            break;
        case collector::InvisibleDifference::LineEnds:
            parts.append(tr("only line ends differ (LF and CRLF)"));
            break;
        case collector::InvisibleDifference::ByteOrderMark:
            parts.append(tr("only a byte order mark differs"));
            break;
        case collector::InvisibleDifference::Both:
            parts.append(tr("only line ends and a byte order mark differ"));
            break;
        }
    }
    if (m_mode->currentIndex() == 1 && m_isHalf && m_notCompared.isEmpty())
        parts.append(tr("one of them cannot be read to its end"));
    if (!m_notCompared.isEmpty())
        parts.append(common::oneLine(m_notCompared, 300));
    return parts.join(QStringLiteral(" \u00b7 "));
}

void DiffWindow::step(int by)
{
    const int now = m_table->currentIndex().row();
    int to = m_model.changeFrom(now < 0 ? (by > 0 ? 0 : m_model.rowCount() - 1) : now + by, by);
    if (to < 0) // round again
        to = m_model.changeFrom(by > 0 ? 0 : m_model.rowCount() - 1, by);
    if (to < 0)
        return;
    m_table->setCurrentIndex(m_model.index(to, static_cast<int>(models::DiffColumn::OldText)));
    m_table->scrollTo(m_table->currentIndex(), QAbstractItemView::PositionAtCenter);
}

void DiffWindow::copyPatch()
{
    QGuiApplication::clipboard()->setText(
        QString::fromUtf8(collector::unifiedDiff(textOf(m_before), textOf(m_after), m_before.name, m_after.name)));
}

} // namespace flowgate::ui
