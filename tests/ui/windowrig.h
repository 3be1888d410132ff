// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/manualclock.h"
#include "tests/ui/fakeoperations.h"
#include "tests/ui/fakes.h"
#include "ui/mainwindow.h"
#include "ui/widgets/appearance.h"
#include "ui/workspace.h"

#include <QTemporaryDir>
#include <QTest>

namespace flowgate::tests {

/// The whole window over operations that a test answers, in a folder of its own. open() again is a restart.
class WindowRig
{
public:
    void open()
    {
        close();
        m_settings = std::make_unique<QSettings>(m_folder.filePath(QStringLiteral("window.ini")), QSettings::IniFormat);
        operations = std::make_unique<FakeOperations>();
        workspace = std::make_unique<ui::Workspace>(*operations, clock);
        workspace->preferences().keepIn(*m_settings);
        workspace->mutes().keepIn(*m_settings);
        m_appearance = std::make_unique<ui::Appearance>(workspace->preferences());
        window = std::make_unique<ui::MainWindow>(
            *workspace, QStringList{QStringLiteral("ws://127.0.0.1:4320/v1/opamp")}, *m_settings);
        window->show();
        window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(window.get()));
    }
    /// Gateways, configs, a rollout and an event, as they come from a control plane.
    void fill(int gateways)
    {
        workspace->applyFleet(deltaOf(0, gateways));
        workspace->applyConfigs({{QStringLiteral("base"), 4, gateways}, {QStringLiteral("core"), 2, 0}});
        workspace->applyRollout(std::make_shared<const domain::Rollout>(rolloutOf(QStringLiteral("r1"), 3)));
        domain::Event event;
        event.kind = QStringLiteral("gateway_new");
        event.at = someTime;
        workspace->events().add(event);
        QCoreApplication::processEvents();
    }
    /// As a crash would leave it: nothing is told, nothing is written.
    void crash()
    {
        const QString kept = m_folder.filePath(QStringLiteral("window.ini"));
        const QString copy = m_folder.filePath(QStringLiteral("left.ini"));
        QFile::remove(copy);
        QFile::copy(kept, copy);
        close();
        QFile::remove(kept);
        QFile::rename(copy, kept);
    }
    void close()
    {
        window.reset();
        m_appearance.reset();
        workspace.reset();
        operations.reset();
        m_settings.reset();
    }
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }

    ManualClock clock;
    std::unique_ptr<FakeOperations> operations;
    std::unique_ptr<ui::Workspace> workspace;
    std::unique_ptr<ui::MainWindow> window;

private:
    QTemporaryDir m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<ui::Appearance> m_appearance;
};

} // namespace flowgate::tests
