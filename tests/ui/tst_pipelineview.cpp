// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/pipelinecanvas.h"
#include "ui/graph/pipelineview.h"

#include <QImage>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace flowgate;

namespace {

collector::PipelineGraph graphOf(const QByteArray &text)
{
    return collector::pipelineGraph(collector::outline(text));
}

const QByteArray text = "receivers:\n"
                        "  otlp:\n"
                        "exporters:\n"
                        "  debug:\n"
                        "service:\n"
                        "  pipelines:\n"
                        "    logs: {receivers: [otlp], processors: [gone], exporters: [debug]}\n";

} // namespace

class TestPipelineView : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_view = std::make_unique<ui::PipelineView>();
        m_view->resize(700, 300);
        m_view->QWidget::show();
        m_canvas = m_view->findChild<ui::PipelineCanvas *>();
        QVERIFY(m_canvas);
    }
    void cleanup() { m_view.reset(); }

    void isWalkedByKeys()
    {
        m_view->show(graphOf(text));
        QSignalSpy asked(m_view.get(), &ui::PipelineView::lineRequested);
        QTest::keyClick(m_canvas, Qt::Key_Right);
        QCOMPARE(m_canvas->current(), 0);
        QTest::keyClick(m_canvas, Qt::Key_Return);
        QCOMPARE(asked.takeFirst().at(1).toInt(), 2);
        QTest::keyClick(m_canvas, Qt::Key_Right);
        QVERIFY(m_canvas->accessibleName().contains(QStringLiteral("not defined")));
        QTest::keyClick(m_canvas, Qt::Key_Right);
        QTest::keyClick(m_canvas, Qt::Key_Right); // there is no more
        QTest::keyClick(m_canvas, Qt::Key_Return);
        QCOMPARE(asked.takeFirst().at(1).toInt(), 4);
        QVERIFY(m_canvas->accessibleDescription().contains(QStringLiteral("otlp")));
    }

    void aClickGoesToTheLine()
    {
        m_view->show(graphOf(text));
        QSignalSpy asked(m_view.get(), &ui::PipelineView::lineRequested);
        QTest::mouseClick(m_canvas, Qt::LeftButton, {}, m_canvas->boxOf(2).center());
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked.first().at(1).toInt(), 4);
        QTest::mouseClick(m_canvas, Qt::LeftButton, {}, QPoint(2, 2));
        QCOMPARE(asked.count(), 1);
    }

    void keepsTheLastThatCouldBeRead()
    {
        m_view->show(graphOf(text));
        m_view->show(graphOf(text + "x: ["));
        QVERIFY(m_view->isStale());
        QCOMPARE(m_view->graph().lanes.size(), size_t(1));
        m_view->follow(QString(), 2); // lines are those of another text
        QCOMPARE(m_canvas->current(), -1);
        m_view->show(graphOf(text));
        QVERIFY(!m_view->isStale());
        m_view->follow(QString(), 2);
        QCOMPARE(m_canvas->current(), 0);
    }

    void savesPictures()
    {
        m_view->show(graphOf(text));
        const QTemporaryDir folder;
        const QString png = folder.filePath(QStringLiteral("a.png"));
        const QString svg = folder.filePath(QStringLiteral("a.svg"));
        QVERIFY(m_view->writePicture(png) && m_view->writePicture(svg));
        QVERIFY(QImage(png).width() > 400);
        QFile file(svg);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().contains("otlp"));
        QVERIFY(!m_view->writePicture(folder.filePath(QStringLiteral("no/such/folder.png"))));
    }

private:
    std::unique_ptr<ui::PipelineView> m_view;
    ui::PipelineCanvas *m_canvas = nullptr;
};

QTEST_MAIN(TestPipelineView)
#include "tst_pipelineview.moc"
