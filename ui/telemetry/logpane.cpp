// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/telemetry/logpane.h"

#include "ui/common/errortext.h"
#include "ui/common/metrics.h"
#include "ui/common/theme.h"
#include "ui/models/rowtext.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/statusdelegate.h"
#include "ui/widgets/tables.h"
#include "ui/widgets/wrapbar.h"
#include "ui/workspace.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

namespace flowgate::ui {

namespace {

constexpr int mostLines = 2000;

} // namespace

LogPane::LogPane(Workspace &workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_search(new QLineEdit(this))
    , m_severity(new QComboBox(this))
    , m_pause(new QPushButton(tr("Pause"), this))
    , m_note(new PlainLabel(this, TextKind::Quiet))
{
    makeSearch(*m_search, tr("Search log lines"));
    m_severity->addItem(tr("All lines"), 0);
    m_severity->addItem(tr("Info and above"), 9);
    m_severity->addItem(tr("Warnings and errors"), 13);
    m_severity->addItem(tr("Errors"), 17);
    m_severity->setAccessibleName(tr("Severity"));
    m_pause->setCheckable(true);
    m_pause->setToolTip(tr("Lets the list stand still; new lines come once it goes on"));
    auto *copyButton = new QPushButton(tr("Copy"), this);
    copyButton->setToolTip(tr("Copies the chosen lines, or all that are shown"));
    m_table = makeTable(&m_lines, tr("Own log lines"), workspace, this);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidths(m_table, {74, 200});
    if (auto *delegate = qobject_cast<StatusDelegate *>(m_table->itemDelegate()))
        delegate->setTwoLines(true); // there is no room beside a line in a dock for what goes with it
    m_note->setWordWrap(true);
    m_note->setContentsMargins(common::space::page, 0, common::space::page, common::space::small);
    m_note->hide();
    auto *bar = new WrapBar(m_search, {m_severity, m_pause, copyButton}, 140, this);
    bar->setContentsMargins(common::space::page, common::space::small, common::space::page, common::space::small);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(bar);
    layout->addWidget(m_note);
    layout->addWidget(m_table, 1);

    m_loadSoon.setSingleShot(true);
    m_loadSoon.setInterval(200);
    connect(&m_loadSoon, &QTimer::timeout, this, &LogPane::load);
    connect(m_search, &QLineEdit::textChanged, &m_loadSoon, qOverload<>(&QTimer::start));
    connect(m_severity, &QComboBox::currentIndexChanged, this, &LogPane::load);
    connect(m_pause, &QPushButton::toggled, this, [this](bool paused) {
        m_pause->setText(paused ? tr("Go on") : tr("Pause"));
        if (!paused)
            load();
    });
    connect(copyButton, &QPushButton::clicked, this, &LogPane::copy);
}

void LogPane::show(const domain::GatewayId &gateway)
{
    if (m_gateway != gateway) {
        m_lines.show({});
        m_pause->setChecked(false);
    }
    m_gateway = gateway;
    refresh();
}

void LogPane::refresh()
{
    if (!m_pause->isChecked())
        load();
}

void LogPane::load()
{
    if (m_gateway.isEmpty())
        return;
    app::LogsWish wish;
    wish.gateway = m_gateway;
    const TimeWindow &window = m_workspace.timeWindow();
    wish.from = window.from();
    wish.to = window.to();
    if (window.isLive())
        wish.to += std::chrono::hours(1); // a clock that is a little ahead hides nothing
    wish.leastSeverity = m_severity->currentData().toInt();
    wish.text = m_search->text().trimmed();
    wish.limit = mostLines;
    m_workspace.operations().logs(this, wish, [this, wish](const app::Outcome<std::vector<telemetry::LogLine>> &lines) {
        const bool isLate = wish.gateway != m_gateway || wish.text != m_search->text().trimmed() ||
                            wish.leastSeverity != m_severity->currentData().toInt();
        if (isLate)
            return;
        const bool isFull = lines && lines->size() == size_t(mostLines);
        m_note->setText(!lines   ? common::text(lines.error())
                        : isFull ? tr("Only the newest %1 lines are shown.").arg(mostLines)
                                 : QString());
        m_note->setVisible(!m_note->text().isEmpty());
        if (lines)
            m_lines.show(*lines);
        Q_EMIT loaded();
    });
}

void LogPane::copy() const
{
    const bool isChosen = m_table->selectionModel()->hasSelection();
    QString text;
    for (const telemetry::LogLine &line : m_lines.rows()) {
        const qsizetype row = &line - m_lines.rows().data();
        if (isChosen && !m_table->selectionModel()->isRowSelected(static_cast<int>(row), {}))
            continue;
        text += QStringList{domain::rfc3339(line.at), models::severityWord(line), models::plainCell(line.text)}.join(
                    u'\t') +
                u'\n';
    }
    QGuiApplication::clipboard()->setText(text);
}

} // namespace flowgate::ui
