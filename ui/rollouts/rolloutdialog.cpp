// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rollouts/rolloutdialog.h"

#include "domain/rolloutturn.h"
#include "ui/common/errortext.h"
#include "ui/common/relativetime.h"
#include "ui/common/theme.h"
#include "ui/common/visibletext.h"
#include "ui/common/words.h"
#include "ui/diff/versiondiff.h"
#include "ui/fleet/filterfield.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/look.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/tables.h"
#include "ui/widgets/wrapbar.h"
#include "ui/workspace.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QTableView>

#include <algorithm>

namespace flowgate::ui {

using Plan = std::vector<app::PlannedTarget>;

RolloutDialog::RolloutDialog(Workspace &workspace, const QString &config, const QString &selector, QWidget *parent)
    : QDialog(parent)
    , m_workspace(workspace)
    , m_table(makeTable(&m_sorted, tr("Whom it reaches"), workspace, this))
    , m_changes(new QPushButton(tr("What changes"), this))
    , m_config(new QComboBox(this))
    , m_version(new QComboBox(this))
    , m_selector(new FilterField(workspace.fleet(), this))
    , m_counts(new PlainLabel(this, TextKind::Section))
    , m_waveHint(new PlainLabel(this, TextKind::Quiet))
    , m_search(new QLineEdit(this))
    , m_verdict(new QComboBox(this))
    , m_trouble(new PlainLabel(this, TextKind::Bad))
{
    m_selector->setText(selector);
    setWindowTitle(tr("Roll out"));
    resize(820, 680);
    const qsizetype at = config.lastIndexOf(u'@');
    m_wantedVersion = at > 0 ? config.mid(at + 1).toInt() : 0;
    m_config->addItems(workspace.configs().savedNames());
    m_config->setCurrentText(at > 0 ? config.left(at) : config);
    m_sorted.setSourceModel(&m_plan);

    auto *form = new QFormLayout;
    form->setHorizontalSpacing(common::space::page);
    form->setVerticalSpacing(common::space::small);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    makeFields(*form);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(0, Qt::AscendingOrder);
    setWidths(m_table, {200, 190});
    m_changes->setToolTip(tr("What the chosen gateway is to run now, beside this version"));
    connect(m_changes, &QPushButton::clicked, this, &RolloutDialog::showChanges);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &RolloutDialog::updateButton);
    connect(m_table, &QTableView::activated, this, &RolloutDialog::showChanges);
    m_trouble->setWordWrap(true);
    m_trouble->hide();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_start = buttons->addButton(QString(), QDialogButtonBox::AcceptRole);
    setLook(m_start, Look::Primary);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(common::space::small);
    layout->addLayout(form);
    layout->addWidget(m_counts);
    makeSearch(*m_search, tr("Search the gateways it reaches"));
    m_verdict->setAccessibleName(tr("Verdict"));
    layout->addWidget(new WrapBar(m_search, {m_verdict, m_changes}, 200, this));
    connect(m_search, &QLineEdit::textChanged, this,
            [this](const QString &text) { m_sorted.setFilterText(text.trimmed()); });
    connect(m_verdict, &QComboBox::activated, this, [this] {
        const QVariant verdict = m_verdict->currentData();
        m_sorted.setVerdict(verdict.isValid() ? std::optional(static_cast<domain::Verdict>(verdict.toInt()))
                                              : std::nullopt);
    });
    layout->addWidget(m_table, 1);
    layout->addWidget(m_trouble);
    layout->addWidget(buttons);

