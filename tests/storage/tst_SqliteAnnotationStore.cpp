// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/Labelling.h"
#include "storage/DbProject.h"

#include <sqlite3.h>

using namespace semigda;
using namespace semigda::test;
using core::ErrorCode;
using core::ImageState;
using core::LabelMask;

class TestSqliteAnnotationStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void newImage_isNotAnnotated();
    void append_isThereAfterReopening();
    void undoAndRedo_restoreMaskCompletenessAndState();
    void append_dropsUndoneSteps();
    void sequences_areNeverUsedAgain();
    void emptyDelta_changesOnlyTheState();
    void history_keepsToLimitAndBudget();
    void history_survivesReopening();
    void manyEdits_areRebasedAndUndoneToTheStart();
    void append_afterUndoBelowTheBase();
    void randomSession_matchesAModel();
    void undo_waitsForReviewWhenAPredictionCameMeanwhile();
    void append_refusesOtherSizes();
    void append_refusesWhatIsNoClass();
    void append_refusesSpansBeyondTheImage();
    void unknownImage_isNamed();
    void append_costFollowsTheEdit();
    void failedTransaction_takesTheEditBack();
    void linkedSteps_areKeptWhileTheirHistoriesHaveThem();
    void linkSteps_refusesWhatIsInNoHistory();
};

void TestSqliteAnnotationStore::newImage_isNotAnnotated()
{
    TempProject temp;
    const auto annotation = temp.store->annotations().load(temp.addImage());
    VERIFY_OK(annotation);
    QVERIFY(annotation->mask == LabelMask(100, 80));
    QVERIFY(!annotation->isComplete);
    QCOMPARE(annotation->sequence, 0);
    QVERIFY(!temp.store->annotations().undo(core::ImageId(1))->has_value());
    QVERIFY(!temp.store->annotations().redo(core::ImageId(1))->has_value());
}

void TestSqliteAnnotationStore::append_isThereAfterReopening()
{
    TempProject temp;
    const auto id = temp.addImage();
    LabelMask mask(100, 80);
    const auto first = temp.store->annotations().append(id, stroke(mask, 5, 1), painted());
    VERIFY_OK(first);
    QCOMPARE(*first, 1);
    VERIFY_OK(temp.store->annotations().append(id, stroke(mask, 6, 2), {"Polygon", "ann", true, ImageState::Labelled}));
    VERIFY_OK(temp.reopen());
    const auto annotation = temp.store->annotations().load(id);
    VERIFY_OK(annotation);
    QVERIFY(annotation->mask == mask);
    QVERIFY(annotation->isComplete);
    QCOMPARE(annotation->sequence, 2);
    QCOMPARE(*temp.store->annotations().sequence(id), 2);
    QCOMPARE(temp.store->images().summary(id)->state, ImageState::Labelled);
}

void TestSqliteAnnotationStore::undoAndRedo_restoreMaskCompletenessAndState()
{
    TempProject temp;
    const auto id = temp.addImage();
    auto &annotations = temp.store->annotations();
    LabelMask mask(100, 80);
    VERIFY_OK(annotations.append(id, stroke(mask, 5, 1), painted()));
    const LabelMask afterFirst = mask;
    VERIFY_OK(annotations.append(id, stroke(mask, 6, 2), {"Complete", "ann", true, ImageState::Labelled}));

    auto undone = annotations.undo(id);
    VERIFY_OK(undone);
    QCOMPARE((*undone)->reason, std::string("Complete"));
    QCOMPARE((*undone)->author, std::string("ann"));
    QVERIFY(!(*undone)->completeBefore && (*undone)->completeAfter);
    QVERIFY(annotations.load(id)->mask == afterFirst);
    QVERIFY(!annotations.load(id)->isComplete);
    QCOMPARE(temp.store->images().summary(id)->state, ImageState::Partial);

    VERIFY_OK(annotations.undo(id));
    QVERIFY(annotations.load(id)->mask == LabelMask(100, 80));
    QCOMPARE(*annotations.sequence(id), 0);
    QCOMPARE(temp.store->images().summary(id)->state, ImageState::Unlabelled);
    QVERIFY(!annotations.undo(id)->has_value());

    VERIFY_OK(temp.reopen());
    QVERIFY(temp.store->annotations().redo(id)->has_value());
    QVERIFY(temp.store->annotations().load(id)->mask == afterFirst);
    QVERIFY(temp.store->annotations().redo(id)->has_value());
    QVERIFY(temp.store->annotations().load(id)->mask == mask);
    QVERIFY(temp.store->annotations().load(id)->isComplete);
    QCOMPARE(temp.store->images().summary(id)->state, ImageState::Labelled);
    QVERIFY(!temp.store->annotations().redo(id)->has_value());
}

