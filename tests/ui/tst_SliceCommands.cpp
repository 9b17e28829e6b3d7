// SPDX-License-Identifier: Apache-2.0
// Copying from another slice and filling between slices while one of them is on show: behind the strokes that were made
// before, with an undo that knows what came since.
#include "CanvasFixture.h"

using namespace semigda;

class tst_SliceCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<test::CanvasFixture>();
        m_slices.clear();
        for (int z = 0; z < 5; ++z) {
            core::NewImage slice;
            slice.name = "slice " + std::to_string(z);
            slice.source.sha256 = "volume";
            slice.source.frame = z;
            slice.width = slice.height = 32;
            slice.seriesKey = "volume";
            slice.slicePosition = z;
            m_slices.push_back(*project().images().add(slice));
            project().setPixels(m_slices.back(), test::patternImage(32, 32));
        }
        m_fixture->tools->setBrushShape(core::BrushShape::Square);
        m_fixture->tools->setBrushSize(5);
    }
    void cleanup() { m_fixture.reset(); }

    void copy_isOneStepBehindTheStrokes()
    {
        dab(1, {10, 10});
        dab(2, {20, 20});
        m_fixture->controller->copyFromSlice(-1);
        QVERIFY(!m_fixture->canvas->document()->canEdit());
        QTRY_COMPARE(test::countOf(m_fixture->mask(), 1), std::size_t(50));
        QTRY_VERIFY(m_fixture->canvas->document()->canEdit());
        QCOMPARE(m_fixture->canvas->document()->undoStack().count(), 2);
        m_fixture->controller->undo();
        QCOMPARE(test::countOf(m_fixture->mask(), 1), std::size_t(25));
        m_fixture->controller->redo();
        QVERIFY(m_fixture->flush());
        QCOMPARE(test::countOf(m_fixture->stored(m_slices[2]), 1), std::size_t(50));
        QCOMPARE(project().annotations().history(m_slices[2])->edits.back().reason, std::string("Copy slice"));
    }
    void copy_saysWhyItCannot()
    {
        QVERIFY(m_fixture->open(m_slices[0]));
        QSignalSpy failures(m_fixture->controller.get(), &ui::AnnotationController::stepFailed);
        m_fixture->controller->copyFromSlice(-1);
        QTRY_COMPARE(failures.size(), 1);
        QVERIFY(failures.front().front().toString().contains(QStringLiteral("slice")));
        QVERIFY(m_fixture->canvas->document()->canEdit());
    }
    void merging_changesWhatIsOnShowBehindItsStrokes()
    {
        dab(1, {10, 10});
        dab(3, {20, 20});
        core::MergeReport report;
        connect(m_fixture->controller.get(), &ui::AnnotationController::classesMerged, this,
                [&](const core::MergeReport &told) { report = told; });
        m_fixture->controller->mergeClasses(1, 2);
        QTRY_COMPARE(test::countOf(m_fixture->mask(), 2), std::size_t(25));
        QCOMPARE(report.changed.size(), std::size_t(2));
        QCOMPARE(report.pixels, std::size_t(50));
        QTRY_VERIFY(m_fixture->canvas->document()->canEdit());
        QCOMPARE(test::countOf(m_fixture->stored(m_slices[1]), 2), std::size_t(25));
        m_fixture->controller->undo();
        QCOMPARE(test::countOf(m_fixture->mask(), 1), std::size_t(25));
        m_fixture->controller->redo();
        QVERIFY(m_fixture->flush());
        // All of it at once, as the notice offers.
        m_fixture->controller->undoOnSlices(report.changed);
        QTRY_COMPARE(test::countOf(m_fixture->mask(), 1), std::size_t(25));
        QCOMPARE(test::countOf(m_fixture->stored(m_slices[1]), 1), std::size_t(25));
    }
    void filling_changesTheSliceOnShowToo()
    {
        dab(0, {16, 16});
        dab(4, {16, 16});
        QVERIFY(m_fixture->open(m_slices[2]));
        std::vector<core::ImageId> changed;
        core::InterpolationReport report;
        connect(m_fixture->controller.get(), &ui::AnnotationController::imagesChanged, this,
                [&](const std::vector<core::ImageId> &ids) { changed = ids; });
        connect(m_fixture->controller.get(), &ui::AnnotationController::slicesFilled, this,
                [&](const core::InterpolationReport &told) { report = told; });
        QSignalSpy failures(m_fixture->controller.get(), &ui::AnnotationController::stepFailed);
        m_fixture->controller->fillBetweenSlices(1, m_fixture->classes);
        QTRY_VERIFY(!report.changed.empty() || failures.size() > 0);
        QVERIFY2(failures.isEmpty(), qPrintable(failures.value(0).value(0).toString()));
        QTRY_COMPARE(test::countOf(m_fixture->mask(), 1), std::size_t(25));
        QCOMPARE(changed, (std::vector<core::ImageId>{m_slices[1], m_slices[2], m_slices[3]}));
        QTRY_VERIFY(m_fixture->canvas->document()->canEdit());
        QCOMPARE(m_fixture->canvas->document()->undoStack().count(), 1);
        // A stroke here, then all else is taken back.
        m_fixture->click(m_fixture->pixel(4, 4));
        m_fixture->controller->undoOnSlices(report.changed);
        QTRY_COMPARE(test::countOf(m_fixture->stored(m_slices[1]), 1), std::size_t(0));
        QTRY_VERIFY(m_fixture->canvas->document()->canEdit());
        QCOMPARE(test::countOf(m_fixture->stored(m_slices[3]), 1), std::size_t(0));
        QVERIFY(test::countOf(m_fixture->mask(), 1) > 25);
        // By hand here.
        m_fixture->controller->undo();
        m_fixture->controller->undo();
        QCOMPARE(test::countOf(m_fixture->mask(), 1), std::size_t(0));
        QVERIFY(m_fixture->flush());
        QCOMPARE(test::countOf(m_fixture->stored(m_slices[2]), 1), std::size_t(0));
    }
    void withoutAVolume_nothingHappens()
    {
        QVERIFY(m_fixture->openNew());
        QSignalSpy failures(m_fixture->controller.get(), &ui::AnnotationController::stepFailed);
        m_fixture->controller->fillBetweenSlices(1, m_fixture->classes);
        QVERIFY(m_fixture->canvas->document()->canEdit());
        m_fixture->controller->setReadOnly(true);
        m_fixture->controller->copyFromSlice(1);
        m_fixture->controller->fillBetweenSlices(1, m_fixture->classes);
        QVERIFY(m_fixture->flush());
        QCOMPARE(failures.size(), 0);
    }

private:
    /// Opens a slice and paints a square of 5 x 5 pixels.
    void dab(std::size_t slice, QPoint pixel)
    {
        QVERIFY(m_fixture->open(m_slices[slice]));
        m_fixture->zoomTo(12.0);
        m_fixture->click(m_fixture->pixel(pixel.x(), pixel.y()));
        QCOMPARE(test::countOf(m_fixture->mask(), 1), std::size_t(25));
    }
    test::FakeProjectStore &project() { return m_fixture->project; }

    std::unique_ptr<test::CanvasFixture> m_fixture;
    std::vector<core::ImageId> m_slices;
};

QTEST_MAIN(tst_SliceCommands)
#include "tst_SliceCommands.moc"
