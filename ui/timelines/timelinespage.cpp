// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timelines/timelinespage.h"

#include "ui/common/errortext.h"
#include "ui/common/metrics.h"
#include "ui/common/theme.h"
#include "ui/common/timeaxis.h"
#include "ui/common/visibletext.h"
#include "ui/common/words.h"
#include "ui/fleet/filterfield.h"
#include "ui/timelines/pastlist.h"
#include "ui/timelines/rangebar.h"
#include "ui/timelines/timelineexport.h"
#include "ui/timelines/timelinefeed.h"
#include "ui/timelines/timelineview.h"
#include "ui/widgets/asking.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/menubutton.h"
#include "ui/widgets/pagekey.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/tables.h"
#include "ui/widgets/wrapbar.h"
#include "ui/workspace.h"

#include <QComboBox>
#include <QFileDialog>
#include <QHeaderView>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace flowgate::ui {

using namespace std::chrono_literals;
using domain::SpanKind;
using models::TimelineColumn;

namespace {

constexpr size_t mostInPicture = 500;
constexpr int pictureWidth = 1600;
constexpr int pictureRow = 22;

} // namespace

TimelinesPage::TimelinesPage(Workspace &workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_shown(workspace.fleet())
    , m_filter(new FilterField(workspace.fleet(), this))
    , m_facts(new QComboBox(this))
    , m_note(new PlainLabel(this, TextKind::Bad))
    , m_stack(new QStackedWidget(this))
    , m_empty(new EmptyState(this))
    , m_parts(new QSplitter(Qt::Vertical, this))
    , m_view(new TimelineView(m_rows, workspace.timeWindow(), workspace, tr("Timelines of gateways"), this))
    , m_feed(new TimelineFeed(*m_view, m_rows, workspace))
    , m_chosen(new PlainLabel(this, TextKind::Section))
    , m_past(new PastList(workspace, this))
{
    m_view->setObjectName(QStringLiteral("timelines"));
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    setWidths(m_view, {150, 130});
    m_view->horizontalHeader()->setSectionsClickable(true);
    m_view->horizontalHeader()->setSortIndicatorShown(true);
    m_past->setTableName(QStringLiteral("timelinesPast"));
    auto *head = new QHBoxLayout;
    head->setContentsMargins(common::space::page, common::space::small, common::space::page, common::space::small);
    head->addWidget(m_chosen, 1);
    head->addWidget(m_past->choice());
    auto *below = new QWidget(this);
    auto *belowLayout = new QVBoxLayout(below);
    belowLayout->setContentsMargins(0, 0, 0, 0);
    belowLayout->setSpacing(0);
    belowLayout->addLayout(head);
    belowLayout->addWidget(m_past, 1);
    m_parts->setObjectName(QStringLiteral("timelinesParts"));
    m_parts->addWidget(m_view);
    m_parts->addWidget(below);
    m_parts->setChildrenCollapsible(false);
    m_parts->setStretchFactor(0, 3);
    m_parts->setStretchFactor(1, 1);
    m_parts->setSizes({460, 190});
    m_note->setContentsMargins(common::space::page, 0, common::space::page, common::space::small);
    m_note->setWordWrap(true);
    m_note->hide();
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_parts);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeBar());
    layout->addWidget(m_note);
    layout->addWidget(m_stack, 1);

    m_listSoon.setSingleShot(true);
    m_listSoon.setInterval(200ms);
    connect(&m_listSoon, &QTimer::timeout, this, &TimelinesPage::listGateways);
    const auto listSoon = [this] {
        if (!m_listSoon.isActive())
            m_listSoon.start();
    };
    connect(&m_shown, &QAbstractItemModel::rowsInserted, this, listSoon);
    connect(&m_shown, &QAbstractItemModel::rowsRemoved, this, listSoon);
    connect(&m_shown, &QAbstractItemModel::layoutChanged, this, listSoon);
    connect(&m_shown, &QAbstractItemModel::dataChanged, this, listSoon);
    connect(m_view->horizontalHeader(), &QHeaderView::sectionClicked, this, &TimelinesPage::sortBy);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &TimelinesPage::showChosen);
    connect(m_view, &QAbstractItemView::activated, this, &TimelinesPage::openChosen);
    connect(m_feed, &TimelineFeed::answered, this, [this](const QString &why) {
        m_note->setText(why);
        m_note->setVisible(!why.isEmpty());
    });
    sortBy(static_cast<int>(TimelineColumn::Name));
    showEmpty();
}