void TestSqliteAnnotationStore::append_dropsUndoneSteps()
{
    TempProject temp;
    const auto id = temp.addImage();
    auto &annotations = temp.store->annotations();
    LabelMask mask(100, 80);
    VERIFY_OK(annotations.append(id, stroke(mask, 5, 1), painted("A")));
    const LabelMask afterFirst = mask;
    VERIFY_OK(annotations.append(id, stroke(mask, 6, 1), painted("B")));
    VERIFY_OK(annotations.undo(id));
    mask = afterFirst;
    VERIFY_OK(annotations.append(id, stroke(mask, 7, 2), painted("C")));
    QVERIFY(!annotations.redo(id)->has_value());
    const auto history = annotations.history(id);
    VERIFY_OK(history);
    QCOMPARE(history->edits.size(), 2U);
    QCOMPARE(history->edits[0].reason, std::string("A"));
    QCOMPARE(history->edits[1].reason, std::string("C"));
    QCOMPARE(history->cursor, history->edits[1].sequence);
    QVERIFY(annotations.load(id)->mask == mask);
}

void TestSqliteAnnotationStore::sequences_areNeverUsedAgain()
{
    // Training compares sequences to see whether it must read a mask again.
    TempProject temp;
    const auto id = temp.addImage();
    auto &annotations = temp.store->annotations();
    LabelMask mask(100, 80);
    const auto first = annotations.append(id, stroke(mask, 5, 1), painted());
    VERIFY_OK(first);
    VERIFY_OK(annotations.undo(id));
    mask = LabelMask(100, 80);
    const auto second = annotations.append(id, stroke(mask, 6, 1), painted());
    VERIFY_OK(second);
    QVERIFY(*second > *first);
}

void TestSqliteAnnotationStore::emptyDelta_changesOnlyTheState()
{
    TempProject temp;
    const auto id = temp.addImage();
    VERIFY_OK(temp.store->annotations().append(id, {}, {"Reject", "ann", false, ImageState::Rejected}));
    QCOMPARE(temp.store->images().summary(id)->state, ImageState::Rejected);
    QVERIFY(temp.store->annotations().load(id)->mask == LabelMask(100, 80));
    const auto undone = temp.store->annotations().undo(id);
    VERIFY_OK(undone);
    QVERIFY((*undone)->delta.isEmpty());
    QCOMPARE(temp.store->images().summary(id)->state, ImageState::Unlabelled);
}

void TestSqliteAnnotationStore::history_keepsToLimitAndBudget()
{
    TempProject temp;
    const auto id = temp.addImage();
    auto &annotations = temp.store->annotations();
    LabelMask mask(100, 80);
    for (int i = 0; i < 30; ++i) {
        VERIFY_OK(annotations.append(id, stroke(mask, i, 1), painted(std::to_string(i))));
    }
    VERIFY_OK(annotations.undo(id));
    const auto limited = annotations.history(id, 10);
    VERIFY_OK(limited);
    QCOMPARE(limited->edits.size(), 10U);
    QCOMPARE(limited->edits.front().reason, std::string("20"));
    QCOMPARE(limited->edits.back().reason, std::string("29"));
    QCOMPARE(limited->cursor, 29);
    const std::size_t one = limited->edits.front().delta.memoryUse();
    const auto cheap = annotations.history(id, 500, one * 3);
    VERIFY_OK(cheap);
    QCOMPARE(cheap->edits.size(), 3U);
    QCOMPARE(cheap->edits.back().reason, std::string("29"));
}

void TestSqliteAnnotationStore::history_survivesReopening()
{
    TempProject temp;
    const auto id = temp.addImage();
    LabelMask mask(100, 80);
    std::vector<core::MaskDelta> deltas;
    for (int i = 0; i < 5; ++i) {
        deltas.push_back(stroke(mask, i, 1));
        VERIFY_OK(temp.store->annotations().append(id, deltas.back(), painted()));
    }
    VERIFY_OK(temp.reopen());
    const auto history = temp.store->annotations().history(id);
    VERIFY_OK(history);
    QCOMPARE(history->edits.size(), deltas.size());
    for (std::size_t i = 0; i < deltas.size(); ++i) {
        QVERIFY(history->edits[i].delta == deltas[i]);
        QVERIFY(history->edits[i].createdAt.ends_with("Z"));
    }
}

