// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/configtab.h"

#include "collector/contains.h"
#include "collector/masking.h"
#include "domain/names.h"
#include "domain/standing.h"
#include "ui/common/errortext.h"
#include "ui/common/metrics.h"
#include "ui/common/relativetime.h"
#include "ui/common/theme.h"
#include "ui/common/visibletext.h"
#include "ui/common/words.h"
#include "ui/diff/diffwindow.h"
#include "ui/widgets/asking.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/statusdelegate.h"
#include "ui/widgets/tables.h"
#include "ui/widgets/wrapbar.h"
#include "ui/widgets/yamleditor.h"
#include "ui/workspace.h"

#include <QCheckBox>
#include <QHeaderView>
#include <QPushButton>
#include <QSplitter>
#include <QTableView>
#include <QTableWidget>
#include <QVBoxLayout>

namespace flowgate::ui {

namespace {

constexpr int mostDifferences = 200;
constexpr qsizetype mostMarked = 256 * 1024; // compared at once, on the gui thread
constexpr int roomForTwo = 700;              // width, at a text of 100 %
constexpr qsizetype mostText = 2'000'000;

/// All files one below the other. Read-only, so a name may stand between them as a comment.
/// @param others  names of those that are no part of what runs
QString textOf(const domain::ConfigSet &config, const QStringList &others)
{
    QString text;
    for (const auto &[name, file] : config.files) {
        const QString shown = name.isEmpty() ? ConfigTab::tr("(no name)") : common::oneLine(name);
        if (others.contains(name))
            text += QStringLiteral("# %1\n").arg(ConfigTab::tr("%1 (not compared)").arg(shown));
        else if (config.files.size() > 1)
            text += QStringLiteral("# %1\n").arg(shown);
        text += common::manyLines(QString::fromUtf8(file.body.left(mostText)), static_cast<int>(mostText));
        if (!text.endsWith(u'\n'))
            text += u'\n';
    }
    return text;
}

/// The entries of an effective config that are no part of what runs. Of a large one nobody is told.
QStringList othersOf(const domain::ConfigSet &effective)
{
    const bool isSmall = effective.files.size() > 1 && effective.byteCount() <= mostMarked;
    return isSmall ? collector::readEffective(effective).others : QStringList();
}

QWidget *titled(PlainLabel *title, YamlEditor *view, const QString &name)
{
    auto *box = new QWidget;
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, common::space::small, 0, 0);
    layout->setSpacing(common::space::tiny);
    view->makeView();
    view->setAccessibleName(name);
    view->setMinimumHeight(48);
    title->setContentsMargins(common::space::page, 0, common::space::page, 0);
    layout->addWidget(title);
    layout->addWidget(view, 1);
    layout->addStretch(0); // takes the room of a text that is not there
    return box;
}

} // namespace

ConfigTab::ConfigTab(Workspace &workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_state(new StatusLabel(this))
    , m_why(new PlainLabel(this, TextKind::Mono))
    , m_notCompared(new PlainLabel(this, TextKind::Quiet))
    , m_reveal(new QCheckBox(tr("Show secrets"), this))
    , m_compare(new QPushButton(tr("Compare"), this))
    , m_adopt(new QPushButton(tr("Adopt…"), this))
    , m_legend(new PlainLabel(this, TextKind::Quiet))
    , m_differences(new QTableWidget(0, 3, this))
    , m_wantedTitle(new PlainLabel(this, TextKind::Section))
    , m_effectiveTitle(new PlainLabel(this, TextKind::Section))
    , m_wanted(new YamlEditor(this))
    , m_effective(new YamlEditor(this))
{
    m_reveal->setToolTip(tr("Values under keys such as password or token are hidden until this is ticked."));
    connect(m_reveal, &QCheckBox::toggled, this, &ConfigTab::showTexts);
    m_adopt->setToolTip(tr("Take what it runs into the library, as a new config. Nothing is sent."));
    connect(m_adopt, &QPushButton::clicked, this, &ConfigTab::adopt);
    m_compare->setToolTip(tr("Wanted and effective beside each other, in a window of their own"));
    connect(m_compare, &QPushButton::clicked, this, [this] {
        if (m_wantedSide.files && m_effectiveSide.files)
            (new DiffWindow(m_workspace, {m_wantedTitle->text(), *m_wantedSide.files},
                            {m_effectiveTitle->text(), *m_effectiveSide.files, true}, this))
                ->show();
    });
    m_notCompared->setToolTip(tr("References (${…}) and hidden values: only the gateway knows what stands there."));
    m_notCompared->setWordWrap(true);
    m_notCompared->hide();
    m_legend->setWordWrap(true);
    m_legend->hide();
    m_differences->setAccessibleName(tr("Differences"));
    m_differences->setHorizontalHeaderLabels({tr("Where"), tr("Wanted"), tr("Effective")});
    m_differences->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_differences->horizontalHeader()->setHighlightSections(false);
    m_differences->verticalHeader()->hide();
    m_differences->setShowGrid(false);
    m_differences->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_differences->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_differences->setTabKeyNavigation(false);
    m_differences->setMaximumHeight(180);
    m_differences->hide();
    m_both = new QSplitter(Qt::Vertical, this);
    QSplitter *both = m_both;
    both->setObjectName(QStringLiteral("configTabSplit"));
    both->addWidget(titled(m_wantedTitle, m_wanted, tr("Wanted config")));
    both->addWidget(titled(m_effectiveTitle, m_effective, tr("Effective config")));
    both->setChildrenCollapsible(false);

    auto *top = new QWidget(this);
    auto *topLayout = new QVBoxLayout(top);
    topLayout->setContentsMargins(common::space::page, common::space::page, common::space::page, 0);
    topLayout->setSpacing(common::space::small);
    topLayout->addWidget(new WrapBar(m_state, {m_reveal, m_compare, m_adopt}, 130, top));
    topLayout->addWidget(m_why);
    topLayout->addWidget(m_notCompared);
    topLayout->addWidget(m_differences);
    topLayout->addWidget(m_legend);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(top);
    layout->addWidget(both, 1);
    m_offerTable = makeTable(&m_offers, tr("Offers and what came of them"), workspace, this);
    m_offerTable->horizontalHeader()->setObjectName(QStringLiteral("offersHeader"));
    m_offerTable->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidths(m_offerTable, {60, 80, 158});
    m_offerTable->setMaximumHeight(130);
    layout->addWidget(m_offerTable);
}

/// One beside the other where there is room for both, else one below the other.
void ConfigTab::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const bool narrow = width() < common::scaled(roomForTwo, font());
    m_both->setOrientation(narrow ? Qt::Vertical : Qt::Horizontal);
    m_offerTable->setColumnHidden(static_cast<int>(models::OfferColumn::Error), narrow);
    if (auto *delegate = qobject_cast<StatusDelegate *>(m_offerTable->itemDelegate()))
        delegate->setTwoLines(narrow);
}

