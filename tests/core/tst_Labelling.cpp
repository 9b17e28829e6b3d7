// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/Labelling.h"

#include "core/MaskEdit.h"

#include "support/FakeProjectStore.h"

#include <QtTest/QTest>

using namespace semigda::core;
using semigda::test::FakeProjectStore;

class TestLabelling : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_store = std::make_unique<FakeProjectStore>();
        m_image = m_store->addImage("scan", 80, 60);
        m_run = m_store->addRun();
    }
    void firstStroke_makesTheImagePartial()
    {
        QCOMPARE(stroke(10, 1), 1);
        QCOMPARE(stateWord(), QByteArray("partial"));
        QCOMPARE(stroke(11, 0), 2);
        QCOMPARE(mask().at(5, 11), LabelValue{0});
        const auto history = m_store->annotations().history(m_image).value();
        QCOMPARE(history.edits.size(), std::size_t{2});
        QCOMPARE(history.edits[0].reason, std::string("Brush"));
        QCOMPARE(history.edits[0].author, std::string("anna"));
    }
    void undoOfTheFirstStroke_isUnlabelledAgain()
    {
        QCOMPARE(stroke(10, 1), 1);
        QVERIFY(m_store->annotations().undo(m_image)->has_value());
        QCOMPARE(stateWord(), QByteArray("unlabelled"));
        QCOMPARE(mask(), LabelMask(80, 60));
    }
    void erasingAll_isUnlabelledAgain()
    {
        QCOMPARE(stroke(10, 1), 1);
        QCOMPARE(stroke(10, NotAnnotated), 2);
        QCOMPARE(stateWord(), QByteArray("unlabelled"));
    }
    void stateAfterEdit_table_data()
    {
        QTest::addColumn<int>("before");
        QTest::addColumn<bool>("complete");
        QTest::addColumn<bool>("painted");
        QTest::addColumn<int>("after");
        const auto row = [](const char *name, ImageState before, bool complete, bool painted, ImageState after) {
            QTest::newRow(name) << int(before) << complete << painted << int(after);
        };
        row("paint", ImageState::Unlabelled, false, true, ImageState::Partial);
        row("nothing", ImageState::Partial, false, false, ImageState::Unlabelled);
        row("complete", ImageState::Partial, true, true, ImageState::Labelled);
        row("predicted", ImageState::Predicted, false, true, ImageState::Partial);
        row("accepted", ImageState::Accepted, true, true, ImageState::Corrected);
        row("corrected", ImageState::Corrected, true, true, ImageState::Corrected);
        row("rejected", ImageState::Rejected, false, true, ImageState::Partial);
    }
    void stateAfterEdit_table()
    {
        QFETCH(int, before);
        QFETCH(bool, complete);
        QFETCH(bool, painted);
        QFETCH(int, after);
        const LabelMask mask(10, 10, painted ? LabelValue{1} : NotAnnotated);
        QCOMPARE(int(stateAfterEdit(mask, complete, ImageState(before))), after);
    }
    void markComplete_makesTheRestBackground()
    {
        QCOMPARE(stroke(10, 1), 1);
        QVERIFY(!finalMask(*m_store, m_image)->has_value());
        const auto step = markComplete(*m_store, m_image, "anna");
        QCOMPARE(step->sequence, std::int64_t{2});
        QCOMPARE(step->reason, std::string("Complete"));
        QCOMPARE(step->delta.changedPixels(), std::size_t{80 * 60 - 20});
        QVERIFY(!step->completeBefore && step->completeAfter);
        QCOMPARE(stateWord(), QByteArray("labelled"));
        QCOMPARE(mask().at(5, 10), LabelValue{1});
        QCOMPARE(mask().at(0, 0), Background);
        QCOMPARE(**finalMask(*m_store, m_image), mask());
        QVERIFY(m_store->annotations().undo(m_image)->has_value());
        QCOMPARE(stateWord(), QByteArray("partial"));
        QVERIFY(!m_store->annotations().load(m_image)->isComplete);
    }
    void accept_takesThePredictionAndKeepsHumanPaint()
    {
        QCOMPARE(stroke(10, 2), 1);
        const LabelMask proposal = predict(0.4F);
        const auto step = acceptPrediction(*m_store, m_image, "bert");
        QVERIFY2(step.has_value(), step ? "" : step.error().message.english().c_str());
        QCOMPARE(stateWord(), QByteArray("accepted"));
        QVERIFY(m_store->annotations().load(m_image)->isComplete);
        QCOMPARE(mask().at(5, 10), LabelValue{2});
        QCOMPARE(mask().at(5, 30), LabelValue{1});
        QCOMPARE(mask().at(60, 50), Background);
        const auto reviews = m_store->predictions().reviews(m_image).value();
        QCOMPARE(reviews.size(), std::size_t{1});
        QVERIFY(reviews[0].verdict == Verdict::Accepted);
        QCOMPARE(reviews[0].reviewer, std::string("bert"));
        QVERIFY(m_store->annotations().undo(m_image)->has_value());
        QCOMPARE(stateWord(), QByteArray("partial"));
        QCOMPARE(mask().at(5, 30), NotAnnotated);
        QVERIFY(m_store->annotations().redo(m_image)->has_value());
        QCOMPARE(stateWord(), QByteArray("accepted"));
        QCOMPARE(proposal.at(5, 30), LabelValue{1});
    }
    void accept_withoutPredictionFails()
    {
        QCOMPARE(acceptPrediction(*m_store, m_image, "bert").error().code, ErrorCode::NotFound);
        QCOMPARE(correctPrediction(*m_store, m_image, LabelMask(80, 60, 0), "bert").error().code, ErrorCode::NotFound);
        QCOMPARE(rejectPrediction(*m_store, m_image, "bert").error().code, ErrorCode::NotFound);
        QCOMPARE(acceptPrediction(*m_store, ImageId(99), "bert").error().code, ErrorCode::NotFound);
        QCOMPARE(m_store->annotations().sequence(m_image).value(), std::int64_t{0});
    }
    void accept_undoPutsTheImageBackInTheQueue()
    {
        predict(0.4F);
        QCOMPARE(reviewQueue(*m_store)->size(), std::size_t{1});
        QVERIFY(acceptPrediction(*m_store, m_image, "bert").has_value());
        QVERIFY(reviewQueue(*m_store)->empty());
        QVERIFY(m_store->annotations().undo(m_image)->has_value());
        QCOMPARE(reviewQueue(*m_store)->size(), std::size_t{1});
    }
    void correct_storesTheReviewersMask()
    {
        predict(0.4F);
        LabelMask corrected(80, 60, NotAnnotated);
        corrected.fillRow(0, 0, 80, 2);
        QVERIFY(correctPrediction(*m_store, m_image, corrected, "bert").has_value());
        QCOMPARE(stateWord(), QByteArray("corrected"));
        QCOMPARE(mask(), replaceValue(corrected, NotAnnotated, Background));
        QVERIFY(m_store->predictions().reviews(m_image)->at(0).verdict == Verdict::Corrected);
        QCOMPARE(correctPrediction(*m_store, m_image, LabelMask(80, 61, 0), "bert").error().code,
                 ErrorCode::GeometryMismatch);
    }
    void reject_keepsThePaintAndLeavesTheQueue()
    {
        predict(0.4F);
        const auto step = rejectPrediction(*m_store, m_image, "bert");
        QVERIFY(step.has_value());
        QVERIFY(step->delta.isEmpty());
        QCOMPARE(stateWord(), QByteArray("rejected"));
        QCOMPARE(mask(), LabelMask(80, 60));
        QVERIFY(reviewQueue(*m_store)->empty());
        predict(0.5F); // a later run may propose again, the verdict stands
        QCOMPARE(stateWord(), QByteArray("rejected"));
        QVERIFY(m_store->predictions().reviews(m_image)->at(0).verdict == Verdict::Rejected);
    }
    void failedReview_leavesNothingHalfDone()
    {
        predict(0.4F);
        for (const int calls : {0, 1}) {
            m_store->failWriteAfter(calls, {ErrorCode::DiskFull, Sentence::verbatim("The disk is full.")});
            QCOMPARE(acceptPrediction(*m_store, m_image, "bert").error().code, ErrorCode::DiskFull);
            QCOMPARE(stateWord(), QByteArray("predicted"));
            QCOMPARE(mask(), LabelMask(80, 60));
            QVERIFY(m_store->predictions().reviews(m_image)->empty());
        }
        QVERIFY(acceptPrediction(*m_store, m_image, "bert").has_value());
    }
    void queue_isSortedByDisagreement()
    {
        std::vector<ImageId> images;
        for (const float disagreement : {0.1F, 0.9F, 0.5F}) {
            images.push_back(m_store->addImage("more", 80, 60));
            m_store->addPrediction(images.back(), m_run, LabelMask(80, 60, 1), disagreement);
        }
        m_store->addPrediction(images[0], m_store->addRun(), LabelMask(80, 60, 1), 0.7F); // the newest counts
        std::vector<ImageId> order;
        const auto queue = reviewQueue(*m_store).value();
        for (const PredictionSummary &each : queue)
            order.push_back(each.image);
        QCOMPARE(order, (std::vector<ImageId>{images[1], images[0], images[2]}));
    }
    void readOnly_isSaid()
    {
        predict(0.4F);
        m_store->setReadOnly("The project is open elsewhere.");
        QCOMPARE(acceptPrediction(*m_store, m_image, "bert").error().message.english(),
                 std::string("The project is open elsewhere."));
    }

private:
    int stroke(int row, LabelValue value)
    {
        const Annotation current = m_store->annotations().load(m_image).value();
        LabelMask painted = current.mask;
        MaskEdit edit(painted);
        edit.paintSpan(0, row, 20, value);
        return static_cast<int>(
            commitStroke(*m_store, m_image, edit.commit(), painted, current.isComplete, state(), "Brush", "anna")
                .value_or(-1));
    }
    LabelMask predict(float disagreement)
    {
        LabelMask proposal(80, 60, Background);
        for (int y = 5; y < 40; ++y)
            proposal.fillRow(0, y, 40, 1);
        m_store->addPrediction(m_image, m_run, proposal, disagreement);
        return proposal;
    }
    ImageState state() { return m_store->images().summary(m_image)->state; }
    QByteArray stateWord() { return toString(state()); }
    LabelMask mask() { return m_store->annotations().load(m_image)->mask; }

    std::unique_ptr<FakeProjectStore> m_store;
    ImageId m_image;
    RunId m_run;
};

QTEST_APPLESS_MAIN(TestLabelling)
#include "tst_Labelling.moc"
