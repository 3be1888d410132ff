// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/stylesheet.h"

#include "ui/common/metrics.h"

namespace flowgate::ui {

namespace {

constexpr auto sheet = R"(
QToolTip { background: @panel; color: @text; border: 1px solid @line; padding: 4px; }
QLineEdit, QPlainTextEdit { border: 1px solid @field; border-radius: 6px; padding: 5px 8px; background: @window; }
QLineEdit:focus, QPlainTextEdit:focus { border-color: @accent; }
QLineEdit[look="invalid"], QLineEdit[look="invalid"]:focus { border-color: @bad; color: @bad; }
QPushButton { border: 1px solid @line; border-radius: 6px; padding: 6px 12px; background: @window; color: @text; }
QPushButton { icon-size: @icon; }
QPushButton[hasMenu="true"] { padding-right: 26px; }
QPushButton::menu-indicator { image: url(:/icons/down-@shade.svg); width: 12px; height: 12px;
    subcontrol-origin: padding; subcontrol-position: center right; right: 8px; }
QPushButton:hover { background: @panel; }
QPushButton:pressed { background: @line; }
QPushButton:focus { border-color: @accent; }
QPushButton:disabled { color: @disabled; }
QPushButton[look="primary"] { background: @accent; border-color: @accent; color: @onAccent; font-weight: 600; }
QPushButton[look="primary"]:hover { background: @accentHover; }
QPushButton[look="primary"]:focus { border-color: @text; }
QPushButton[look="primary"]:disabled { background: @line; border-color: @line; color: @disabled; }
QPushButton[look="danger"] { color: @bad; }
QPushButton[look="danger"]:disabled { color: @disabled; }
QPushButton[look="chip"] { padding: 3px 10px; border-radius: 12px; }
QPushButton[look="chip"]:checked { background: @selection; border-color: @accent; }
QPushButton[look="flat"] { border-color: transparent; padding: 3px; background: transparent; }
QPushButton[look="flat"]:hover { background: @panel; }
QPushButton[look="flat"]:focus { border-color: @accent; }
QComboBox, QAbstractSpinBox { border: 1px solid @field; border-radius: 6px; padding: 5px 8px; background: @window;
    color: @text; }
QComboBox:focus, QAbstractSpinBox:focus, QComboBox:on { border-color: @accent; }
QComboBox:disabled, QAbstractSpinBox:disabled { color: @disabled; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url(:/icons/down-@shade.svg); width: 12px; height: 12px; }
QComboBox QAbstractItemView { border: 1px solid @line; padding: 2px; }
QAbstractSpinBox { padding-right: 22px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; background: transparent; width: 20px; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: @panel; }
QAbstractSpinBox::up-arrow { image: url(:/icons/up-@shade.svg); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url(:/icons/down-@shade.svg); width: 10px; height: 10px; }
QCheckBox { spacing: 6px; }
QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid @quiet; border-radius: 3px; background: @window; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent; image: url(:/icons/check-@shade.svg); }
QCheckBox::indicator:focus { border-color: @accent; }
QHeaderView { background: @panel; }
QHeaderView::section { background: @panel; color: @quiet; border: none; border-bottom: 1px solid @line;
    padding: 6px 8px; font-weight: 600; }
QHeaderView::up-arrow, QHeaderView::down-arrow { subcontrol-origin: border; subcontrol-position: top center;
    width: 9px; height: 9px; }
QTableView, QTreeView, QListView { border: none; background: @window; outline: none;
    selection-background-color: @selection; selection-color: @text; }
QListView#completions { border: 1px solid @field; }
QListView#completions::item { padding: 4px 8px; }
QTabWidget::pane { border: none; border-top: 1px solid @line; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; border: none; border-bottom: 2px solid transparent; padding: 8px 7px;
    color: @quiet; }
QTabBar::tab:selected { color: @text; border-bottom-color: @accent; }
QTabBar::tab:hover { color: @text; }
QTabBar::tab:focus { background: @selection; }
QStatusBar { background: @panel; border-top: 1px solid @line; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: @quiet; }
QMenuBar { background: @panel; border-bottom: 1px solid @line; }
QMenuBar::item { background: transparent; padding: 5px 10px; }
QMenuBar::item:selected { background: @selection; }
QSplitter::handle { background: @line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QMainWindow::separator { background: @line; width: 1px; height: 1px; }
QDockWidget::title { background: @panel; border-bottom: 1px solid @line; padding: 5px 8px; text-align: left; }
QFrame[look="plainCard"] { border: 1px solid @line; border-radius: 6px; background: @window; }
QFrame[look="infoCard"] { border: 1px solid @accent; border-radius: 6px; background: @infoPanel; }
QFrame[look="badCard"] { border: 1px solid @bad; border-radius: 6px; background: @badPanel; }
QLabel[look="quiet"] { color: @quiet; }
QFrame[look="attentionCard"] { border: 1px solid @attention; border-radius: 6px; background: @attentionPanel; }
QLabel[look="bad"] { color: @bad; }
QLabel[look="section"] { color: @quiet; font-weight: 600; }
QLabel[look="heading"] { font-weight: 600; }
QLabel[textKind="title"] { font-size: @largeText; font-weight: 600; }
QLabel[textKind="mono"] { font-family: "@codeFamily"; font-size: @smallText; }
QPushButton[look="tag"] { background: @panel; border: 1px solid transparent; border-radius: 4px; padding: 2px 6px;
    font-family: "@codeFamily"; font-size: @smallText; }
QPushButton[look="tag"]:hover { border-color: @line; }
QPushButton[look="tag"]:focus { border-color: @accent; }
QLabel[look="tag"] { background: @panel; border-radius: 4px; padding: 2px 6px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: @field; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: @accent; }
QSlider::handle:horizontal { width: 14px; height: 14px; margin: -6px 0; border-radius: 7px; background: @accent;
    border: 1px solid @window; }
QSlider::handle:horizontal:focus { border-color: @text; }
QProgressBar { border: none; border-radius: 2px; background: @line; max-height: 5px; min-height: 5px; }
QProgressBar::chunk { border-radius: 2px; background: @accent; }
QDialog { background: @window; }
QDialog#palette { border: 1px solid @accent; }
QDialogButtonBox, QMessageBox { dialogbuttonbox-buttons-have-icons: 0; }
)";

} // namespace

