// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/Revisions.h"

#include "core/workflow/Labelling.h"
#include "support/FakeProjectStore.h"
#include "support/Random.h"

#include <QtTest/QTest>

using namespace semigda::core;
using semigda::test::FakeProjectStore;

namespace
{

constexpr int Width = 70;
constexpr int Height = 40;

} // namespace

class TestRevisions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_store = std::make_unique<FakeProjectStore>();
        m_id = m_store->addImage("kidney", Width, Height);
        m_masks = {LabelMask(Width, Height)};
        m_random = semigda::test::Random(7);
    }

    void countPixels_tellsWhatAStepDid()
    {
        const MaskDelta delta(Width, Height,
                              {{0, 0, 3, NotAnnotated, 1},
                               {0, 1, 4, Background, 2},
                               {0, 2, 5, 1, NotAnnotated},
                               {0, 3, 6, 2, Background},
                               {0, 4, 7, 1, 2},
                               {0, 5, 8, NotAnnotated, Background},
                               {0, 6, 9, Background, NotAnnotated}});
        const StepPixels expected{7, 11, 7, 17};
        QVERIFY(countPixels(delta) == expected);
        QCOMPARE(countPixels(delta).all(), delta.changedPixels());
    }

    void maskAt_isEveryMaskThereEverWas()
    {
        paint(12);
        for (int undone = 0; undone < 12; ++undone) {
            const Annotation now = *m_store->annotations().load(m_id);
            const EditHistory history = *m_store->annotations().history(m_id);
            for (std::size_t step = 0; step < m_masks.size(); ++step) {
                const auto mask = maskAt(now, history, static_cast<std::int64_t>(step));
                QVERIFY(mask.has_value());
                QVERIFY(*mask == m_masks[step]);
            }
            QVERIFY(!maskAt(now, history, 13).has_value());
            QVERIFY(m_store->annotations().undo(m_id)->has_value());
        }
    }

    void maskAt_knowsWhereTheHistoryEnds()
    {
        paint(10);
        const Annotation now = *m_store->annotations().load(m_id);
        const EditHistory newest = *m_store->annotations().history(m_id, 4);
        QVERIFY(!maskAt(now, newest, 0).has_value());
        QVERIFY(!maskAt(now, newest, 6).has_value());
        QVERIFY(*maskAt(now, newest, 7) == m_masks[7]);
    }

    void restore_isAStepThatCanBeUndone()
    {
        paint(6);
        const auto record = restoreRevision(*m_store, m_id, 2, "eve");
        QVERIFY(record.has_value());
        QCOMPARE(record->sequence, std::int64_t(7));
        QCOMPARE(record->reason, std::string("Restore"));
        QCOMPARE(record->author, std::string("eve"));
        QVERIFY(mask() == m_masks[2]);
        QCOMPARE(steps(), std::size_t(7));
        QVERIFY(m_store->annotations().undo(m_id)->has_value());
        QVERIFY(mask() == m_masks[6]);
        QVERIFY(m_store->annotations().redo(m_id)->has_value());
        QVERIFY(mask() == m_masks[2]);
    }

    void restore_ofTheBlankMask()
    {
        paint(3);
        QVERIFY(restoreRevision(*m_store, m_id, 0, "eve").has_value());
        QVERIFY(mask() == LabelMask(Width, Height));
        QCOMPARE(m_store->images().summary(m_id)->state, ImageState::Unlabelled);
        QCOMPARE(steps(), std::size_t(4));
    }

    void restore_keepsWhatWasUndone()
    {
        paint(6);
        for (int i = 0; i < 2; ++i)
            QVERIFY(m_store->annotations().undo(m_id)->has_value());
        QVERIFY(restoreRevision(*m_store, m_id, 1, "eve").has_value());
        QVERIFY(mask() == m_masks[1]);
        // The six, the way back to the fourth, and this one.
        QCOMPARE(steps(), std::size_t(8));
        const Annotation now = *m_store->annotations().load(m_id);
        const EditHistory history = *m_store->annotations().history(m_id);
        QVERIFY(*maskAt(now, history, 6) == m_masks[6]);
        QVERIFY(*maskAt(now, history, 5) == m_masks[5]);
        // Undo leads to what was on show before.
        QVERIFY(m_store->annotations().undo(m_id)->has_value());
        QVERIFY(mask() == m_masks[4]);
    }

    void restore_ofAnUndoneState()
    {
        paint(5);
        for (int i = 0; i < 3; ++i)
            QVERIFY(m_store->annotations().undo(m_id)->has_value());
        QVERIFY(restoreRevision(*m_store, m_id, 4, "eve").has_value());
        QVERIFY(mask() == m_masks[4]);
        QVERIFY(m_store->annotations().undo(m_id)->has_value());
        QVERIFY(mask() == m_masks[2]);
    }

    void restore_bringsCompletenessBack()
    {
        paint(2);
        QVERIFY(markComplete(*m_store, m_id, "tester").has_value());
        const LabelMask complete = mask();
        QVERIFY(restoreRevision(*m_store, m_id, 1, "eve").has_value());
        QVERIFY(!m_store->annotations().load(m_id)->isComplete);
        QCOMPARE(m_store->images().summary(m_id)->state, ImageState::Partial);
        QVERIFY(restoreRevision(*m_store, m_id, 3, "eve").has_value());
        QVERIFY(m_store->annotations().load(m_id)->isComplete);
        QCOMPARE(m_store->images().summary(m_id)->state, ImageState::Labelled);
        QVERIFY(mask() == complete);
    }

    void restore_ofWhatIsThere_isRefused()
    {
        paint(3);
        const auto again = restoreRevision(*m_store, m_id, 3, "eve");
        QVERIFY(!again.has_value());
        QCOMPARE(again.error().code, ErrorCode::InvalidArgument);
        const auto unknown = restoreRevision(*m_store, m_id, 99, "eve");
        QVERIFY(!unknown.has_value());
        QCOMPARE(unknown.error().code, ErrorCode::NotFound);
        QVERIFY(unknown.error().message.english().find("kidney") != std::string::npos);
        QCOMPARE(steps(), std::size_t(3));
    }

    void restore_thatFails_changesNothing()
    {
        paint(6);
        for (int i = 0; i < 2; ++i)
            QVERIFY(m_store->annotations().undo(m_id)->has_value());
        // Two redone steps, the way back and the restored state: each of these writes fails once.
        for (int writes = 0; writes < 4; ++writes) {
            m_store->failWriteAfter(writes, {ErrorCode::DiskFull, Sentence::verbatim("The disk is full.")});
            const auto failed = restoreRevision(*m_store, m_id, 1, "eve");
            QVERIFY(!failed.has_value());
            QCOMPARE(failed.error().code, ErrorCode::DiskFull);
            QVERIFY(mask() == m_masks[4]);
            QCOMPARE(steps(), std::size_t(6));
        }
        m_store->failWriteAfter(-1, {});
        QVERIFY(restoreRevision(*m_store, m_id, 1, "eve").has_value());
    }

private:
    void paint(int count)
    {
        for (int i = 0; i < count; ++i) {
            const LabelMask next = semigda::test::randomMask(m_random, Width, Height, {NotAnnotated, 1, 2});
            const MaskDelta delta = MaskDelta::between(m_masks.back(), next);
            QVERIFY(m_store->annotations().append(m_id, delta, {"Brush", "tester", false, ImageState::Partial}));
            m_masks.push_back(next);
        }
    }
    LabelMask mask() { return m_store->annotations().load(m_id)->mask; }
    std::size_t steps() { return m_store->annotations().history(m_id)->edits.size(); }

    std::unique_ptr<FakeProjectStore> m_store;
    ImageId m_id;
    std::vector<LabelMask> m_masks; ///< before the first and after each painted step
    semigda::test::Random m_random{7};
};

QTEST_APPLESS_MAIN(TestRevisions)
#include "tst_Revisions.moc"
