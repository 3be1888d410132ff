// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rollouts/rolloutdialog.h"

#include "ui/common/errortext.h"
#include "ui/common/words.h"
#include "ui/widgets/tables.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>

namespace flowgate::ui {

RolloutDialog::RolloutDialog(app::ControlPlane &plane, const QStringList &configs, const QString &config,
                             const QString &selector, QWidget *parent)
    : QDialog(parent)
    , m_plane(plane)
    , m_config(new QComboBox(this))
    , m_selector(new QLineEdit(selector, this))
    , m_waves(new QLineEdit(common::wavesText(domain::RolloutOptions().waves), this))
    , m_soak(new QSpinBox(this))
    , m_timeout(new QSpinBox(this))
    , m_putBack(new QCheckBox(tr("Put the last proven version back where it fails"), this))
    , m_force(new QCheckBox(tr("Send it in spite of verdicts"), this))
    , m_words(new QLabel(this))
{
    setWindowTitle(tr("Roll out"));
    resize(760, 560);
    m_config->addItems(configs);
    m_config->setCurrentText(config);
    m_soak->setRange(0, 86'400);
    m_soak->setValue(30);
    m_timeout->setRange(1, 86'400);
    m_timeout->setValue(60);
    for (QSpinBox *box : {m_soak, m_timeout})
        box->setSuffix(tr(" s"));
    m_putBack->setChecked(true);
    m_words->setTextFormat(Qt::PlainText);
    m_words->setWordWrap(true);

    auto *form = new QFormLayout;
    form->addRow(tr("Config (its newest version)"), m_config);
    form->addRow(tr("To the gateways of"), m_selector);
    form->addRow(tr("Waves"), m_waves);
    form->addRow(tr("Must stay healthy for"), m_soak);
    form->addRow(tr("Must be applied and healthy within"), m_timeout);
    form->addRow({}, m_putBack);
    form->addRow({}, m_force);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_start = buttons->addButton(tr("Roll out"), QDialogButtonBox::AcceptRole);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(form);
    auto *table = makeTable(&m_plan, tr("Whom it reaches"), this);
    table->setColumnWidth(0, 200);
    table->setColumnWidth(1, 170);
    layout->addWidget(table, 1);
    layout->addWidget(m_words);
    layout->addWidget(buttons);

    m_soon.setSingleShot(true);
    m_soon.setInterval(200);
    connect(&m_soon, &QTimer::timeout, this, &RolloutDialog::preview);
    connect(m_selector, &QLineEdit::textChanged, &m_soon, qOverload<>(&QTimer::start));
    connect(m_config, &QComboBox::currentTextChanged, &m_soon, qOverload<>(&QTimer::start));
    connect(m_force, &QCheckBox::toggled, this, &RolloutDialog::updateButton);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_start, &QPushButton::clicked, this, &RolloutDialog::begin);
    preview();
}

void RolloutDialog::preview()
{
    m_plan.clear();
    updateButton();
    m_plane.ask<std::vector<app::PlannedTarget>>(
        this,
        [config = m_config->currentText(),
         selector = m_selector->text()](app::Desk &desk, app::Done<std::vector<app::PlannedTarget>> done) {
            desk.preview(config, selector, std::move(done));
        },
        [this](const app::Outcome<std::vector<app::PlannedTarget>> &plan) {
            m_plan.show(plan ? *plan : std::vector<app::PlannedTarget>());
            updateButton();
            if (!plan)
                m_words->setText(common::text(plan.error()));
        });
}

void RolloutDialog::updateButton()
{
    const int reach = m_plan.reach(m_force->isChecked());
    m_start->setText(tr("Roll out to %n", "gateways", reach));
    m_start->setEnabled(reach > 0);
    m_words->setText(tr("Each gateway must report the version as applied, its effective config must contain it, and it "
                        "must stay healthy. The first failure halts the rollout."));
}

void RolloutDialog::begin()
{
    const auto waves = common::wavesFromText(m_waves->text());
    if (!waves) {
        m_words->setText(tr("Waves are counts and shares with commas between, like 1,50%,100%."));
        return;
    }
    app::RolloutWish wish;
    wish.config = m_config->currentText();
    wish.selector = m_selector->text();
    wish.options.waves = *waves;
    wish.options.soak = std::chrono::seconds(m_soak->value());
    wish.options.timeout = std::chrono::seconds(m_timeout->value());
    wish.options.putBack = m_putBack->isChecked();
    wish.options.force = m_force->isChecked();
    m_start->setEnabled(false);
    m_plane.ask<QString>(
        this, [wish](app::Desk &desk, app::Done<QString> done) { desk.startRollout(wish, std::move(done)); },
        [this](const app::Outcome<QString> &id) {
            if (id)
                return accept();
            updateButton();
            m_words->setText(common::text(id.error()));
        });
}

} // namespace flowgate::ui
