// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/overviewtab.h"

#include "domain/liveness.h"
#include "domain/standing.h"
#include "domain/succession.h"
#include "ui/common/capabilitywords.h"
#include "ui/common/relativetime.h"
#include "ui/common/theme.h"
#include "ui/common/visibletext.h"
#include "ui/common/words.h"
#include "ui/fleet/admissioncard.h"
#include "ui/fleet/ghostcard.h"
#include "ui/models/gatewayfacts.h"
#include "ui/notices/mutemenu.h"
#include "ui/widgets/factlist.h"
#include "ui/workspace.h"

#include <QVBoxLayout>

namespace flowgate::ui {

namespace {

using common::ago;
using domain::milliseconds;
using domain::WallTime;

constexpr size_t mostAttributes = 200;

/// What is known beside the gateway's own value.
struct Around
{
    WallTime now{};
    WallTime lastSeen{};
    std::optional<milliseconds> pollInterval;
    std::optional<milliseconds> httpSilence; ///< the setting; nothing before it was told
    QString notices;                         ///< whether they are muted, in words
};

class Facts
{
    Q_DECLARE_TR_FUNCTIONS(flowgate::OverviewTab)
public:
    Facts(const domain::Gateway &gateway, const Around &around)
        : m_gateway(gateway)
        , m_around(around)
        , m_now(around.now)
    {
    }

    std::vector<Fact> all()
    {
        states();
        config();
        attributes();
        capabilities();
        return std::move(m_facts);
    }

private:
    void state(const QString &name, const common::StateWord &word, WallTime since, const QString &why)
    {
        const QString quiet = since == WallTime{} ? QString() : common::lasting(since, m_now);
        m_facts.push_back({name, quiet, word, false, common::exactTime(since), {}});
        if (!why.isEmpty())
            fact(tr("Reason"), common::oneLine(why, 600));
    }
    void fact(const QString &name, const QString &value, const QString &toolTip = {}, bool mono = false)
    {
        m_facts.push_back({name, value.isNull() ? QStringLiteral("") : value, {}, mono, toolTip, {}});
    }
    void attribute(const domain::Attribute &attribute)
    {
        const QString value = domain::attributeText(attribute.value);
        fact(attribute.key, common::oneLine(value, 600), {}, true);
        m_facts.back().term = models::selectorTerm(attribute.key, value);
    }
    void moment(const QString &name, WallTime at) { fact(name, ago(at, m_now), common::exactTime(at)); }
    void heading(const QString &name) { m_facts.push_back({name, QString(), {}, false, {}, {}}); }

    [[nodiscard]] bool polls() const { return m_gateway.presence.transport == domain::Transport::Http; }
    /// By what a gateway that polls is judged to be silent; empty for others.
    [[nodiscard]] QString silenceRule() const
    {
        if (!polls() || !m_around.httpSilence)
            return {};
        const milliseconds allowed = domain::allowedSilence(m_around.pollInterval, *m_around.httpSilence);
        return allowed > *m_around.httpSilence
                   ? tr("It counts as silent after %1 without a poll: three of its own intervals")
                         .arg(common::duration(allowed))
                   : tr("It counts as silent after %1 without a poll").arg(common::duration(allowed));
    }

    /// Of one that waits or was rejected a card above says it.
    void admission()
    {
        const auto &ground = m_gateway.admitted;
        if (ground && m_gateway.admission == domain::Admission::Approved)
            fact(tr("Approved"), tr("%1, %2").arg(ago(ground->at, m_now), common::groundText(*ground)),
                 common::exactTime(ground->at));
    }

    /// Of one whose health is not known now: what was known last.
    void lastHealth()
    {
        const auto &report = m_gateway.healthReport;
        if (report && !domain::isHealthCurrent(m_gateway))
            fact(tr("Last reported"),
                 tr("%1, not current: %2")
                     .arg(ago(report->at, m_now), common::oneLine(common::healthText(report->value), 600)),
                 common::exactTime(report->at));
    }