void TestSqliteAnnotationStore::manyEdits_areRebasedAndUndoneToTheStart()
{
    TempProject temp;
    const auto id = temp.addImage(1, 300, 600);
    LabelMask mask(300, 600);
    std::vector<LabelMask> states{mask};
    for (int i = 0; i < 500; ++i) {
        VERIFY_OK(
            temp.store->annotations().append(id, stroke(mask, i, static_cast<core::LabelValue>(1 + i % 2)), painted()));
        states.push_back(mask);
    }
    QVERIFY(temp.store->annotations().load(id)->mask == mask);
    QCOMPARE(temp.raw().execAndGet("SELECT sequence FROM annotation_bases").getInt(), 500);
    VERIFY_OK(temp.reopen());
    auto &annotations = temp.store->annotations();
    for (int i = 499; i >= 0; --i) {
        QVERIFY(annotations.undo(id)->has_value());
        if (i % 50 == 0) {
            QVERIFY(annotations.load(id)->mask == states[static_cast<std::size_t>(i)]);
        }
    }
    QVERIFY(!annotations.undo(id)->has_value());
    for (int i = 1; i <= 500; ++i) {
        QVERIFY(annotations.redo(id)->has_value());
    }
    QVERIFY(annotations.load(id)->mask == mask);
}

void TestSqliteAnnotationStore::append_afterUndoBelowTheBase()
{
    TempProject temp;
    const auto id = temp.addImage();
    auto &annotations = temp.store->annotations();
    LabelMask mask(100, 80);
    LabelMask afterThree = mask;
    for (int i = 0; i < 79; ++i) {
        VERIFY_OK(annotations.append(id, stroke(mask, i, 1), painted()));
        afterThree = i == 2 ? mask : afterThree;
    }
    VERIFY_OK(annotations.load(id));
    QCOMPARE(temp.raw().execAndGet("SELECT sequence FROM annotation_bases").getInt(), 79);
    for (int i = 0; i < 76; ++i) {
        VERIFY_OK(annotations.undo(id));
    }
    mask = afterThree;
    VERIFY_OK(annotations.append(id, stroke(mask, 50, 2), painted()));
    QVERIFY(annotations.load(id)->mask == mask);
    VERIFY_OK(annotations.undo(id));
    QVERIFY(annotations.load(id)->mask == afterThree);
}

void TestSqliteAnnotationStore::randomSession_matchesAModel()
{
    Random random(11);
    TempProject temp;
    const auto id = temp.addImage(1, 150, 130);
    struct State
    {
        LabelMask mask;
        bool isComplete = false;
    };
    std::vector<State> states{{LabelMask(150, 130), false}};
    std::size_t at = 0;
    for (int i = 0; i < 600; ++i) {
        auto &annotations = temp.store->annotations();
        const int dice = random.between(0, 99);
        if (dice < 55) {
            State next{states[at].mask, dice < 5};
            const LabelMask before = next.mask;
            for (int y = 0; y < 6; ++y) {
                const int left = random.between(0, 149);
                next.mask.fillRow(left, random.between(0, 129), random.between(1, 150 - left),
                                  static_cast<core::LabelValue>(random.between(0, 2)));
            }
            VERIFY_OK(annotations.append(id, core::MaskDelta::between(before, next.mask),
                                         {"Brush", "r", next.isComplete, ImageState::Partial}));
            states.resize(at + 1);
            states.push_back(next);
            ++at;
        } else if (dice < 75) {
            const auto undone = annotations.undo(id);
            VERIFY_OK(undone);
            QCOMPARE(undone->has_value(), at > 0);
            at -= at > 0 ? 1 : 0;
        } else if (dice < 90) {
            const auto redone = annotations.redo(id);
            VERIFY_OK(redone);
            QCOMPARE(redone->has_value(), at + 1 < states.size());
            at += redone->has_value() ? 1 : 0;
        } else if (dice < 93) {
            VERIFY_OK(temp.reopen());
        } else {
            const auto annotation = annotations.load(id);
            VERIFY_OK(annotation);
            QVERIFY(annotation->mask == states[at].mask);
            QCOMPARE(annotation->isComplete, states[at].isComplete);
        }
    }
    QVERIFY(temp.store->annotations().load(id)->mask == states[at].mask);
    QVERIFY(checkText(*temp.store).find("history") == std::string::npos);
}

