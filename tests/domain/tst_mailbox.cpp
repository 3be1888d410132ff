// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/mailbox.h"
#include "tests/support/patience.h"

#include <QTest>
#include <QThread>

#include <atomic>
#include <memory>
#include <thread>

using flowgate::domain::Mailbox;

/// Tells in a way that ThreadSanitizer understands that its event loop is made.
class LoopingThread final : public QThread
{
public:
    std::atomic<bool> isLooping = false;

protected:
    void run() override
    {
        isLooping = true;
        exec();
    }
};

class TestMailbox : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void deliversOnItsThreadInOrder()
    {
        LoopingThread thread;
        auto *mailbox = new Mailbox;
        mailbox->moveToThread(&thread);
        connect(&thread, &QThread::finished, mailbox, &QObject::deleteLater);
        thread.start();
        QTRY_VERIFY(thread.isLooping);

        constexpr int senders = 4;
        constexpr int letters = 2000;
        std::vector<std::vector<int>> received(senders); // touched by the mailbox's thread alone
        std::atomic<int> count = 0;
        std::atomic<int> elsewhere = 0;
        std::vector<std::thread> threads;
        for (int sender = 0; sender < senders; ++sender) {
            threads.emplace_back([&, sender] {
                for (int i = 0; i < letters; ++i) {
                    mailbox->post([&, sender, i] {
                        received[static_cast<size_t>(sender)].push_back(i);
                        elsewhere += QThread::currentThread() != &thread;
                        ++count;
                    });
                }
            });
        }
        for (std::thread &sender : threads)
            sender.join();
        QTRY_COMPARE(count.load(), senders * letters);
        thread.quit();
        QVERIFY(thread.wait());
        QCOMPARE(elsewhere.load(), 0);
        for (const std::vector<int> &order : received) {
            QCOMPARE(order.size(), size_t(letters));
            QVERIFY(std::is_sorted(order.begin(), order.end()));
        }
    }

    void neverRunsALetterWithinPost()
    {
        Mailbox mailbox;
        int runs = 0;
        mailbox.post([&] { ++runs; });
        QCOMPARE(runs, 0);
        QTRY_COMPARE(runs, 1);
    }

    void takesLettersFromLetters()
    {
        Mailbox mailbox;
        QString order;
        mailbox.post([&] {
            order += u'a';
            mailbox.post([&] { order += u'c'; });
            order += u'b';
        });
        QTRY_COMPARE(order, QStringLiteral("abc"));
    }

    void dropsWhatIsLeftWhenItDies()
    {
        auto mailbox = std::make_unique<Mailbox>();
        auto token = std::make_shared<int>(0);
        int runs = 0;
        mailbox->post([&, token] { ++runs; });
        mailbox.reset();
        QCoreApplication::processEvents();
        QCOMPARE(runs, 0);
        QCOMPARE(token.use_count(), 1L); // the letter is gone with what it held
    }

    void dropsWhatIsLeftWhenALetterEndsIt()
    {
        auto mailbox = std::make_unique<Mailbox>();
        int late = 0;
        mailbox->post([&] { mailbox.reset(); });
        mailbox->post([&] { ++late; });
        QTRY_VERIFY(!mailbox);
        QCOMPARE(late, 0);
    }
};

QTEST_GUILESS_MAIN(TestMailbox)
#include "tst_mailbox.moc"