    void states()
    {
        const bool isSilent = m_gateway.presence.state == domain::PresenceState::Silent;
        state(tr("Presence"), common::stateWord(m_gateway.presence.state), m_gateway.presence.since,
              isSilent ? silenceRule() : m_gateway.presence.why);
        state(tr("Health"), common::stateWord(m_gateway.health.state), m_gateway.health.since, m_gateway.health.why);
        lastHealth();
        state(tr("Config"), common::stateWord(m_gateway.config.state), m_gateway.config.since, m_gateway.config.why);
        moment(tr("Last seen"), m_around.lastSeen);
        if (polls()) // to the second: 29.998 s are 30 s to people
            fact(tr("Polls every"),
                 m_around.pollInterval
                     ? tr("%1 (learned from its last polls)")
                           .arg(common::duration(std::chrono::round<std::chrono::seconds>(*m_around.pollInterval)))
                     : tr("not known yet"),
                 silenceRule());
        fact(tr("Reached us by"),
             tr("%1 from %2")
                 .arg(common::transportWord(m_gateway.presence.transport),
                      m_gateway.presence.peer.isEmpty() ? tr("an address not known any more")
                                                        : common::oneLine(m_gateway.presence.peer, 100)));
        if (!m_gateway.presence.token.isEmpty())
            fact(tr("Token"),
                 m_gateway.presence.onBootstrap ? tr("%1, only to get its own").arg(m_gateway.presence.token)
                                                : m_gateway.presence.token,
                 tr("The one that it brought on the connection that it has or had"));
        admission();
        moment(tr("First seen"), m_gateway.firstSeen);
        fact(tr("Restarts"), QString::number(m_gateway.restarts),
             tr("How often another start time was reported than the one before"));
        const quint64 start = m_gateway.lastStartUnixNano;
        if (const auto started = domain::plausibleUnixNano(start))
            moment(tr("Collector start"), *started);
        else if (start != 0)
            fact(tr("Collector start"), tr("implausible start time reported"), tr("%1 ns since 1970").arg(start));
        if (!m_around.notices.isEmpty())
            fact(tr("Notices"), m_around.notices, tr("Whether troubles of this gateway are told on the desktop"));
    }

    /// Messages of the gateway were lost after it had reported that.
    static QString marked(const QString &text, bool isStale)
    {
        return isStale ? tr("%1; messages were lost since").arg(text) : text;
    }

    void config()
    {
        heading(tr("Config"));
        fact(tr("Wanted"), m_gateway.wanted ? common::versionText(m_gateway.wanted) : tr("nothing"),
             m_gateway.wanted ? m_gateway.wanted->hash.hex() : QString());
        if (const auto &reported = m_gateway.remoteConfig) {
            fact(tr("Reported"),
                 marked(tr("%1, %2").arg(common::applyWord(reported->value.status), ago(reported->at, m_now)),
                        reported->stale),
                 reported->value.hash.isEmpty() ? tr("It never had a config from here.") : reported->value.hash.hex());
        } else {
            fact(tr("Reported"), tr("not reported"));
        }
        if (const auto &effective = m_gateway.effective)
            fact(tr("Effective"), marked(tr("reported %1").arg(ago(effective->at, m_now)), effective->stale),
                 effective->value.hash.hex());
        else
            fact(tr("Effective"), tr("not reported"));
        if (domain::isContainmentCurrent(m_gateway) && m_gateway.containment->notCompared > 0)
            fact(tr("Not compared"), common::notComparedText(m_gateway.containment->notCompared),
                 tr("References (${…}) and hidden values: only the gateway knows what stands there."));
        fact(tr("Last proven"), m_gateway.lastProven ? common::versionText(m_gateway.lastProven) : tr("none yet"));
    }