void TestSqliteAnnotationStore::undo_waitsForReviewWhenAPredictionCameMeanwhile()
{
    TempProject temp;
    const auto id = temp.addImage();
    LabelMask mask(100, 80);
    VERIFY_OK(temp.store->annotations().append(id, stroke(mask, 5, 1), painted()));
    core::Prediction prediction;
    prediction.image = id;
    prediction.run = temp.addRun();
    prediction.mask = LabelMask(100, 80, core::Background);
    VERIFY_OK(temp.store->predictions().save(prediction));
    QCOMPARE(temp.store->images().summary(id)->state, ImageState::Partial);
    VERIFY_OK(temp.store->annotations().undo(id));
    QCOMPARE(temp.store->images().summary(id)->state, ImageState::Predicted);
}

void TestSqliteAnnotationStore::append_refusesOtherSizes()
{
    TempProject temp;
    const auto id = temp.addImage();
    LabelMask other(80, 100);
    VERIFY_ERROR(temp.store->annotations().append(id, stroke(other, 5, 1), painted()), ErrorCode::GeometryMismatch,
                 "80 x 100");
    QCOMPARE(*temp.store->annotations().sequence(id), 0);
}

void TestSqliteAnnotationStore::append_refusesWhatIsNoClass()
{
    TempProject temp;
    const auto id = temp.addImage();
    LabelMask mask(100, 80);
    VERIFY_ERROR(temp.store->annotations().append(id, stroke(mask, 5, 9), painted()), ErrorCode::UnknownValue,
                 "value 9");
}

void TestSqliteAnnotationStore::append_refusesSpansBeyondTheImage()
{
    TempProject temp;
    const auto id = temp.addImage();
    for (const core::MaskDelta::Span &span :
         {core::MaskDelta::Span{90, 5, 11, 0, 1}, core::MaskDelta::Span{0, 80, 1, 0, 1},
          core::MaskDelta::Span{-1, 0, 5, 0, 1}, core::MaskDelta::Span{0, 0, 0, 0, 1}}) {
        VERIFY_ERROR(temp.store->annotations().append(id, core::MaskDelta(100, 80, {span}), painted()),
                     ErrorCode::InvalidArgument, "beyond");
    }
}

void TestSqliteAnnotationStore::unknownImage_isNamed()
{
    TempProject temp;
    auto &annotations = temp.store->annotations();
    const core::ImageId id(77);
    VERIFY_ERROR(annotations.load(id), ErrorCode::NotFound, "image 77");
    VERIFY_ERROR(annotations.sequence(id), ErrorCode::NotFound, "image 77");
    VERIFY_ERROR(annotations.append(id, {}, painted()), ErrorCode::NotFound, "image 77");
    VERIFY_ERROR(annotations.undo(id), ErrorCode::NotFound, "image 77");
    VERIFY_ERROR(annotations.redo(id), ErrorCode::NotFound, "image 77");
    VERIFY_ERROR(annotations.history(id), ErrorCode::NotFound, "image 77");
}

