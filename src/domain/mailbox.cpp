// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/mailbox.h"

#include <QPointer>

namespace flowgate::domain {

void Mailbox::post(Letter letter)
{
    bool wake = false;
    {
        const std::scoped_lock lock(m_mutex);
        m_letters.push_back(std::move(letter));
        wake = !std::exchange(m_woken, true);
    }
    if (wake)
        QMetaObject::invokeMethod(this, &Mailbox::deliver, Qt::QueuedConnection);
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