    m_soon.setSingleShot(true);
    m_soon.setInterval(200);
    m_again.setSingleShot(true);
    m_again.setInterval(1000);
    connect(&m_soon, &QTimer::timeout, this, &RolloutDialog::preview);
    connect(&m_again, &QTimer::timeout, this, &RolloutDialog::preview);
    connect(&workspace, &Workspace::fleetApplied, this, [this] {
        if (!m_again.isActive())
            m_again.start();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    // Not accepted(): the dialog stays until the control plane took it.
    connect(m_start, &QPushButton::clicked, this, &RolloutDialog::begin);
    loadVersions();
    changed();
    workspace.operations().rolloutDefaults(this, [this](const app::Outcome<domain::RolloutOptions> &defaults) {
        if (defaults)
            takeDefaults(*defaults);
    });
}

/// What the settings say, where nobody typed anything meanwhile.
void RolloutDialog::takeDefaults(const domain::RolloutOptions &defaults)
{
    const auto take = [](QLineEdit *field, const QString &text) {
        if (!field->isModified())
            field->setText(text);
    };
    take(m_waves, common::wavesText(defaults.waves));
    take(m_soak, common::durationInput(defaults.soak));
    take(m_timeout, common::durationInput(defaults.timeout));
}

void RolloutDialog::makeFields(QFormLayout &form)
{
    const domain::RolloutOptions defaults;
    m_waves = new QLineEdit(common::wavesText(defaults.waves), this);
    m_soak = new QLineEdit(common::durationInput(defaults.soak), this);
    m_timeout = new QLineEdit(common::durationInput(defaults.timeout), this);
    m_putBack = new QCheckBox(tr("Where it fails, put the last proven version back"), this);
    m_putBack->setChecked(defaults.putBack);
    m_force = new QCheckBox(tr("Force: send it in spite of verdicts and errors"), this);
    m_selector->setPlaceholderText(tr("env=lab,host.name in (a,b), or all"));
    m_selector->setAccessibleName(tr("To gateways"));
    m_version->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_version->setMinimumContentsLength(12);
    m_waves->setToolTip(tr("The share of all targets, or their count, reached by the end of each wave"));
    m_waves->setAccessibleName(tr("Waves"));
    m_config->setAccessibleName(tr("Config"));
    m_version->setAccessibleName(tr("Version"));

    auto *what = new QHBoxLayout;
    what->setSpacing(common::space::small);
    what->addWidget(m_config, 1);
    what->addWidget(m_version, 2);
    form.addRow(tr("Config"), what);
    form.addRow(tr("To gateways"), m_selector);
    auto *timing = new QHBoxLayout;
    timing->setSpacing(common::space::small);
    const auto named = [&](const QString &text, QLineEdit *field) {
        auto *label = new PlainLabel(text, TextKind::Normal, this);
        label->setBuddy(field);
        field->setAccessibleName(text);
        timing->addWidget(label);
        timing->addWidget(field, 1);
    };
    named(tr("applied within"), m_timeout);
    named(tr("then healthy for"), m_soak);
    timing->addStretch(1);
    form.addRow(tr("Waves"), m_waves);
    m_waveHint->setWordWrap(true);
    form.addRow(QString(), m_waveHint);
    form.addRow(tr("Each gateway"), timing);
    auto *choices = new QVBoxLayout;
    choices->setSpacing(common::space::small);
    choices->addWidget(m_putBack);
    choices->addWidget(m_force);
    form.addRow(QString(), choices);

    connect(m_config, &QComboBox::currentTextChanged, this, [this] {
        m_wantedVersion = 0;
        m_version->clear();
        loadVersions();
        changed();
    });
    connect(m_version, &QComboBox::activated, this, &RolloutDialog::changed);
    connect(m_selector, &QLineEdit::textChanged, this, &RolloutDialog::changed);
    for (const QLineEdit *field : {m_waves, m_soak, m_timeout})
        connect(field, &QLineEdit::textChanged, this, &RolloutDialog::updateButton);
    connect(m_force, &QCheckBox::toggled, this, &RolloutDialog::updateButton);
}

void RolloutDialog::loadVersions()
{
    const QString name = m_config->currentText();
    if (name.isEmpty())
        return;
    using Versions = std::vector<domain::ConfigVersion>;
    m_workspace.operations().versions(this, name, [this, name](const app::Outcome<Versions> &versions) {
        if (name != m_config->currentText() || !versions)
            return;
        const int chosen = m_version->currentIndex() > 0 ? m_version->currentData().toInt() : m_wantedVersion;
        m_version->clear();
        for (auto it = versions->rbegin(); it != versions->rend(); ++it) {
            const QString message = common::oneLine(it->message, 60);
            m_version->addItem(message.isEmpty() ? QString::number(it->ref.version)
                                                 : tr("%1: %2").arg(it->ref.version).arg(message),
                               it->ref.version);
        }
        if (const int index = m_version->findData(chosen); index >= 0)
            m_version->setCurrentIndex(index);
        changed();
    });
}

QString RolloutDialog::config() const
{
    const int version = m_version->count() > 0 ? m_version->currentData().toInt() : m_wantedVersion;
    return version > 0 ? QStringLiteral("%1@%2").arg(m_config->currentText()).arg(version) : m_config->currentText();
}

/// What is shown is no longer about what is typed.
void RolloutDialog::changed()
{
    ++m_question;
    m_planned = false;
    m_soon.start();
    updateButton();
}

void RolloutDialog::preview()
{
    if (m_config->currentText().isEmpty() || m_starting)
        return;
    if (const auto selector = domain::Selector::parse(m_selector->text()); !selector) {
        m_plan.clear();
        return updateButton();
    }
    m_workspace.operations().preview(this, config(), m_selector->text(),
                                     [this, question = ++m_question](const app::Outcome<Plan> &plan) {
                                         if (question == m_question)
                                             showPlan(plan);
                                     });
}

void RolloutDialog::showPlan(const app::Outcome<Plan> &plan)
{
    m_planned = plan.has_value();
    m_plan.show(plan ? *plan : Plan());
    updateButton();
    if (!plan) {
        m_trouble->setText(common::text(plan.error()));
        m_trouble->show();
    }
}

std::optional<domain::RolloutOptions> RolloutDialog::options(QString &trouble) const
{
    domain::RolloutOptions options;
    const auto waves = domain::wavesFromText(m_waves->text());
    const auto soak = domain::durationFromText(m_soak->text().trimmed());
    const auto timeout = domain::durationFromText(m_timeout->text().trimmed());
    if (!waves)
        trouble = common::text(waves.error());
    else if (!soak || !timeout)
        trouble = tr("A length of time is a number with a unit, like 30s or 5m.");
    if (!waves || !soak || !timeout)
        return {};
    options.waves = *waves;
    options.soak = *soak;
    options.timeout = *timeout;
    options.putBack = m_putBack->isChecked();
    options.force = m_force->isChecked();
    return options;
}

void RolloutDialog::updateButton()
{
    QString trouble;
    const bool readable = options(trouble).has_value();
    const auto selector = domain::Selector::parse(m_selector->text());
    if (m_config->currentText().isEmpty())
        trouble = tr("There is no saved config yet. Make one on the page Configs first.");
    else if (!selector && !m_selector->text().isEmpty())
        trouble = common::text(selector.error());
    m_trouble->setText(trouble);
    m_trouble->setVisible(!trouble.isEmpty());

    const int reach = m_planned ? m_plan.reach(m_force->isChecked()) : 0;
    m_start->setText(m_planned
                         ? tr("Roll out %1 to %n gateway(s)", nullptr, reach)
                               .arg(common::versionText(m_config->currentText(), m_version->currentData().toInt()))
                         : tr("Roll out"));
    const bool oneIsMeant = m_table->selectionModel()->selectedRows().size() == 1 || m_sorted.rowCount() == 1;
    m_changes->setEnabled(m_planned && oneIsMeant && m_version->count() > 0);
    m_start->setEnabled(m_planned && reach > 0 && readable && !m_starting);
    updateWaves();
    updateVerdicts();
    QStringList counts;
    for (const auto &[verdict, count] : m_plan.counts()) {
        const QString word = common::stateWord(verdict).word.toLower();
        counts.append(domain::isBlocking(verdict) && !m_force->isChecked() ? tr("%1 %2 (left out)").arg(count).arg(word)
                                                                           : tr("%1 %2").arg(count).arg(word));
    }
    m_counts->setText(counts.isEmpty() ? tr("Whom it reaches")
                                       : tr("Whom it reaches: %1").arg(counts.join(QStringLiteral(" \u00b7 "))));
}

/// What the waves come to for those that it reaches now.
void RolloutDialog::updateWaves()
{
    const auto waves = domain::wavesFromText(m_waves->text());
    const int reach = m_planned ? m_plan.reach(m_force->isChecked()) : 0;
    if (!waves || reach == 0)
        return m_waveHint->setText(tr("Each wave is proven before the next begins."));
    const std::vector<int> assigned = domain::assignWaves(reach, *waves);
    QStringList sizes;
    for (int wave = 1; wave <= assigned.back(); ++wave)
        sizes.append(QLocale().toString(static_cast<int>(std::ranges::count(assigned, wave))));
    m_waveHint->setText(sizes.size() == 1 ? tr("All at once.") : tr("For these: %1.").arg(sizes.join(tr(", then "))));
}

/// The verdicts that there are, with how many have each; the chosen one stays.
void RolloutDialog::updateVerdicts()
{
    QStringList names{tr("All verdicts")};
    QList<QVariant> values{QVariant()};
    for (const auto &[verdict, count] : m_plan.counts()) {
        names.append(tr("%1 (%2)").arg(common::stateWord(verdict).word, QLocale().toString(count)));
        values.append(static_cast<int>(verdict));
    }
    QStringList now;
    for (int i = 0; i < m_verdict->count(); ++i)
        now.append(m_verdict->itemText(i));
    if (names == now)
        return; // somebody may be choosing
    const std::optional<domain::Verdict> chosen = m_sorted.verdict();
    m_verdict->clear();
    for (qsizetype i = 0; i < names.size(); ++i)
        m_verdict->addItem(names[i], values[i]);
    const int index = chosen ? m_verdict->findData(static_cast<int>(*chosen)) : 0;
    m_verdict->setCurrentIndex(std::max(index, 0));
    if (index < 0)
        m_sorted.setVerdict(std::nullopt); // nobody has it any more
}

/// Of the chosen gateway, or of the only one.
void RolloutDialog::showChanges()
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    const QModelIndex at = !rows.isEmpty() ? rows.front() : m_sorted.index(0, 0);
    const models::PreviewRow *row = m_plan.rowAt(m_sorted.mapToSource(at));
    const app::GatewayPtr gateway = row ? m_workspace.fleet().find(row->gateway) : nullptr;
    if (gateway)
        compareWithGateway(m_workspace, *gateway, m_config->currentText(), m_version->currentData().toInt(), this);
}

void RolloutDialog::begin()
{
    QString trouble;
    const auto chosen = options(trouble);
    if (!chosen || !m_planned || m_starting)
        return;
    m_starting = true;
    updateButton();
    const app::RolloutWish wish{config(), m_selector->text(), *chosen, QStringLiteral("operator")};
    m_workspace.operations().startRollout(this, wish, [this](const app::Outcome<QString> &id) {
        m_starting = false;
        if (id) {
            Q_EMIT started(*id);
            return accept();
        }
        updateButton();
        m_trouble->setText(common::text(id.error()));
        m_trouble->show();
    });
}

} // namespace flowgate::ui
