// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/gatewaydetails.h"

#include "ui/common/errortext.h"
#include "ui/common/relativetime.h"
#include "ui/common/theme.h"
#include "ui/common/visibletext.h"
#include "ui/common/words.h"
#include "ui/widgets/statusdelegate.h"
#include "ui/widgets/tables.h"

#include <QFontDatabase>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QSplitter>
#include <QTabWidget>
#include <QTableView>
#include <QTreeView>
#include <QVBoxLayout>

namespace flowgate::ui {

namespace {

QLabel *plainLabel(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText); // what gateways say is never markup
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    label->setContentsMargins(common::space::small, common::space::small, common::space::small, common::space::small);
    return label;
}

QPlainTextEdit *codeView(const QString &name, QWidget *parent)
{
    auto *view = new QPlainTextEdit(parent);
    view->setReadOnly(true);
    view->setLineWrapMode(QPlainTextEdit::NoWrap);
    view->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    view->setAccessibleName(name);
    return view;
}

QWidget *titled(const QString &title, QWidget *content)
{
    auto *box = new QWidget;
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, common::space::tiny, 0, 0);
    layout->setSpacing(common::space::tiny);
    auto *label = new QLabel(title, box);
    label->setBuddy(content);
    layout->addWidget(label);
    layout->addWidget(content, 1);
    return box;
}

QString textOf(const domain::ConfigSet &config)
{
    QString text;
    for (const auto &[name, file] : config.files) {
        if (config.files.size() > 1)
            text += QStringLiteral("# --- ") + common::oneLine(name) + u'\n';
        text += common::manyLines(QString::fromUtf8(file.body)) + u'\n';
    }
    return text;
}

} // namespace

GatewayDetails::GatewayDetails(app::ControlPlane &plane, QWidget *parent)
    : QWidget(parent)
    , m_plane(plane)
    , m_title(plainLabel(this))
    , m_failure(plainLabel(this))
{
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_failure->setAutoFillBackground(true);
    m_failure->hide();

    auto *tabs = new QTabWidget(this);
    tabs->setDocumentMode(true);
    auto *scroll = new QScrollArea(tabs);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    m_overview = plainLabel(scroll);
    scroll->setWidget(m_overview);
    tabs->addTab(scroll, tr("Overview"));

    m_tree = new QTreeView(tabs);
    m_tree->setModel(&m_health);
    m_tree->setItemDelegate(new StatusDelegate(m_tree));
    m_tree->setAccessibleName(tr("Health of the components"));
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->header()->setStretchLastSection(true);
    tabs->addTab(m_tree, tr("Health"));

    auto *config = new QWidget(tabs);
    auto *configLayout = new QVBoxLayout(config);
    m_configState = plainLabel(config);
    m_wanted = codeView(tr("Wanted config"), config);
    m_effective = codeView(tr("Effective config"), config);
    auto *both = new QSplitter(Qt::Vertical, config);
    both->addWidget(titled(tr("Wanted"), m_wanted));
    both->addWidget(titled(tr("Effective, as the gateway reports it"), m_effective));
    configLayout->addWidget(m_configState);
    configLayout->addWidget(both, 1);
    tabs->addTab(config, tr("Config"));

    auto *history = makeTable(&m_spans, tr("History"), tabs);
    history->sortByColumn(0, Qt::DescendingOrder);
    tabs->addTab(history, tr("History"));

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(common::space::small, common::space::small, common::space::small, 0);
    layout->addWidget(m_title);
    layout->addWidget(m_failure);
    layout->addWidget(tabs, 1);
    show(nullptr);
}

void GatewayDetails::show(const app::GatewayPtr &gateway)
{
    const bool another = !m_gateway || !gateway || m_gateway->id != gateway->id;
    m_gateway = gateway;
    if (another) {
        m_wantedShown = {};
        m_effectiveShown = {};
        m_wanted->clear();
        m_effective->clear();
    }
    if (!gateway) {
        m_title->setText(tr("Choose a gateway to see who it is, how it fares and what it runs."));
        m_failure->hide();
        m_overview->clear();
        m_configState->clear();
        m_health.show({}, {}, nullptr);
        m_spans.show({});
        return;
    }
    m_title->setText(common::oneLine(domain::displayName(*gateway)) + u'\n' + domain::uuidText(gateway->id));
    m_health.show(gateway->id.bytes(), common::oneLine(domain::displayName(*gateway)),
                  gateway->healthReport ? &gateway->healthReport->value : nullptr);
    m_tree->resizeColumnToContents(0);
    const QModelIndex failing = m_health.failing();
    for (QModelIndex at = failing; at.isValid(); at = at.parent())
        m_tree->expand(at);
    if (failing.isValid())
        m_tree->scrollTo(failing);
    else
        m_tree->expandToDepth(0);
    showOverview();
    showConfig();
    loadTexts();
    loadHistory();
}

