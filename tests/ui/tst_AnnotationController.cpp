// SPDX-License-Identifier: Apache-2.0
#include "CanvasFixture.h"

#include "core/workflow/Labelling.h"

#include <QSemaphore>
#include <QThread>

#include <algorithm>

using namespace semigda;
using namespace std::chrono_literals;
using test::picture;

namespace
{

constexpr core::PixelRect All{0, 0, 32, 32};

/// One pixel of a class.
void dab(ui::ImageDocument &document, int x, int y, core::LabelValue value)
{
    QVERIFY(document.beginEdit({}, "Brush"));
    document.paint({{y, x, 1}}, value);
    document.commitEdit();
}

} // namespace

class tst_AnnotationController : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<test::CanvasFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void open_loadsOffTheInterfaceThread()
    {
        const core::ImageId id = project().addImage("a", test::patternImage(32, 24));
        controller().open(id);
        QVERIFY(controller().isLoading());
        QVERIFY(controller().document() == nullptr);
        QTRY_VERIFY(controller().document() != nullptr);
        QCOMPARE(document().id(), id);
        QCOMPARE(document().mask().width(), 32);
        QCOMPARE(document().pixels().height, 24);
        QVERIFY(document().canEdit());
    }

    void open_dropsAnEarlierImageThatArrivesLate()
    {
        const core::ImageId first = project().addImage("a", 16, 16);
        const core::ImageId second = project().addImage("b", 20, 20);
        QSemaphore gate;
        m_fixture->worker->post([&gate](core::ProjectStore &) { gate.acquire(); });
        QSignalSpy changes(&controller(), &ui::AnnotationController::documentChanged);
        controller().open(first);
        controller().open(second);
        gate.release();
        QTRY_VERIFY(controller().document() != nullptr);
        QVERIFY(m_fixture->worker->flush(10s));
        QCOMPARE(changes.size(), 1);
        QCOMPARE(document().id(), second);
    }

    void close_givesBackPixelsOffTheInterfaceThread()
    {
        // As when it is closed before it was painted.
        m_fixture->canvas->disconnect(&controller());
        const std::weak_ptr<const core::ImageData> pixels = openHugeImage();
        QVERIFY(!pixels.expired());
        QSemaphore gate;
        m_fixture->worker->post([&gate](core::ProjectStore &) { gate.acquire(); });
        controller().close();
        const bool areThere = controller().document() == nullptr && !pixels.expired();
        gate.release();
        QVERIFY(areThere);
        QSemaphore isIdle;
        m_fixture->worker->post([&isIdle](core::ProjectStore &) { isIdle.release(); },
                                ui::StoreWorker::Priority::Background);
        isIdle.acquire();
        QVERIFY(pixels.expired());
    }

    void close_beforeAllIsSavedGivesBackPixelsOffTheInterfaceThread()
    {
        const std::weak_ptr<const core::ImageData> pixels = openHugeImage();
        QVERIFY(!pixels.expired());
        QSignalSpy saved(&controller(), &ui::AnnotationController::saved);
        QSemaphore beforeSaving;
        QSemaphore isIdle;
        QSemaphore afterSaving;
        m_fixture->worker->post([&](core::ProjectStore &) { beforeSaving.acquire(); });
        dab(document(), 5, 5, 1);
        controller().close();
        m_fixture->worker->post(
            [&](core::ProjectStore &) {
                isIdle.release();
                afterSaving.acquire();
            },
            ui::StoreWorker::Priority::Background);
        beforeSaving.release();
        // All that close() asked for is done before the interface hears that the stroke is saved.
        isIdle.acquire();
        const bool isSaved = QTest::qWaitFor([&] { return saved.count() == 1; });
        const bool areThere = !pixels.expired();
        afterSaving.release();
        QVERIFY(isSaved && areThere);
        QTRY_VERIFY(pixels.expired());
    }

    void open_doesNotReadWhatWasPassed()
    {
        const core::ImageId passed = project().addImage("a", 16, 16);
        const core::ImageId wanted = project().addImage("b", 20, 20);
        QSemaphore gate;
        m_fixture->worker->post([&gate](core::ProjectStore &) { gate.acquire(); });
        controller().open(passed);
        controller().open(wanted);
        gate.release();
        QTRY_VERIFY(controller().document() != nullptr);
        QVERIFY(controller().pixelCache().contains(wanted));
        QVERIFY(!controller().pixelCache().contains(passed));
    }

    void open_ofWhatIsStillOnShowKeepsIt()
    {
        QVERIFY(m_fixture->openNew());
        const core::ImageId first = document().id();
        const core::ImageId second = project().addImage("b", 20, 20);
        controller().open(second);
        QVERIFY(!document().canEdit());
        controller().open(first);
        QVERIFY(document().canEdit());
        QVERIFY(m_fixture->worker->flush(10s));
        QCOMPARE(document().id(), first);
    }

    void open_saysWhyItFailed()
    {
        QVERIFY(m_fixture->openNew());
        QSignalSpy failures(&controller(), &ui::AnnotationController::openFailed);
        controller().open(core::ImageId(999));
        QTRY_COMPARE(failures.size(), 1);
        QVERIFY(!failures.front().back().toString().isEmpty());
        QVERIFY(controller().document() == nullptr);
        QVERIFY(m_fixture->canvas->document() == nullptr);
    }

    void stroke_isInTheStoreAndTold()
    {
        QVERIFY(m_fixture->openNew());
        const core::ImageId id = document().id();
        std::vector<ui::SavedStep> saved;
        connect(&controller(), &ui::AnnotationController::saved, this,
                [&saved](const ui::SavedStep &step) { saved.push_back(step); });
        QSignalSpy edits(&document(), &ui::ImageDocument::edited);
        dab(document(), 3, 4, 1);
        QVERIFY(!controller().isSaved());
        dab(document(), 5, 4, 2);
        QVERIFY(m_fixture->flush());
        QVERIFY(controller().isSaved());
        QCOMPARE(edits.size(), 2);
        QCOMPARE(saved.size(), std::size_t(2));
        QCOMPARE(saved[1].image, id);
        QCOMPARE(saved[1].sequence, std::int64_t(2));
        QCOMPARE(saved[1].state, core::ImageState::Partial);
        QCOMPARE(document().summary().state, core::ImageState::Partial);
        QVERIFY(m_fixture->stored(id) == document().mask());
        const core::EditHistory history = *project().annotations().history(id);
        QCOMPARE(history.edits.front().author, std::string("tester"));
        QCOMPARE(history.edits.front().reason, std::string("Brush"));
        QCOMPARE(history.edits.front().delta.changedPixels(), std::size_t(1));
    }

    void gate_opensForTheStepAfterTheOneThatPassed()
    {
        ui::WriteGate gate;
        QVERIFY(gate.waitFor(1, 0ms));
        QVERIFY(!gate.waitFor(2, 1ms));
        const std::unique_ptr<QThread> writer(QThread::create([&gate] { gate.pass(1); }));
        writer->start();
        const bool hasOpened = gate.waitFor(2, 10s);
        writer->wait();
        QVERIFY(hasOpened);
        QCOMPARE(gate.next(), std::uint64_t(2));
        QVERIFY(!gate.waitFor(3, 1ms));
    }

    void strokes_areNotHeldUpByASlowDisk()
    {
        QVERIFY(m_fixture->openNew());
        QSemaphore disk;
        m_fixture->worker->post([&disk](core::ProjectStore &) { disk.acquire(); });
        for (int i = 0; i < 3; ++i)
            dab(document(), i, 4, 1);
        QCOMPARE(m_fixture->shown({0, 4, 4, 1}), std::string("111.\n"));
        QCOMPARE(controller().journal().state(), ui::SaveState::Saving);
        disk.release();
        QVERIFY(m_fixture->flush());
        QVERIFY(m_fixture->stored(document().id()) == document().mask());
    }

    void emptyStroke_isNoStep()
    {
        QVERIFY(m_fixture->openNew());
        dab(document(), 3, 4, 1);
        QVERIFY(document().beginEdit({}, "Brush"));
        document().paint({{4, 3, 1}}, 1);
        QVERIFY(!document().commitEdit());
        QCOMPARE(document().undoStack().count(), 1);
    }

    void undo_andRedoMoveTheStoreToo()
    {
        QVERIFY(m_fixture->openNew());
        const core::ImageId id = document().id();
        std::vector<std::string> masks{picture(document().mask(), All)};
        for (int i = 0; i < 5; ++i) {
            dab(document(), i, i, static_cast<core::LabelValue>(1 + i % 2));
            masks.push_back(picture(document().mask(), All));
        }
        for (int i = 4; i >= 0; --i) {
            controller().undo();
            QVERIFY(m_fixture->flush());
            QCOMPARE(picture(document().mask(), All), masks[static_cast<std::size_t>(i)]);
            QVERIFY(m_fixture->stored(id) == document().mask());
        }
        QVERIFY(!controller().canUndo());
        QCOMPARE(project().images().summary(id)->state, core::ImageState::Unlabelled);
        for (std::size_t i = 1; i <= 5; ++i) {
            controller().redo();
            QVERIFY(m_fixture->flush());
            QCOMPARE(picture(document().mask(), All), masks[i]);
            QVERIFY(m_fixture->stored(id) == document().mask());
        }
        QVERIFY(!controller().canRedo());
    }

    void history_survivesAnotherImageAndARestart()
    {
        QVERIFY(m_fixture->openNew());
        const core::ImageId id = document().id();
        std::vector<std::string> masks{picture(document().mask(), All)};
        for (int i = 0; i < 600; ++i) {
            dab(document(), i % 32, (i / 32) % 32, static_cast<core::LabelValue>(1 + i % 2));
            masks.push_back(picture(document().mask(), All));
        }
        controller().undo();
        controller().undo();
        QVERIFY(m_fixture->openNew(16, 16));
        QVERIFY(m_fixture->open(id));
        QCOMPARE(picture(document().mask(), All), masks[598]);
        QVERIFY(controller().canRedo());
        QVERIFY(m_fixture->flush());

        m_fixture->restart();
        QVERIFY(m_fixture->open(id));
        QCOMPARE(picture(document().mask(), All), masks[598]);
        controller().redo();
        controller().redo();
        QVERIFY(!controller().canRedo());
        QCOMPARE(picture(document().mask(), All), masks[600]);
        for (std::size_t i = 600; i-- > 0;) {
            QVERIFY(controller().canUndo());
            controller().undo();
            QCOMPARE(picture(document().mask(), All), masks[i]);
        }
        QVERIFY(!controller().canUndo());
        QVERIFY(m_fixture->flush());
        QCOMPARE(picture(m_fixture->stored(id), All), masks[0]);
    }

    void paintingAfterUndo_dropsTheUndoneSteps()
    {
        QVERIFY(m_fixture->openNew());
        const core::ImageId id = document().id();
        dab(document(), 1, 1, 1);
        dab(document(), 2, 2, 1);
        controller().undo();
        dab(document(), 3, 3, 2);
        QVERIFY(!controller().canRedo());
        QVERIFY(m_fixture->flush());
        m_fixture->restart();
        QVERIFY(m_fixture->open(id));
        QVERIFY(!controller().canRedo());
        QCOMPARE(document().undoStack().count(), 2);
        QCOMPARE(document().mask().at(2, 2), core::NotAnnotated);
        QCOMPARE(document().mask().at(3, 3), core::LabelValue(2));
    }

    void failedWrite_keepsTheStrokesInOrderAndTriesAgain()
    {
        QVERIFY(m_fixture->openNew());
        const core::ImageId id = document().id();
        controller().setRetryInterval(20ms);
        QSignalSpy states(&controller(), &ui::AnnotationController::saveStateChanged);
        dab(document(), 1, 1, 1);
        QVERIFY(m_fixture->flush());
        project().failWriteAfter(
            0, {core::ErrorCode::DiskFull, core::Sentence::verbatim("The disk is full; free some space.")});
        dab(document(), 2, 2, 1);
        dab(document(), 3, 3, 2);
        controller().undo();
        dab(document(), 4, 4, 2);
        // Told once, even when the next attempt has worked before anybody looks.
        const auto isTold = [&states] {
            return std::any_of(states.begin(), states.end(), [](const QList<QVariant> &change) {
                return change.back().toString() == QStringLiteral("The disk is full; free some space.");
            });
        };
        QTRY_VERIFY(isTold());
        QVERIFY(document().canEdit());
        dab(document(), 5, 5, 1);
        QTRY_VERIFY(controller().isSaved());
        QVERIFY(m_fixture->stored(id) == document().mask());
        QCOMPARE(project().annotations().history(id)->edits.size(), std::size_t(4));
        QVERIFY(states.back().back().toString().isEmpty());
    }

    void failedWrite_isKeptWhileAnotherImageIsOnShow()
    {
        QVERIFY(m_fixture->openNew());
        const core::ImageId id = document().id();
        const core::ImageId other = project().addImage("b", 16, 16);
        controller().setRetryInterval(1h);
        project().failWriteAfter(0, {core::ErrorCode::Io, core::Sentence::verbatim("The disk does not answer.")});
        dab(document(), 2, 2, 1);
        QTRY_COMPARE(controller().journal().state(), ui::SaveState::Failed);
        QVERIFY(m_fixture->open(other));
        QVERIFY(m_fixture->open(id));
        QCOMPARE(document().mask().at(2, 2), core::LabelValue(1));
        QVERIFY(controller().canUndo());
        QVERIFY(m_fixture->flush());
        QVERIFY(m_fixture->stored(id) == document().mask());
    }

    void failedWrite_isReportedByFlush()
    {
        QVERIFY(m_fixture->openNew());
        project().setReadOnly("The project is read-only.");
        dab(document(), 2, 2, 1);
        QVERIFY(!m_fixture->flush());
        QCOMPARE(controller().journal().problem(), QStringLiteral("The project is read-only."));
        project().setReadOnly({});
        QVERIFY(m_fixture->flush());
        QVERIFY(controller().isSaved());
    }

    void markComplete_isAStepThatCanBeUndone()
    {
        QVERIFY(m_fixture->openNew());
        const core::ImageId id = document().id();
        dab(document(), 2, 2, 1);
        const std::string before = picture(document().mask(), All);
        controller().markComplete();
        QVERIFY(!document().canEdit());
        QVERIFY(m_fixture->flush());
        QVERIFY(document().canEdit());
        QVERIFY(document().isComplete());
        QCOMPARE(document().summary().state, core::ImageState::Labelled);
        QCOMPARE(test::countOf(document().mask(), core::Background), std::size_t(32 * 32 - 1));
        QVERIFY(m_fixture->stored(id) == document().mask());
        controller().undo();
        QVERIFY(m_fixture->flush());
        QVERIFY(!document().isComplete());
        QCOMPARE(picture(document().mask(), All), before);
        QCOMPARE(document().summary().state, core::ImageState::Partial);
        QVERIFY(m_fixture->stored(id) == document().mask());
    }

    void erasingInACompleteImage_makesBackground()
    {
        QVERIFY(m_fixture->openNew());
        dab(document(), 2, 2, 1);
        QCOMPARE(ui::erasedValue(document()), core::NotAnnotated);
        controller().markComplete();
        QVERIFY(m_fixture->flush());
        QCOMPARE(ui::erasedValue(document()), core::Background);
        dab(document(), 2, 2, core::Background);
        QVERIFY(document().isComplete());
        dab(document(), 2, 2, core::NotAnnotated);
        QVERIFY(!document().isComplete());
        controller().undo();
        QVERIFY(document().isComplete());
        QVERIFY(m_fixture->flush());
        QVERIFY(project().annotations().load(document().id())->isComplete);
    }

    void runStep_isRefusedWhileStrokesAreNotSaved()
    {
        QVERIFY(m_fixture->openNew());
        controller().setRetryInterval(1h);
        QSignalSpy failures(&controller(), &ui::AnnotationController::stepFailed);
        project().failWriteAfter(0, {core::ErrorCode::Io, core::Sentence::verbatim("The disk does not answer.")});
        dab(document(), 2, 2, 1);
        controller().markComplete();
        QTRY_COMPARE(failures.size(), 1);
        QVERIFY(!document().isComplete());
        QVERIFY(document().canEdit());
        QVERIFY(m_fixture->flush());
        controller().markComplete();
        QVERIFY(m_fixture->flush());
        QVERIFY(document().isComplete());
        QCOMPARE(document().mask().at(2, 2), core::LabelValue(1));
    }

    void acceptedPrediction_becomesTheMaskAndUndoes()
    {
        const core::ImageId id = project().addImage("a", 8, 8);
        core::LabelMask proposed(8, 8, core::Background);
        proposed.fillRow(2, 3, 4, 1);
        project().addPrediction(id, project().addRun(), proposed, 0.2F);
        QVERIFY(m_fixture->open(id));
        QVERIFY(document().prediction() != nullptr);
        dab(document(), 2, 3, 2);
        controller().runStep([](core::ProjectStore &store, core::ImageId image) {
            return core::acceptPrediction(store, image, "reader");
        });
        QVERIFY(m_fixture->flush());
        QCOMPARE(document().mask().at(3, 3), core::LabelValue(1));
        QCOMPARE(document().mask().at(2, 3), core::LabelValue(2));
        QCOMPARE(document().summary().state, core::ImageState::Accepted);
        QVERIFY(m_fixture->stored(id) == document().mask());
        controller().undo();
        QVERIFY(m_fixture->flush());
        QCOMPARE(document().mask().at(3, 3), core::NotAnnotated);
        QVERIFY(m_fixture->stored(id) == document().mask());
    }

    void reload_takesWhatSomethingElseWrote()
    {
        QVERIFY(m_fixture->openNew());
        const core::ImageId id = document().id();
        dab(document(), 2, 2, 1);
        QVERIFY(m_fixture->flush());
        QVERIFY(core::markComplete(project(), id, "other").has_value());
        controller().reload();
        QVERIFY(!document().canEdit());
        QVERIFY(m_fixture->flush());
        QVERIFY(document().canEdit());
        QVERIFY(document().isComplete());
        QVERIFY(m_fixture->stored(id) == document().mask());
        controller().undo();
        controller().undo();
        QVERIFY(m_fixture->flush());
        QVERIFY(m_fixture->stored(id) == document().mask());
        QCOMPARE(test::countOf(document().mask(), core::NotAnnotated), std::size_t(32 * 32));
    }

    void reload_waitsForTheStrokeInProgress()
    {
        QVERIFY(m_fixture->openNew());
        const core::ImageId id = document().id();
        QVERIFY(core::markComplete(project(), id, "other").has_value());
        QVERIFY(document().beginEdit({}, "Brush"));
        document().paint({{4, 4, 3}}, 1);
        controller().reload();
        QVERIFY(m_fixture->worker->flush(10s));
        QVERIFY(document().isEditing());
        QVERIFY(!document().isComplete());
        document().revertEdit();
        QVERIFY(m_fixture->flush());
        QVERIFY(document().isComplete());
        QVERIFY(m_fixture->stored(id) == document().mask());
    }

    void historyChangedElsewhere_isNoticed()
    {
        QVERIFY(m_fixture->openNew());
        const core::ImageId id = document().id();
        dab(document(), 2, 2, 1);
        QVERIFY(m_fixture->flush());
        // Another program takes the step back behind our back.
        QVERIFY(project().annotations().undo(id).has_value());
        controller().undo();
        QVERIFY(m_fixture->flush());
        QVERIFY(m_fixture->worker->flush(10s));
        QVERIFY(m_fixture->stored(id) == document().mask());
        QVERIFY(!controller().canUndo());
    }

    void reloadPrediction_showsANewerOne()
    {
        QVERIFY(m_fixture->openNew(8, 8));
        QVERIFY(document().prediction() == nullptr);
        QSignalSpy changes(&document(), &ui::ImageDocument::predictionChanged);
        project().addPrediction(document().id(), project().addRun(), core::LabelMask(8, 8, 1), 0.1F);
        controller().reloadPrediction();
        QTRY_COMPARE(changes.size(), 1);
        QCOMPARE(document().prediction()->mask.at(1, 1), core::LabelValue(1));
    }

    void readOnlyProject_cannotBePainted()
    {
        QVERIFY(m_fixture->openNew());
        dab(document(), 2, 2, 1);
        controller().setReadOnly(true);
        QVERIFY(!document().beginEdit({}, "Brush"));
        QVERIFY(!controller().canUndo());
        controller().undo();
        QCOMPARE(document().mask().at(2, 2), core::LabelValue(1));
    }

    void leavingAnImage_keepsTheStrokeInProgress()
    {
        QVERIFY(m_fixture->openNew());
        const core::ImageId id = document().id();
        QVERIFY(document().beginEdit({}, "Brush"));
        document().paint({{4, 4, 3}}, 1);
        QVERIFY(m_fixture->openNew(16, 16));
        QVERIFY(m_fixture->flush());
        QCOMPARE(test::countOf(m_fixture->stored(id), 1), std::size_t(3));
    }

    void manyLargeSteps_stayWithinTheirMemory()
    {
        QVERIFY(m_fixture->openNew(1024, 1024));
        // Every second pixel alone is a span of its own, which makes a delta as large as it gets.
        std::vector<core::MaskEdit::RowSpan> comb;
        for (int y = 0; y < 1024; ++y) {
            for (int x = 0; x < 1024; x += 2)
                comb.push_back({y, x, 1});
        }
        for (int i = 0; i < 24; ++i) {
            QTRY_VERIFY(document().canEdit());
            QVERIFY(document().beginEdit({}, "Brush"));
            document().paint(comb, static_cast<core::LabelValue>(1 + i % 2));
            QVERIFY(document().commitEdit());
            QVERIFY(m_fixture->flush());
        }
        QTRY_VERIFY(document().canEdit());
        QVERIFY(document().stepBytes() <= ui::ImageDocument::MaxStepBytes);
        QVERIFY(controller().canUndo());
        controller().undo();
        QVERIFY(m_fixture->flush());
        QVERIFY(m_fixture->stored(document().id()) == document().mask());
    }

private:
    test::FakeProjectStore &project() { return m_fixture->project; }
    ui::AnnotationController &controller() { return *m_fixture->controller; }
    ui::ImageDocument &document() { return *m_fixture->controller->document(); }
    /// Of one that alone is larger than what images are kept in: only the document holds its pixels.
    std::weak_ptr<const core::ImageData> openHugeImage()
    {
        controller().open(project().addImage("huge", 16385, 16385));
        if (!QTest::qWaitFor([this] { return controller().document() != nullptr; }, 30'000)
            || !m_fixture->worker->flush(30s))
            return {};
        return document().sharedPixels();
    }

    std::unique_ptr<test::CanvasFixture> m_fixture;
};

QTEST_MAIN(tst_AnnotationController)
#include "tst_AnnotationController.moc"
