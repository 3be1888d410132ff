// SPDX-License-Identifier: GPL-3.0-or-later
// What the config tab of a gateway says of how its effective config compares, and that the check beside the editor
// tells of the latest text only.
#include "tests/support/manualclock.h"
#include "tests/support/patience.h"
#include "tests/ui/fakeoperations.h"
#include "tests/ui/fakes.h"
#include "ui/configs/configchecker.h"
#include "ui/fleet/configtab.h"
#include "ui/widgets/yamleditor.h"
#include "ui/workspace.h"

#include <QLabel>
#include <QSignalSpy>
#include <QTest>

using namespace flowgate;
using namespace flowgate::tests;

namespace {

domain::ConfigSet single(const QByteArray &body)
{
    domain::ConfigSet config;
    config.files[QString()].body = body;
    return config;
}

domain::Gateway reporting(const domain::ConfigSet &effective)
{
    domain::Gateway gateway = gatewayOf(1);
    const domain::ConfigHash hash = domain::canonicalHash(effective);
    gateway.effective = domain::Observed<domain::EffectiveConfig>{{hash, {}}, someTime, false};
    gateway.containment = domain::Containment{gateway.wanted->hash, hash, true, {}};
    return gateway;
}

} // namespace

class TestConfigTab : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_operations = std::make_unique<FakeOperations>();
        m_workspace = std::make_unique<ui::Workspace>(*m_operations, m_clock);
        m_tab = std::make_unique<ui::ConfigTab>(*m_workspace);
        m_tab->resize(900, 600);
        m_tab->setVisible(true);
    }
    void cleanup()
    {
        m_tab.reset();
        m_workspace.reset();
        m_operations.reset();
    }

    void countsWhatCannotBeCompared()
    {
        domain::Gateway gateway = reporting(single("a: 1\n"));
        m_tab->show(share(gateway));
        QVERIFY(!says(QStringLiteral("cannot be compared")));
        gateway.containment->notCompared = 3;
        m_tab->show(share(gateway));
        QVERIFY(says(QStringLiteral("3 value(s) cannot be compared")));
        // Of an older effective config nothing is said.
        gateway.containment->effective = domain::ConfigHash(QByteArray(32, 'x'));
        m_tab->show(share(gateway));
        QVERIFY(!says(QStringLiteral("cannot be compared")));
    }

    void saysWhyThereIsNoAnswer()
    {
        domain::Gateway gateway = reporting(single("a: 1\n"));
        gateway.config = {domain::ConfigState::Applied, someTime, QStringLiteral("too large to compare: x")};
        m_tab->show(share(gateway));
        QVERIFY(says(QStringLiteral("too large to compare: x")));
    }

    void marksEntriesThatAreNotCompared()
    {
        domain::ConfigSet effective = single("a: 1\n");
        effective.files[QStringLiteral("raw")].body = "b: 2\n";
        m_tab->show(share(reporting(effective)));
        m_operations->effectiveAsked.answerLast(effective);
        QStringList texts;
        for (const ui::YamlEditor *view : m_tab->findChildren<ui::YamlEditor *>())
            texts.append(view->text());
        QVERIFY2(texts.contains(QStringLiteral("# (no name)\na: 1\n# raw (not compared)\nb: 2\n")),
                 qPrintable(texts.join(u'|')));
    }

    /// A key while a check runs ends it: only the latest text is told of.
    void theLatestTextIsTold()
    {
        QByteArray large = "receivers: {nop: }\nexporters:\n";
        for (int i = 0; i < 20'000; ++i)
            large += "  debug/" + QByteArray::number(i) + ":\n";
        ui::ConfigChecker checker;
        QSignalSpy told(&checker, &ui::ConfigChecker::checked);
        checker.check(single(large));
        checker.check(single(large + "a: 1\n"));
        checker.check(single("receivers:\nexporters: [\n"));
        QVERIFY(told.wait(flowgate::tests::patience));
        QCOMPARE(told.size(), 1);
        QCOMPARE(told.front().front().value<collector::Problems>().front().line, 2);
        // One that was cancelled is not told of, the next one is.
        checker.check(single(large));
        checker.cancel();
        checker.check(single("exporters: [\n"));
        QVERIFY(told.wait(flowgate::tests::patience));
        QCOMPARE(told.size(), 2);
        QCOMPARE(told.back().front().value<collector::Problems>().front().line, 1);
    }

private:
    [[nodiscard]] bool says(const QString &text) const
    {
        const auto labels = m_tab->findChildren<QLabel *>();
        return std::ranges::any_of(
            labels, [&](const QLabel *label) { return label->isVisible() && label->text().contains(text); });
    }

    ManualClock m_clock;
    std::unique_ptr<FakeOperations> m_operations;
    std::unique_ptr<ui::Workspace> m_workspace;
    std::unique_ptr<ui::ConfigTab> m_tab;
};

QTEST_MAIN(TestConfigTab)
#include "tests/support/patience.h"
#include "tst_configtab.moc"