QWidget *TimelinesPage::makeBar()
{
    m_filter->setObjectName(QStringLiteral("timelinesFilter"));
    makeSearch(*m_filter, tr("Filter gateways"));
    m_facts->setObjectName(QStringLiteral("timelinesFacts"));
    m_facts->setAccessibleName(tr("What to draw"));
    m_facts->addItem(tr("Health"), static_cast<int>(SpanKind::Health));
    m_facts->addItem(tr("Presence"), static_cast<int>(SpanKind::Presence));
    m_facts->addItem(tr("Config"), static_cast<int>(SpanKind::Config));
    m_facts->addItem(tr("All three"));
    auto *save = makeMenuButton(tr("Export"), this, [this](QMenu &menu) { fillExport(menu); });
    auto *bar = new QWidget(this);
    auto *layout = new QVBoxLayout(bar);
    layout->setContentsMargins(common::space::page, common::space::page, common::space::page, common::space::page);
    layout->setSpacing(common::space::small);
    layout->addWidget(new WrapBar(m_filter, {m_facts, save}, 200, this));
    layout->addWidget(new RangeBar(m_workspace.timeWindow(), this));
    connect(m_filter, &QLineEdit::textChanged, this, &TimelinesPage::applyFilter);
    connect(m_facts, &QComboBox::currentIndexChanged, this, &TimelinesPage::chooseFacts);
    return bar;
}

void TimelinesPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    listGateways();
    m_feed->ask();
}

void TimelinesPage::applyFilter()
{
    const auto wrong = m_shown.setFilter(m_filter->text().trimmed());
    m_note->setText(wrong ? common::text(*wrong) : QString());
    m_note->setVisible(wrong.has_value());
    m_listSoon.start();
}

void TimelinesPage::chooseFacts()
{
    const QVariant fact = m_facts->currentData();
    m_fact = fact.isValid() ? static_cast<SpanKind>(fact.toInt()) : SpanKind::Health;
    listGateways();
    m_feed->setKinds(fact.isValid() ? std::vector{m_fact}
                                    : std::vector{SpanKind::Presence, SpanKind::Health, SpanKind::Config});
}

void TimelinesPage::sortBy(int section)
{
    if (section > static_cast<int>(TimelineColumn::Now))
        return;
    QHeaderView &header = *m_view->horizontalHeader();
    header.setSortIndicator(section, header.sortIndicatorSection() == section &&
                                             header.sortIndicatorOrder() == Qt::AscendingOrder && isVisible()
                                         ? Qt::DescendingOrder
                                         : Qt::AscendingOrder);
    const auto column = section == static_cast<int>(TimelineColumn::Name) ? models::GatewayColumn::Name
                        : m_fact == SpanKind::Presence                    ? models::GatewayColumn::Presence
                        : m_fact == SpanKind::Config                      ? models::GatewayColumn::Config
                                                                          : models::GatewayColumn::Health;
    m_shown.sort(static_cast<int>(column), header.sortIndicatorOrder());
}

models::TimelineRow TimelinesPage::rowOf(const domain::Gateway &gateway) const
{
    models::TimelineRow row;
    row.key = gateway.id.hex();
    row.gateway = gateway.id;
    row.now = m_fact == SpanKind::Presence ? common::stateWord(gateway.presence.state)
              : m_fact == SpanKind::Config ? common::stateWord(gateway.config.state)
                                           : common::stateWord(gateway.health.state);
    return row;
}

void TimelinesPage::listGateways()
{
    if (!isVisible())
        return;
    std::vector<models::TimelineRow> rows;
    rows.reserve(static_cast<size_t>(m_shown.rowCount()));
    for (const app::GatewayPtr &gateway : m_shown.shown()) {
        rows.push_back(rowOf(*gateway));
        rows.back().name = m_workspace.fleet().nameOf(gateway->id);
    }
    m_rows.follow(std::move(rows));
    if (!m_view->currentIndex().isValid() && m_rows.rowCount() > 0)
        m_view->setCurrentIndex(m_rows.index(0, 0));
    showEmpty();
    showChosen();
}

void TimelinesPage::showChosen()
{
    const models::TimelineRow *row = m_rows.rowAt(m_view->currentIndex());
    m_past->show(row ? m_workspace.fleet().find(row->gateway) : nullptr);
    m_chosen->setText(row ? common::oneLine(row->name, 200) : tr("No gateway is chosen"));
}

