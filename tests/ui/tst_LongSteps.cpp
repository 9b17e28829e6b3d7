// SPDX-License-Identifier: Apache-2.0
// Steps on many images tell how far they are and can be stopped.
#include "CanvasFixture.h"
#include "ui/canvas/LongSteps.h"

#include <future>

using namespace semigda;

class tst_LongSteps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void longStep_isToldAndEnds()
    {
        ui::LongSteps steps;
        QStringList told;
        std::vector<std::pair<std::size_t, std::size_t>> progress;
        connect(&steps, &ui::LongSteps::started, this, [&](const QString &what) { told << what; });
        connect(&steps, &ui::LongSteps::progressed, this,
                [&](const core::TaskProgress &now) { progress.emplace_back(now.done, now.total); });
        QSignalSpy ended(&steps, &ui::LongSteps::ended);
        const ui::LongSteps::Ticket ticket = steps.begin(QStringLiteral("Merging"));
        ticket.progress(3, 10);
        QTRY_VERIFY(!progress.empty());
        QCOMPARE(told, QStringList{QStringLiteral("Merging")});
        QCOMPARE(progress.back(), std::pair(std::size_t(3), std::size_t(10)));
        ticket.progress(7, 10);
        QTRY_COMPARE(progress.back().first, std::size_t(7));
        QVERIFY(ended.isEmpty());
        steps.end();
        QCOMPARE(ended.size(), 1);
        QCOMPARE(told.size(), 1);
        ticket.progress(8, 10); // of one that is late
    }

    void shortStep_needsNoWords()
    {
        ui::LongSteps steps;
        QSignalSpy started(&steps, &ui::LongSteps::started);
        QSignalSpy ended(&steps, &ui::LongSteps::ended);
        static_cast<void>(steps.begin(QStringLiteral("Merging")));
        steps.end();
        // Another one that takes longer shows that the first had its time to be told.
        static_cast<void>(steps.begin(QStringLiteral("Filling")));
        QTRY_COMPARE(started.size(), 1);
        QCOMPARE(started.front().front().toString(), QStringLiteral("Filling"));
        steps.end();
        QCOMPARE(ended.size(), 1);
    }

    void cancel_reachesAllThatWereBegun()
    {
        ui::LongSteps steps;
        const ui::LongSteps::Ticket first = steps.begin(QStringLiteral("Merging"));
        const ui::LongSteps::Ticket second = steps.begin(QStringLiteral("Filling"));
        steps.cancel();
        QVERIFY(first.stop.stop_requested() && second.stop.stop_requested());
        steps.end();
        steps.end();
        QVERIFY(!steps.begin(QStringLiteral("Merging")).stop.stop_requested());
        steps.end();
    }

    void destroyed_stopsWhatRuns()
    {
        auto steps = std::make_unique<ui::LongSteps>();
        const ui::LongSteps::Ticket ticket = steps->begin(QStringLiteral("Merging"));
        steps.reset();
        QVERIFY(ticket.stop.stop_requested());
        ticket.progress(1, 2);
    }

    void cancelledMerge_changesNothing()
    {
        test::CanvasFixture fixture;
        QVERIFY(fixture.openNew(64, 64));
        const core::ImageId id = fixture.canvas->document()->id();
        fixture.tools->setBrushSize(5);
        fixture.click(fixture.pixel(20, 20));
        QVERIFY(fixture.flush());
        const std::size_t painted = test::countOf(fixture.stored(id), 1);
        QVERIFY(painted > 0);
        std::promise<void> gate;
        fixture.worker->post([opened = gate.get_future().share()](core::ProjectStore &) { opened.wait(); });
        QSignalSpy cancelled(fixture.controller.get(), &ui::AnnotationController::stepCancelled);
        QSignalSpy failed(fixture.controller.get(), &ui::AnnotationController::stepFailed);
        QSignalSpy started(&fixture.controller->longSteps(), &ui::LongSteps::started);
        fixture.controller->mergeClasses(1, 2);
        QTRY_COMPARE(started.size(), 1);
        QVERIFY(!fixture.canvas->document()->canEdit());
        fixture.controller->longSteps().cancel();
        gate.set_value();
        QTRY_COMPARE(cancelled.size(), 1);
        QVERIFY(failed.isEmpty());
        QTRY_VERIFY(fixture.canvas->document()->canEdit());
        QCOMPARE(test::countOf(fixture.stored(id), 1), painted);
        QCOMPARE(test::countOf(fixture.stored(id), 2), std::size_t(0));
    }
};

QTEST_MAIN(tst_LongSteps)
#include "tst_LongSteps.moc"