    void attributes()
    {
        if (!m_gateway.description) {
            heading(tr("Attributes"));
            fact(tr("Reported"), tr("not reported"));
            return;
        }
        const auto list = [this](const QString &title, const domain::Attributes &attributes) {
            if (attributes.empty())
                return;
            heading(title);
            for (size_t i = 0; i < attributes.size() && i < mostAttributes; ++i)
                attribute(attributes[i]);
            if (attributes.size() > mostAttributes)
                fact(tr("More"), tr("%1 are not shown").arg(attributes.size() - mostAttributes));
        };
        list(tr("Identifying attributes"), m_gateway.description->value.identifying);
        list(tr("Other attributes"), m_gateway.description->value.nonIdentifying);
    }

    void capabilities()
    {
        heading(tr("What it can do"));
        if (m_gateway.capabilities.isUnspecified())
            return fact(tr("Announced"), tr("not reported"));
        const QStringList names = m_gateway.capabilities.names();
        QStringList words;
        for (const QString &name : names)
            words.append(common::capabilityWords(name));
        fact(tr("Announced"), words.join(u'\n'), names.join(u'\n'));
    }

    const domain::Gateway &m_gateway;
    Around m_around;
    WallTime m_now;
    std::vector<Fact> m_facts;
};

} // namespace

OverviewTab::OverviewTab(Workspace &workspace, QWidget *parent)
    : QScrollArea(parent)
    , m_workspace(workspace)
{
    setAccessibleName(tr("Overview"));
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *content = new QWidget(this);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(common::space::page, common::space::page, common::space::page, common::space::page);
    layout->setSpacing(common::space::page);
    m_admission = new AdmissionCard(content);
    layout->addWidget(m_admission);
    m_ghost = new GhostCard(content);
    layout->addWidget(m_ghost);
    m_facts = new FactList(content);
    layout->addWidget(m_facts);
    layout->addStretch(1);
    connect(m_admission, &AdmissionCard::admissionRequested, this,
            [this](domain::Admission admission) { Q_EMIT admissionRequested({m_gateway}, admission); });
    connect(m_ghost, &GhostCard::linkRequested, this,
            [this](const app::GatewayPtr &gone) { Q_EMIT linkRequested(gone, m_gateway); });
    connect(m_facts, &FactList::termChosen, this, &OverviewTab::filterRequested);
    setWidget(content);
    connect(&workspace, &Workspace::second, this, &OverviewTab::refresh);
    connect(&workspace.mutes(), &Mutes::changed, this, &OverviewTab::refresh);
}

void OverviewTab::show(const app::GatewayPtr &gateway)
{
    if (m_gateway && gateway && m_gateway->id != gateway->id)
        ensureVisible(0, 0);
    m_gateway = gateway;
    refresh();
}

/// The one that it may have been before it came with a new id: of several the one that was heard last.
app::GatewayPtr OverviewTab::ghost() const
{
    app::GatewayPtr ghost;
    for (const models::GatewayRow &row : m_workspace.fleet().rows()) {
        if (domain::isLikelierGhost(*m_gateway, *row.gateway, ghost.get()))
            ghost = row.gateway;
    }
    return ghost;
}

void OverviewTab::refresh()
{
    if (!m_gateway || !isVisibleTo(window()))
        return;
    const models::GatewayModel &fleet = m_workspace.fleet();
    Around around{m_workspace.now(),
                  std::max(m_gateway->presence.lastSeen, fleet.lastSeenOf(m_gateway->id)),
                  fleet.pollIntervalOf(m_gateway->id),
                  {},
                  muteText(m_workspace, m_gateway->id)};
    for (const app::SettingValue &setting : m_workspace.settings()) {
        if (setting.spec->setting == app::Setting::HttpSilence)
            around.httpSilence = domain::durationFromText(setting.value);
    }
    m_admission->show(*m_gateway, around.now);
    const app::GatewayPtr gone = ghost();
    m_ghost->show(m_gateway, gone, gone ? fleet.nameOf(gone->id) : QString(), around.now);
    m_facts->show(Facts(*m_gateway, around).all());
}

} // namespace flowgate::ui
