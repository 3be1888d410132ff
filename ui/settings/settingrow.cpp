// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/settingrow.h"

#include "ui/common/metrics.h"
#include "ui/common/theme.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/look.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>

#include <limits>
#include <utility>

namespace flowgate::ui {

using models::Setting;

SettingRow::SettingRow(const Setting &setting, QWidget *parent)
    : QWidget(parent)
    , m_key(setting.key)
    , m_standard(setting.standard)
    , m_foot(new PlainLabel(this, TextKind::Quiet))
    , m_reset(new QPushButton(tr("Reset"), this))
{
    auto *title = new PlainLabel(setting.title, TextKind::Heading, this);
    auto *description = new PlainLabel(setting.description, TextKind::Normal, this);
    description->setWordWrap(true);
    m_foot->setWordWrap(true);
    m_editor = makeEditor(setting);
    fitEditor();
    title->setBuddy(m_editor);
    setLook(m_reset, Look::Flat);
    m_reset->setAccessibleName(tr("Reset %1").arg(setting.title));
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(0, common::space::small, 0, common::space::small);
    layout->setHorizontalSpacing(common::space::large);
    layout->setVerticalSpacing(2);
    layout->setColumnStretch(0, 1);
    layout->addWidget(title, 0, 0);
    layout->addWidget(description, 1, 0);
    layout->addWidget(m_foot, 2, 0);
    layout->addWidget(m_editor, 0, 1, 2, 1, Qt::AlignTop);
    layout->addWidget(m_reset, 0, 2, 2, 1, Qt::AlignTop);
    // Its room stays where there is nothing to reset.
    QSizePolicy policy = m_reset->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    m_reset->setSizePolicy(policy);
    connect(m_reset, &QPushButton::clicked, this, [this] { Q_EMIT changed(m_key, m_standard); });
    show(setting);
}

/// All as wide as each other, so that they stand in a column.
void SettingRow::fitEditor()
{
    // Large text needs more, but not in proportion: what is typed here is short.
    const int scaled = common::scaled(200, QApplication::font());
    m_editor->setFixedWidth(200 + (scaled - 200) / 2);
}

void SettingRow::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange && m_editor) // text of another size comes with another style sheet
        fitEditor();
}

QWidget *SettingRow::makeEditor(const Setting &setting)
{
    const auto name = [&setting](QWidget *editor) {
        editor->setAccessibleName(setting.title);
        editor->setAccessibleDescription(setting.description);
        return editor;
    };
    const auto tell = [this](const QVariant &value) {
        if (!m_showing)
            Q_EMIT changed(m_key, value);
    };
    switch (setting.kind) {
    case Setting::Kind::Switch: {
        auto *box = new QCheckBox(this);
        m_setEditor = [box](const QVariant &value) { box->setChecked(value.toBool()); };
        connect(box, &QCheckBox::toggled, this, [tell](bool on) { tell(on); });
        return name(box);
    }
    case Setting::Kind::Choice: {
        auto *box = new QComboBox(this);
        for (const auto &[value, word] : setting.choices)
            box->addItem(word, value);
        m_setEditor = [box](const QVariant &value) { box->setCurrentIndex(box->findData(value)); };
        connect(box, &QComboBox::currentIndexChanged, this, [box, tell](int) { tell(box->currentData()); });
        return name(box);
    }
    case Setting::Kind::Number: {
        auto *box = new QSpinBox(this);
        constexpr qint64 most = std::numeric_limits<int>::max();
        box->setRange(static_cast<int>(std::clamp<qint64>(setting.least, -most, most)),
                      static_cast<int>(std::clamp<qint64>(setting.most, -most, most)));
        box->setSingleStep(setting.step);
        if (!setting.unit.isEmpty())
            box->setSuffix(u' ' + setting.unit);
        box->setKeyboardTracking(false); // a number that is half typed is none
        m_setEditor = [box](const QVariant &value) { box->setValue(value.toInt()); };
        connect(box, &QSpinBox::valueChanged, this, [tell](int value) { tell(value); });
        return name(box);
    }
    case Setting::Kind::Text:
        break;
    }
    auto *field = new QLineEdit(this);
    field->setMaxLength(2000);
    m_setEditor = [field](const QVariant &value) { field->setText(value.toString()); };
    connect(field, &QLineEdit::editingFinished, this, [field, tell] {
        if (field->isModified()) {
            field->setModified(false);
            tell(field->text());
        }
    });
    return name(field);
}

void SettingRow::show(const Setting &setting)
{
    m_showing = true;
    // What was refused stays to be mended, where it was typed.
    if (setting.trouble.isEmpty() || setting.kind != Setting::Kind::Text)
        m_setEditor(setting.value);
    m_showing = false;
    const bool fine = setting.trouble.isEmpty();
    m_foot->setText(fine ? tr("Takes effect: %1").arg(setting.effect) : setting.trouble);
    ui::setLook(m_foot, fine ? Look::Quiet : Look::Bad);
    m_reset->setVisible(setting.value != setting.standard);
    m_reset->setToolTip(tr("As it comes: %1").arg([&setting] {
        for (const auto &[value, word] : setting.choices) {
            if (value == setting.standard)
                return word;
        }
        if (setting.kind == Setting::Kind::Switch)
            return setting.standard.toBool() ? tr("on") : tr("off");
        return setting.unit.isEmpty() ? setting.standard.toString()
                                      : QStringLiteral("%1 %2").arg(setting.standard.toString(), setting.unit);
    }()));
}

} // namespace flowgate::ui