void ConfigTab::show(const app::GatewayPtr &gateway)
{
    if (!m_gateway || m_gateway->id != gateway->id) {
        m_wantedSide = {};
        m_effectiveSide = {};
        m_reveal->setChecked(false); // it was for that one
        showTexts();
    }
    m_gateway = gateway;
    showState();
    showDifferences();
    m_offers.show(*gateway);
    m_offerTable->setVisible(m_offers.rowCount() > 0);
    loadWanted();
    loadEffective();
}

void ConfigTab::adopt()
{
    const domain::GatewayId id = m_gateway->id;
    TextQuestion question;
    question.title = tr("Adopt");
    question.text =
        tr("Name of the new config, made of what %1 runs").arg(common::oneLine(domain::displayName(*m_gateway), 60));
    question.verb = tr("Adopt");
    question.value = domain::displayName(*m_gateway);
    question.wrong = [](const QString &name) {
        return domain::isConfigName(name) ? QString() : tr("Letters, digits, dot, underscore and dash, at most 100.");
    };
    askText(this, question, [this, id](const QString &name) {
        m_workspace.operations().adopt(this, {id, name, {}}, [this](const app::Outcome<app::Adopted> &adopted) {
            if (!adopted)
                return tell(this, tr("Nothing was adopted"), adopted.error());
            if (!adopted->secrets.empty()) {
                QStringList names;
                for (const app::Adopted::Secret &secret : adopted->secrets)
                    names.append(QStringLiteral("${env:%1}").arg(secret.variable));
                tell(this, tr("Hidden values"),
                     tr("The gateway does not show %n value(s). These stand there now: %1", nullptr,
                        static_cast<int>(names.size()))
                         .arg(names.join(QStringLiteral(", "))));
            }
            Q_EMIT openConfigRequested(adopted->ref.config, adopted->ref.version);
        });
    });
}

void ConfigTab::showState()
{
    const domain::Gateway &gateway = *m_gateway;
    m_state->show(common::stateWord(gateway.config.state),
                  gateway.config.since == domain::WallTime{}
                      ? QString()
                      : tr("since %1").arg(common::clockTime(gateway.config.since, m_workspace.now())));
    m_why->setForeign(gateway.config.why);
    m_why->setVisible(!gateway.config.why.isEmpty());
    m_wantedTitle->setText(gateway.wanted ? tr("Wanted: %1").arg(common::versionText(gateway.wanted))
                                          : tr("Wanted: nothing. A rollout sets it."));
    m_effectiveTitle->setText(gateway.effective ? (gateway.effective->stale
                                                       ? tr("Effective, as reported at %1; messages were lost since")
                                                       : tr("Effective, as reported at %1"))
                                                      .arg(common::clockTime(gateway.effective->at, m_workspace.now()))
                                                : tr("Effective: not reported"));
}

