// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notices/tray.h"

#include "ui/common/theme.h"

#include <QPainter>
#include <QSystemTrayIcon>

namespace flowgate::ui {

namespace {

class SystemTray final : public Tray
{
public:
    SystemTray()
    {
        connect(&m_icon, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
            if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick)
                Q_EMIT activated();
        });
        connect(&m_icon, &QSystemTrayIcon::messageClicked, this, &Tray::noticeClicked);
    }

    [[nodiscard]] bool isThere() const override { return QSystemTrayIcon::isSystemTrayAvailable(); }
    void show(const QIcon &icon, const QString &toolTip) override
    {
        m_icon.setIcon(icon);
        m_icon.setToolTip(toolTip);
        if (isThere())
            m_icon.show();
    }
    void setMenu(QMenu &menu) override { m_icon.setContextMenu(&menu); }
    void tell(const QString &title, const QString &text) override
    {
        if (isThere() && QSystemTrayIcon::supportsMessages())
            m_icon.showMessage(title, text, QSystemTrayIcon::Warning);
    }

private:
    QSystemTrayIcon m_icon;
};

QPixmap iconPixmap(int size, int badge)
{
    QPixmap pixmap(size, size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    QIcon(QStringLiteral(":/icons/flowgate.svg")).paint(&painter, pixmap.rect());
    if (badge == 0)
        return pixmap;
    painter.setRenderHint(QPainter::Antialiasing);
    // A square, as everything bad is; more than nine is told by the tool tip.
    const double side = size * 0.62;
    const QRectF box(size - side, size - side, side, side);
    const common::Theme &theme = common::lightTheme();
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.bad);
    painter.drawRect(box);
    QFont font = painter.font();
    font.setBold(true);
    font.setPixelSize(std::max(static_cast<int>(side * 0.9), 6));
    painter.setFont(font);
    painter.setPen(theme.window);
    painter.drawText(box, Qt::AlignCenter, badge > 9 ? QStringLiteral("+") : QString::number(badge));
    return pixmap;
}

} // namespace

std::unique_ptr<Tray> makeSystemTray()
{
    return std::make_unique<SystemTray>();
}

QIcon trayIcon(int badge)
{
    QIcon icon;
    for (const int size : {16, 22, 24, 32, 48, 64})
        icon.addPixmap(iconPixmap(size, badge));
    return icon;
}

} // namespace flowgate::ui
