// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/mailbox.h"

#include <QCoreApplication>
#include <QEvent>
#include <QPointer>

#include <utility>

namespace flowgate::domain {

void Mailbox::post(Letter letter)
{
    // The wake-up is posted under our lock, and deliver() takes it before anything else: so ThreadSanitizer, which does
    // not see the locks of Debian's Qt, sees that one comes before the other.
    const std::scoped_lock lock(m_mutex);
    m_letters.push_back(std::move(letter));
    if (!std::exchange(m_woken, true))
        QCoreApplication::postEvent(this, new QEvent(QEvent::User));
}

void Mailbox::customEvent(QEvent *)
{
    deliver();
}

void Mailbox::deliver()
{
    std::deque<Letter> letters;
    {
        const std::scoped_lock lock(m_mutex);
        letters.swap(m_letters);
        m_woken = false;
    }
    const QPointer<Mailbox> alive(this); // a letter may end it: the rest is dropped then
    for (const Letter &letter : letters) {
        if (!alive)
            return;
        letter();
    }
}

} // namespace flowgate::domain