void ConfigTab::showDifferences()
{
    const std::optional<domain::Containment> current =
        domain::isContainmentCurrent(*m_gateway) ? m_gateway->containment : std::nullopt;
    if (current == m_containmentShown)
        return;
    m_containmentShown = current;
    const auto &list = current ? current->differences : std::vector<domain::ConfigDifference>();
    const int count = std::min(static_cast<int>(list.size()), mostDifferences);
    m_differences->setRowCount(count);
    for (int row = 0; row < count; ++row) {
        const domain::ConfigDifference &difference = list[size_t(row)];
        const QString cells[] = {difference.path, difference.wanted,
                                 difference.effective.isNull() ? tr("missing") : difference.effective};
        for (int column = 0; column < 3; ++column) {
            auto *item = new QTableWidgetItem(common::oneLine(cells[column], 300));
            item->setToolTip(common::toolTip(cells[column]));
            m_differences->setItem(row, column, item);
        }
    }
    m_differences->setVisible(count > 0);
    m_notCompared->setText(common::notComparedText(current ? current->notCompared : 0));
    m_notCompared->setVisible(current && current->notCompared > 0);
}

void ConfigTab::clear(Side &side)
{
    if (side.hash == domain::ConfigHash())
        return;
    side = {};
    showTexts();
}

void ConfigTab::loadWanted()
{
    if (!m_gateway->wanted)
        return clear(m_wantedSide);
    const domain::ConfigRef wanted = *m_gateway->wanted;
    if (wanted.hash == m_wantedSide.hash)
        return;
    m_wantedSide = {wanted.hash, {}, {}, {}};
    showTexts();
    // An answer counts only while the same gateway wants the same version.
    m_workspace.operations().loadConfig(
        this, QStringLiteral("%1@%2").arg(wanted.config).arg(wanted.version),
        [this, id = m_gateway->id, hash = wanted.hash](const app::Outcome<Operations::Whole> &whole) {
            if (m_gateway->id != id || m_wantedSide.hash != hash)
                return;
            if (whole)
                m_wantedSide.files = whole->files;
            else
                m_wantedSide.trouble = common::text(whole.error());
            showTexts();
        });
}

void ConfigTab::loadEffective()
{
    if (!m_gateway->effective)
        return clear(m_effectiveSide);
    const domain::ConfigHash hash = m_gateway->effective->value.hash;
    if (hash == m_effectiveSide.hash)
        return;
    // What was reported before stays in sight until the answer is here.
    m_effectiveSide.hash = hash;
    m_workspace.operations().effective(this, m_gateway->id,
                                       [this, id = m_gateway->id, hash](const app::Outcome<domain::ConfigSet> &config) {
                                           if (m_gateway->id != id || m_effectiveSide.hash != hash)
                                               return;
                                           if (config)
                                               m_effectiveSide = {hash, *config, {}, othersOf(*config)};
                                           else
                                               m_effectiveSide = {hash, {}, common::text(config.error()), {}};
                                           showTexts();
                                       });
}

void ConfigTab::showTexts()
{
    const auto put = [this](YamlEditor *view, const Side &side) {
        const QString text =
            !side.files
                ? side.trouble
                : textOf(m_reveal->isChecked() ? *side.files : collector::withoutSecrets(*side.files), side.others);
        if (view->text() != text)
            view->setText(text); // else it stays where it was scrolled to
        view->setVisible(!text.isEmpty());
    };
    put(m_wanted, m_wantedSide);
    put(m_effective, m_effectiveSide);
    m_compare->setEnabled(m_wantedSide.files && m_effectiveSide.files);
    m_adopt->setEnabled(m_effectiveSide.files.has_value());
    markLines();
}

/// Shades what the gateway added by design, and what is not as wanted, in the effective text.
void ConfigTab::markLines()
{
    m_effective->shade({}, {});
    m_legend->hide();
    // With several files the lines of the text are not those of a file.
    const auto &wanted = m_wantedSide.files;
    const auto &effective = m_effectiveSide.files;
    const bool single = wanted && effective && wanted->files.size() == 1 && effective->files.size() == 1;
    if (!single || effective->files.begin()->second.body.size() > mostMarked)
        return;
    const collector::ContainmentResult result = collector::contains(
        *wanted, *effective, {.ownTelemetryOffered = m_gateway && !m_gateway->offeredConnection.isEmpty()});
    QList<int> byDesign;
    for (const collector::Addition &addition : result.byDesign) {
        for (int line = addition.line; line <= addition.lastLine; ++line)
            byDesign.append(line);
    }
    QList<int> different;
    for (const collector::Difference &difference : result.differences) {
        if (difference.kind == collector::Difference::Kind::Different)
            different.append(difference.effectiveLine);
    }
    m_effective->shade(byDesign, different);
    QStringList words;
    if (!different.isEmpty())
        words.append(tr("Red lines are not as wanted."));
    if (!byDesign.isEmpty())
        words.append(tr("Blue lines are there by design: the supervisor adds them, or they were offered."));
    m_legend->setText(words.join(u' '));
    m_legend->setVisible(!words.isEmpty());
}

} // namespace flowgate::ui
