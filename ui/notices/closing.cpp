// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notices/closing.h"

#include "ui/mainwindow.h"
#include "ui/notices/tray.h"
#include "ui/settings/preferences.h"
#include "ui/widgets/asking.h"

#include <QCloseEvent>
#include <QGuiApplication>

namespace flowgate::ui {

using Choice = NoticeChoices::Closing;

Closing::Closing(MainWindow &window, Preferences &preferences, Tray &tray, QObject *parent)
    : QObject(parent)
    , m_window(window)
    , m_preferences(preferences)
    , m_tray(tray)
{
    window.installEventFilter(this);
    connect(&tray, &Tray::availableChanged, this, [this](bool available) {
        if (!available && m_isHidden)
            m_window.comeToFront(); // there would be no way to it any more
    });
}

bool Closing::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == &m_window && event->type() == QEvent::Close && close()) {
        event->ignore();
        return true;
    }
    if (watched == &m_window && event->type() == QEvent::Show && m_isHidden) {
        m_isHidden = false;
        QGuiApplication::setQuitOnLastWindowClosed(true);
    }
    return QObject::eventFilter(watched, event);
}

bool Closing::close()
{
    if (m_window.isQuitting() || !m_tray.isAvailable())
        return false;
    switch (m_preferences.notices().closing) {
    case Choice::Ask:
        question();
        return true;
    case Choice::KeepServing:
        keepServing();
        return true;
    case Choice::Quit:
        break;
    }
    return false;
}

void Closing::question()
{
    const auto remember = [this](Choice choice) {
        NoticeChoices choices = m_preferences.notices();
        choices.closing = choice;
        m_preferences.setNotices(choices);
    };
    Question question;
    question.title = tr("Close the window");
    question.text = tr("Keep serving in the tray?");
    question.consequence =
        tr("Gateways can reach this control plane only while Flowgate runs. From the tray it goes on "
           "without a window, and tells when a gateway needs attention.\n\n"
           "This is asked once; the settings can change it.");
    question.verb = tr("Keep serving in the tray");
    question.other = tr("Quit");
    ask(
        &m_window, question,
        [this, remember] {
            remember(Choice::KeepServing);
            keepServing();
        },
        [this, remember] {
            remember(Choice::Quit);
            m_window.quit();
        });
}

/// Other windows may be open; the last of them to close must not end the program.
void Closing::keepServing()
{
    m_isHidden = true;
    QGuiApplication::setQuitOnLastWindowClosed(false);
    m_window.hide();
}

} // namespace flowgate::ui