void TimelinesPage::showEmpty()
{
    if (m_workspace.fleet().rowCount() == 0)
        m_empty->show(tr("No gateways yet"), tr("What happens to gateways is drawn here once there are some. The Fleet "
                                                "page says how they connect."));
    else
        m_empty->show(tr("No gateway matches"), tr("No gateway is left by this filter."));
    m_stack->setCurrentWidget(m_rows.rowCount() == 0 ? static_cast<QWidget *>(m_empty) : m_parts);
}

void TimelinesPage::openChosen()
{
    if (const models::TimelineRow *row = m_rows.rowAt(m_view->currentIndex()))
        Q_EMIT gatewayRequested(row->gateway);
}

void TimelinesPage::fillExport(QMenu &menu)
{
    menu.addAction(tr("Picture (PNG)…"), this, [this] { askForFile(QStringLiteral("png")); });
    menu.addAction(tr("Table of states and events (CSV)…"), this, [this] { askForFile(QStringLiteral("csv")); });
}

void TimelinesPage::askForFile(const QString &suffix)
{
    auto *dialog = new QFileDialog(this, tr("Export timelines"), QStringLiteral("timelines.") + suffix,
                                   suffix == u"png" ? tr("Pictures (*.png)") : tr("CSV (*.csv)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setDefaultSuffix(suffix);
    connect(dialog, &QFileDialog::fileSelected, this, [this, suffix](const QString &path) {
        if (suffix == u"png")
            savePicture(path);
        else
            saveTable(path);
    });
    dialog->open();
}

void TimelinesPage::savePicture(const QString &path)
{
    const TimeWindow &window = m_workspace.timeWindow();
    app::TimelineWish wish{{}, {window.from(), window.to(), window.length() / pictureWidth}};
    std::vector<models::TimelineRow> rows(
        m_rows.rows().begin(),
        m_rows.rows().begin() + static_cast<std::ptrdiff_t>(std::min(mostInPicture, m_rows.rows().size())));
    for (const models::TimelineRow &row : rows)
        wish.gateways.push_back(row.gateway);
    const QLocale locale;
    const QString range = common::stretchText(wish.window.from, wish.window.to, m_workspace.now());
    const QString title =
        rows.size() < m_rows.rows().size()
            ? tr("%1: %2 of %3 gateways")
                  .arg(range, locale.toString(qulonglong(rows.size())), locale.toString(m_rows.rowCount()))
            : tr("%1: %n gateways", "", static_cast<int>(rows.size())).arg(range);
    m_workspace.operations().timelines(
        this, wish,
        [this, path, wish, title, kinds = m_feed->kinds(),
         rows = std::move(rows)](const app::Outcome<std::vector<domain::Timeline>> &timelines) mutable {
            if (!timelines)
                return tellSaved(path, common::text(timelines.error()));
            for (size_t i = 0; i < timelines->size() && i < rows.size(); ++i) {
                rows[i].lanes = models::lanesOf((*timelines)[i], kinds);
                rows[i].marks = (*timelines)[i].marks;
            }
            const QImage image = timelineImage(rows, wish.window, title, common::themeOf(palette()), font(),
                                               pictureWidth, common::scaled(pictureRow, font()));
            QSaveFile file(path);
            const bool isSaved = file.open(QIODevice::WriteOnly) && image.save(&file, "PNG") && file.commit();
            tellSaved(path, isSaved ? QString() : file.errorString());
        });
}

void TimelinesPage::saveTable(const QString &path)
{
    std::vector<ExportedGateway> gateways;
    for (const models::TimelineRow &row : m_rows.rows())
        gateways.push_back({row.gateway, row.name});
    TimelineExport *save = TimelineExport::toCsv(m_workspace, std::move(gateways), path, this);
    connect(save, &TimelineExport::progressed, this, [this](int done, int all) {
        const QLocale locale;
        m_chosen->setText(tr("Exporting: %1 of %2 gateways").arg(locale.toString(done), locale.toString(all)));
    });
    connect(save, &TimelineExport::finished, this, [this, path](const QString &trouble) {
        showChosen();
        tellSaved(path, trouble);
    });
    save->start();
}

void TimelinesPage::tellSaved(const QString &path, const QString &trouble)
{
    if (!trouble.isEmpty())
        tell(this, tr("Not exported"), tr("%1 was not written: %2").arg(path, trouble));
}

} // namespace flowgate::ui
