// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/attention.h"

#include <QObject>

class QMenu;

namespace flowgate::ui {

/// What stands on the icon.
struct TrayBadge
{
    int count = 0; ///< gateways that need attention
    domain::Attention worst = domain::Attention::None;

    friend bool operator==(const TrayBadge &, const TrayBadge &) = default;
};

/// A notice in words, as plain text.
struct TrayNotice
{
    QString title;
    QString text;
    bool urgent = false;

    friend bool operator==(const TrayNotice &, const TrayNotice &) = default;
};

/// The desktop's tray, and the notices that come from it. An interface, so that tests can see what was shown.
/// @thread gui
class Tray : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    [[nodiscard]] virtual bool isAvailable() const = 0;
    virtual void setBadge(const TrayBadge &badge) = 0;
    virtual void setToolTip(const QString &text) = 0;
    /// @param menu  outlives this
    virtual void setMenu(QMenu &menu) = 0;
    virtual void tell(const TrayNotice &notice) = 0;

Q_SIGNALS:
    void availableChanged(bool available);
    void activated();
    /// The last notice was clicked.
    void noticeClicked();
};

} // namespace flowgate::ui