void GatewayDetails::showOverview()
{
    const domain::Gateway &gateway = *m_gateway;
    const domain::WallTime now = m_plane.clock().now();
    QStringList lines;
    lines << tr("Presence: %1, last seen %2, from %3")
                 .arg(common::stateWord(gateway.presence.state).word, common::ago(gateway.presence.lastSeen, now),
                      common::oneLine(gateway.presence.peer));
    lines << tr("Health: %1 %2").arg(common::stateWord(gateway.health.state).word, common::oneLine(gateway.health.why));
    lines << tr("Collector starts seen again: %1").arg(gateway.restarts);
    lines << tr("First seen: %1").arg(common::exactTime(gateway.firstSeen)) << QString();
    if (gateway.description) {
        for (const auto *list : {&gateway.description->value.identifying, &gateway.description->value.nonIdentifying}) {
            for (const domain::Attribute &attribute : *list)
                lines << common::oneLine(attribute.key) + QStringLiteral(" = ") +
                             common::oneLine(domain::attributeText(attribute.value));
        }
    } else {
        lines << tr("It has not said who it is.");
    }
    lines << QString() << tr("What it can do:") << gateway.capabilities.names();
    m_overview->setText(lines.join(u'\n'));

    const bool unhealthy = gateway.health.state == domain::HealthState::Unhealthy;
    QStringList failures;
    if (unhealthy)
        failures << tr("Unhealthy: %1").arg(common::manyLines(gateway.health.why, 2000));
    if (gateway.lastFailed)
        failures << tr("%1 failed here %2: %3")
                        .arg(common::versionText(gateway.lastFailed->ref), common::ago(gateway.lastFailed->at, now),
                             common::manyLines(gateway.lastFailed->error, 2000));
    QPalette colours = palette();
    colours.setColor(QPalette::Window, common::themeOf(palette()).badPanel);
    m_failure->setPalette(colours);
    m_failure->setText(failures.join(u'\n'));
    m_failure->setVisible(!failures.isEmpty());
}

void GatewayDetails::showConfig()
{
    const domain::Gateway &gateway = *m_gateway;
    QStringList lines{common::stateWord(gateway.config.state).word};
    if (gateway.wanted)
        lines[0] += QStringLiteral(": ") + common::versionText(gateway.wanted);
    if (!gateway.config.why.isEmpty())
        lines << common::manyLines(gateway.config.why, 2000);
    if (gateway.containment && gateway.wanted && gateway.containment->wanted == gateway.wanted->hash) {
        for (const domain::ConfigDifference &difference : gateway.containment->differences)
            lines << (difference.effective.isNull()
                          ? tr("%1: wanted %2, missing")
                                .arg(common::oneLine(difference.path), common::oneLine(difference.wanted))
                          : tr("%1: wanted %2, is %3")
                                .arg(common::oneLine(difference.path), common::oneLine(difference.wanted),
                                     common::oneLine(difference.effective)));
    }
    m_configState->setText(lines.join(u'\n'));
}

void GatewayDetails::loadTexts()
{
    const domain::GatewayId id = m_gateway->id;
    if (m_gateway->effective && m_gateway->effective->value.hash != m_effectiveShown) {
        m_effectiveShown = m_gateway->effective->value.hash;
        m_plane.ask<domain::ConfigSet>(
            this, [id](app::Desk &desk, app::Done<domain::ConfigSet> done) { desk.effective(id, std::move(done)); },
            [this, id](const app::Outcome<domain::ConfigSet> &config) {
                if (m_gateway && m_gateway->id == id)
                    m_effective->setPlainText(config ? textOf(*config) : common::text(config.error()));
            });
    }
    if (m_gateway->wanted && m_gateway->wanted->hash != m_wantedShown) {
        m_wantedShown = m_gateway->wanted->hash;
        const QString key = QStringLiteral("%1@%2").arg(m_gateway->wanted->config).arg(m_gateway->wanted->version);
        m_plane.ask<app::ConfigLibrary::Whole>(
            this,
            [key](app::Desk &desk, app::Done<app::ConfigLibrary::Whole> done) {
                desk.parts().library.load(key, std::move(done));
            },
            [this, id](const app::Outcome<app::ConfigLibrary::Whole> &whole) {
                if (m_gateway && m_gateway->id == id)
                    m_wanted->setPlainText(whole ? textOf(whole->files) : common::text(whole.error()));
            });
    }
}

void GatewayDetails::loadHistory()
{
    const domain::GatewayId id = m_gateway->id;
    const domain::WallTime since = m_plane.clock().now() - std::chrono::hours(24);
    m_plane.ask<std::vector<domain::Span>>(
        this,
        [id, since](app::Desk &desk, app::Done<std::vector<domain::Span>> done) {
            desk.timeline(id, since, std::move(done));
        },
        [this, id](const app::Outcome<std::vector<domain::Span>> &spans) {
            if (m_gateway && m_gateway->id == id && spans)
                m_spans.show(*spans);
        });
}

} // namespace flowgate::ui