void TestSqliteAnnotationStore::append_costFollowsTheEdit()
{
    // Bytes written to the journal of the database by one small stroke on a large, densely painted image.
    TempProject temp;
    const auto id = temp.addImage(1, 2048, 2048);
    Random random(3);
    LabelMask mask(2048, 2048);
    const LabelMask before = mask;
    for (int y = 0; y < 2048; ++y) {
        for (int x = 0; x < 2048; x += 16) {
            mask.fillRow(x, y, 16, static_cast<core::LabelValue>(random.between(0, 2)));
        }
    }
    VERIFY_OK(temp.store->annotations().append(id, core::MaskDelta::between(before, mask), painted()));
    for (int y = 0; y < 70; ++y) {
        VERIFY_OK(temp.store->annotations().append(id, stroke(mask, y, 1), painted()));
    }
    VERIFY_OK(temp.store->annotations().load(id)); // writes a base
    const auto journal = temp.folder / "project.sqlite-wal";
    {
        SQLite::Database raw = temp.raw();
        QVERIFY(raw.execAndGet("SELECT length(mask) FROM annotation_bases").getInt() > 100000);
        raw.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    QCOMPARE(std::filesystem::file_size(journal), 0U);
    VERIFY_OK(temp.store->annotations().append(id, stroke(mask, 500, 1), painted()));
    QVERIFY2(std::filesystem::file_size(journal) < 64 * 1024,
             qPrintable(QString::number(std::filesystem::file_size(journal))));
}

void TestSqliteAnnotationStore::failedTransaction_takesTheEditBack()
{
    TempProject temp;
    const auto id = temp.addImage();
    LabelMask mask(100, 80);
    const auto failed = temp.store->inTransaction([&]() -> core::Result<void> {
        const auto appended = temp.store->annotations().append(id, stroke(mask, 5, 1), painted());
        if (!appended) {
            return appended.error();
        }
        return core::Error{ErrorCode::Cancelled, core::Sentence::verbatim("Stopped.")};
    });
    VERIFY_ERROR(failed, ErrorCode::Cancelled, "Stopped");
    QCOMPARE(*temp.store->annotations().sequence(id), 0);
    QCOMPARE(temp.store->images().summary(id)->state, ImageState::Unlabelled);
    QVERIFY(temp.store->annotations().load(id)->mask == LabelMask(100, 80));
}

void TestSqliteAnnotationStore::linkedSteps_areKeptWhileTheirHistoriesHaveThem()
{
    TempProject temp;
    const std::vector<core::ImageId> ids{temp.addImage(1), temp.addImage(2), temp.addImage(3)};
    std::vector<core::StepRef> steps;
    for (const core::ImageId id : ids) {
        LabelMask mask(100, 80);
        const auto sequence = temp.store->annotations().append(id, stroke(mask, 5, 1), painted());
        VERIFY_OK(sequence);
        steps.push_back({id, *sequence});
    }
    QVERIFY(temp.store->annotations().linkedSteps(steps[0])->empty());
    VERIFY_OK(temp.store->annotations().linkSteps(steps[0], std::vector{steps[2], steps[1]}));
    VERIFY_OK(temp.reopen());
    QCOMPARE(*temp.store->annotations().linkedSteps(steps[0]), (std::vector{steps[1], steps[2]}));
    QVERIFY(temp.store->annotations().linkedSteps(steps[1])->empty()); // it goes one way
    // An undone step is there still, until something else is painted in its place.
    VERIFY_OK(temp.store->annotations().undo(ids[1]));
    QCOMPARE(temp.store->annotations().linkedSteps(steps[0])->size(), std::size_t(2));
    LabelMask other(100, 80);
    VERIFY_OK(temp.store->annotations().append(ids[1], stroke(other, 9, 2), painted()));
    QCOMPARE(*temp.store->annotations().linkedSteps(steps[0]), std::vector{steps[2]});
    VERIFY_OK(temp.store->annotations().undo(ids[0]));
    VERIFY_OK(temp.store->annotations().append(ids[0], stroke(other, 12, 2), painted()));
    QVERIFY(temp.store->annotations().linkedSteps(steps[0])->empty());
    SQLite::Database raw = temp.raw();
    QVERIFY(!SQLite::Statement(raw, "PRAGMA foreign_key_check").executeStep());
}

void TestSqliteAnnotationStore::linkSteps_refusesWhatIsInNoHistory()
{
    TempProject temp;
    const std::vector<core::ImageId> ids{temp.addImage(1), temp.addImage(2)};
    LabelMask mask(100, 80);
    const core::StepRef step{ids[0], *temp.store->annotations().append(ids[0], stroke(mask, 5, 1), painted())};
    VERIFY_ERROR(temp.store->annotations().linkSteps(step, std::vector{core::StepRef{ids[1], 1}}), ErrorCode::NotFound,
                 "image2");
    VERIFY_ERROR(temp.store->annotations().linkSteps({ids[0], 7}, {}), ErrorCode::NotFound, "image1");
    VERIFY_ERROR(temp.store->annotations().linkSteps({core::ImageId(99), 1}, {}), ErrorCode::NotFound, "99");
    QVERIFY(temp.store->annotations().linkedSteps(step)->empty());
}

QTEST_APPLESS_MAIN(TestSqliteAnnotationStore)
#include "tst_SqliteAnnotationStore.moc"
