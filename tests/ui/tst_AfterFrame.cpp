// SPDX-License-Identifier: Apache-2.0
// Work that nobody waits for lets the frame that somebody waits for go first.
#include "ui/canvas/AfterFrame.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QtTest/QTest>

#include <memory>
#include <vector>

using namespace semigda;

class tst_AfterFrame : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void work_runsAtOnceWhenNothingIsAwaited()
    {
        ui::AfterFrame frame;
        int runs = 0;
        frame.run([&] { ++runs; });
        QCOMPARE(runs, 1);
        frame.end();
        QCOMPARE(runs, 1);
    }

    void work_waitsForTheFrameInItsOrder()
    {
        ui::AfterFrame frame;
        std::vector<int> runs;
        frame.await();
        frame.run([&] { runs.push_back(1); });
        frame.run([&] {
            runs.push_back(2);
            frame.run([&] { runs.push_back(3); }); // the frame is there
        });
        QVERIFY(frame.isAwaited());
        QVERIFY(runs.empty());
        frame.end();
        QVERIFY(!frame.isAwaited());
        QCOMPARE(runs, (std::vector<int>{1, 2, 3}));
        frame.await();
        frame.end();
        QCOMPARE(runs.size(), std::size_t(3));
    }

    /// As when nobody sees the canvas, or when image follows image.
    void work_doesNotWaitForEver()
    {
        ui::AfterFrame frame;
        bool hasRun = false;
        frame.await();
        frame.run([&] { hasRun = true; });
        const QDeadlineTimer limit(5000);
        while (!hasRun && !limit.hasExpired()) {
            frame.await();
            QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
        }
        QVERIFY(hasRun);
    }

    void work_goesWithItsOwner()
    {
        auto frame = std::make_unique<ui::AfterFrame>();
        bool hasRun = false;
        frame->await();
        frame->run([&] { hasRun = true; });
        frame.reset();
        QVERIFY(!hasRun);
    }
};

QTEST_GUILESS_MAIN(tst_AfterFrame)
#include "tst_AfterFrame.moc"