QString styleSheet(const common::Theme &theme, const QFont &font)
{
    const QColor disabled = theme.palette().color(QPalette::Disabled, QPalette::ButtonText);
    QString text = QString::fromLatin1(sheet);
    // Longer names first: @accent is the beginning of @accentHover.
    const std::pair<QLatin1String, QColor> colours[] = {
        {QLatin1String("@accentHover"), theme.dark ? theme.accent.lighter(110) : theme.accent.darker(115)},
        {QLatin1String("@accent"), theme.accent},
        {QLatin1String("@onAccent"), theme.onAccent},
        {QLatin1String("@infoPanel"), theme.infoPanel},
        {QLatin1String("@badPanel"), theme.badPanel},
        {QLatin1String("@bad"), theme.bad},
        {QLatin1String("@attentionPanel"), theme.attentionPanel},
        {QLatin1String("@attention"), theme.attention},
        {QLatin1String("@panel"), theme.panel},
        {QLatin1String("@window"), theme.window},
        {QLatin1String("@line"), theme.line},
        {QLatin1String("@field"), theme.field},
        {QLatin1String("@text"), theme.text},
        {QLatin1String("@quiet"), theme.quiet},
        {QLatin1String("@selection"), theme.selection},
        {QLatin1String("@disabled"), disabled},
    };
    for (const auto &[name, colour] : colours)
        text.replace(name, colour.name());
    const common::TextSizes sizes = common::textSizes(font);
    text.replace(QLatin1String("@largeText"), QStringLiteral("%1pt").arg(sizes.large));
    text.replace(QLatin1String("@icon"), QStringLiteral("%1px").arg(common::scaled(16, font)));
    text.replace(QLatin1String("@smallText"), QStringLiteral("%1pt").arg(sizes.small));
    text.replace(QLatin1String("@codeFamily"), common::codeFamily().remove(u'"'));
    text.replace(QLatin1String("@shade"), theme.dark ? QLatin1String("dark") : QLatin1String("light"));
    return text;
}

} // namespace flowgate::ui
