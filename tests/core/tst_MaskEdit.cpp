// SPDX-License-Identifier: Apache-2.0
#include "core/MaskEdit.h"
#include "core/MaskShapes.h"

#include "support/Random.h"

#include <QElapsedTimer>
#include <QtTest/QTest>

#include <algorithm>

using namespace semigda::core;
using semigda::test::Random;
using semigda::test::randomMask;

class TestMaskEdit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void paint_clipsToTheImage()
    {
        LabelMask mask(50, 40, 0);
        MaskEdit edit(mask);
        edit.paintSpan(-10, 5, 20, 1);
        edit.paintSpan(45, 6, 100, 1);
        edit.paintSpan(0, -1, 50, 1);
        edit.paintSpan(0, 40, 50, 1);
        edit.paintSpan(60, 7, 10, 1);
        edit.paintSpan(10, 8, -5, 1);
        const MaskDelta delta = edit.commit();
        QCOMPARE(delta.changedPixels(), std::size_t{15});
        QCOMPARE(delta.bounds(), (PixelRect{0, 5, 50, 2}));
    }
    void commit_recordsOnlyChangedPixels()
    {
        LabelMask mask(100, 100, 1);
        mask.fillRow(0, 10, 50, 2);
        MaskEdit edit(mask);
        edit.paintSpan(40, 10, 20, 2); // 10 of them are 2 already
        const MaskDelta delta = edit.commit();
        QCOMPARE(delta.changedPixels(), std::size_t{10});
        QCOMPARE(delta.spans().front().before, LabelValue{1});
        QCOMPARE(delta.spans().front().after, LabelValue{2});
    }
    /// Whatever tiles they cross: less to store and to undo.
    void wholeRows_areOneSpan()
    {
        LabelMask mask(300, 200, NotAnnotated);
        mask.fillRow(0, 150, 300, 1);
        const LabelMask before = mask;
        MaskEdit edit(mask);
        for (int y = 0; y < 200; ++y)
            edit.paintSpan(0, y, 300, 2);
        const MaskDelta delta = edit.commit();
        QCOMPARE(delta.spans().size(), std::size_t{200});
        QCOMPARE(delta.spans()[150], (MaskDelta::Span{0, 150, 300, 1, 2}));
        QCOMPARE(MaskDelta::between(before, mask), delta);
    }
    void commit_ofPaintAndBackIsEmpty()
    {
        LabelMask mask(100, 100, 0);
        MaskEdit edit(mask);
        edit.paintSpan(0, 0, 100, 1);
        edit.paintSpan(0, 0, 100, 0);
        QVERIFY(edit.commit().isEmpty());
    }
    void destruction_putsEverythingBack()
    {
        Random random(1);
        LabelMask mask = randomMask(random, 200, 200, {0, 1, NotAnnotated});
        const auto before = mask.toPixels();
        {
            MaskEdit edit(mask);
            edit.paint(brushStroke({10, 10}, {190, 190}, 30), 2);
            QVERIFY(mask.toPixels() != before);
        }
        QCOMPARE(mask.toPixels(), before);
    }
    void revert_closesTheEdit()
    {
        LabelMask mask(64, 64, 0);
        MaskEdit edit(mask);
        edit.paintSpan(0, 0, 64, 1);
        edit.revert();
        edit.paintSpan(0, 0, 64, 1);
        QVERIFY(edit.commit().isEmpty());
        QCOMPARE(mask, LabelMask(64, 64, 0));
    }
    void locks_protectOtherClasses()
    {
        LabelSet classes;
        QVERIFY(classes.add("a").has_value());
        QVERIFY(classes.add("b").has_value());
        QVERIFY(classes.add("c").has_value());
        LabelClass unlocked = *classes.find(3);
        unlocked.locked = false;
        QVERIFY(classes.replace(unlocked).has_value());
        LabelMask mask(40, 1, Background);
        mask.fillRow(10, 0, 10, 2);
        mask.fillRow(20, 0, 10, 3);
        mask.fillRow(30, 0, 10, NotAnnotated);
        MaskEdit edit(mask, OverpaintRule::fromLocks(classes, 1));
        edit.paintSpan(0, 0, 40, 1);
        QCOMPARE(edit.commit().changedPixels(), std::size_t{30});
        QCOMPARE(mask.at(15, 0), LabelValue{2});
        QCOMPARE(mask.at(25, 0), LabelValue{1});
        QCOMPARE(mask.at(35, 0), LabelValue{1});
    }
    void takeDirty_reportsOncePerChange()
    {
        LabelMask mask(300, 300, 0);
        MaskEdit edit(mask);
        QVERIFY(edit.takeDirty().isEmpty());
        edit.paintSpan(100, 20, 100, 1);
        edit.paintSpan(90, 22, 5, 1);
        QCOMPARE(edit.takeDirty(), (PixelRect{90, 20, 110, 3}));
        edit.paintSpan(100, 20, 100, 1);
        QVERIFY(edit.takeDirty().isEmpty());
    }
    void copiesTakenBefore_stayAsTheyWere()
    {
        Random random(5);
        LabelMask mask = randomMask(random, 130, 130, {0, 1});
        const LabelMask copy = mask;
        const auto before = copy.toPixels();
        MaskEdit edit(mask);
        edit.paint(brushStroke({0, 0}, {129, 129}, 40), 7);
        const LabelMask during = mask;
        edit.paint(brushStroke({0, 129}, {129, 0}, 40), 8);
        static_cast<void>(edit.commit());
        const auto shown = during.toPixels();
        QVERIFY(std::count(shown.begin(), shown.end(), 7) > 0);
        QCOMPARE(std::count(shown.begin(), shown.end(), 8), 0);
        QCOMPARE(copy.toPixels(), before);
    }
    void change_madeElsewhereTakesThePlaceOfWhatWasPainted()
    {
        Random random(11);
        const LabelMask start = randomMask(random, 200, 150, {0, 1, NotAnnotated});
        LabelMask mask = start;
        OverpaintRule rule;
        rule.protectedValues = {1};
        const auto change = std::make_shared<const MaskChange>(changeOf(start, rule, [](MaskEdit &edit) {
            edit.paint(brushStroke({20, 20}, {120, 90}, 30), 5);
        }));
        QCOMPARE(MaskDelta::between(start, change->mask), change->delta);
        MaskEdit edit(mask);
        edit.paintSpan(150, 140, 40, 7);
        static_cast<void>(edit.takeDirty());
        edit.replace(change);
        QCOMPARE(mask, change->mask);
        const PixelRect dirty = edit.takeDirty();
        QCOMPARE(dirty.united(change->delta.bounds()), dirty);
        QCOMPARE(dirty.united({150, 140, 40, 1}), dirty); // what was painted is gone and must be drawn anew too
        QCOMPARE(edit.commit(), change->delta);
        QCOMPARE(mask, change->mask);
    }
    void change_canBeFollowedByAnotherOrTakenBack()
    {
        Random random(12);
        const LabelMask start = randomMask(random, 100, 100, {0, 1});
        LabelMask mask = start;
        const auto made = [&start](LabelValue value, double size) {
            return std::make_shared<const MaskChange>(changeOf(start, {}, [&](MaskEdit &edit) {
                edit.paint(brushStroke({50, 50}, {50, 50}, size), value);
            }));
        };
        {
            MaskEdit edit(mask);
            edit.replace(made(4, 90));
            edit.replace(made(6, 10));
            QCOMPARE(mask, made(6, 10)->mask);
            edit.paintSpan(0, 0, 3, 9); // and painted on
            const MaskDelta delta = edit.commit();
            QCOMPARE(delta, MaskDelta::between(start, mask));
            delta.revert(mask);
        }
        QCOMPARE(mask, start);
        {
            MaskEdit edit(mask);
            edit.replace(made(4, 90));
        }
        QCOMPARE(mask, start);
        MaskEdit edit(mask);
        edit.replace(std::make_shared<const MaskChange>(changeOf(LabelMask(9, 9), {}, [](MaskEdit &) {})));
        QVERIFY(edit.commit().isEmpty());
        QCOMPARE(mask, start);
    }
    void commit_letsFilledTilesGoOfTheirPixels()
    {
        LabelMask mask(300, 300, NotAnnotated);
        MaskEdit edit(mask);
        for (int y = 10; y < 290; ++y)
            edit.paintSpan(10, y, 280, 1);
        const MaskDelta delta = edit.commit();
        QCOMPARE(delta.changedPixels(), std::size_t{280 * 280});
        const LabelMask small = LabelMask::fromPixels(300, 300, mask.toPixels());
        QCOMPARE(mask, small);
        QCOMPARE(mask.memoryUse(), small.memoryUse());
    }
    /// The heart of undo: 10,000 random edits, each done, undone and redone, then all undone, pixel by pixel.
    void manyEdits_doUndoRedoExactly()
    {
        Random random(6);
        const int width = 190;
        const int height = 150;
        LabelMask mask(width, height, NotAnnotated);
        std::vector<LabelValue> plain = mask.toPixels();
        std::vector<MaskDelta> done;
        for (int i = 0; i < 10000; ++i) {
            const auto value = random.between(0, 5) == 0 ? NotAnnotated : static_cast<LabelValue>(random.between(0, 4));
            const auto kept = static_cast<LabelValue>(random.between(1, 4));
            OverpaintRule rule;
            if (i % 4 == 0)
                rule.protectedValues = {kept};
            const PointF from{random.unit() * 230 - 20, random.unit() * 190 - 20};
            const PointF to{from.x + random.unit() * 60 - 30, from.y + random.unit() * 60 - 30};
            const auto spans =
                brushStroke(from, to, 1 + random.unit() * 25, i % 2 == 0 ? BrushShape::Round : BrushShape::Square);
            const std::vector<LabelValue> before = plain;
            for (const auto &span : spans)
                for (int x = std::max(span.x, 0); x < std::min(span.x + span.count, width); ++x)
                    if (span.y >= 0 && span.y < height) {
                        LabelValue &pixel = plain[static_cast<std::size_t>(span.y * width + x)];
                        pixel = rule.allows(pixel) ? value : pixel;
                    }
            MaskDelta delta;
            {
                MaskEdit edit(mask, rule);
                edit.paint(spans, value);
                if (i % 10 == 9) {
                    plain = before; // dropped without commit
                } else {
                    delta = edit.commit();
                }
            }
            if (i % 10 == 9) {
                QVERIFY(mask.toPixels() == plain);
                continue;
            }
            QVERIFY(mask.toPixels() == plain);
            delta.revert(mask);
            QVERIFY(mask.toPixels() == before);
            delta.apply(mask);
            QVERIFY(mask.toPixels() == plain);
            done.push_back(std::move(delta));
        }
        const LabelMask end = mask;
        for (auto delta = done.rbegin(); delta != done.rend(); ++delta)
            delta->revert(mask);
        QCOMPARE(mask, LabelMask(width, height, NotAnnotated));
        for (const MaskDelta &delta : done)
            MaskDelta::fromBytes(delta.toBytes())->apply(mask);
        QCOMPARE(mask, end);
    }
    /// A stroke costs by its own area: on an image 256 times as large it may not take much longer.
    void cost_doesNotGrowWithTheImage()
    {
        const auto fastestStroke = [](int side) {
            std::vector<LabelValue> noise(static_cast<std::size_t>(side) * static_cast<std::size_t>(side));
            for (std::size_t i = 0; i < noise.size(); ++i)
                noise[i] = static_cast<LabelValue>(i % 5);
            LabelMask mask = LabelMask::fromPixels(side, side, noise);
            qint64 best = std::numeric_limits<qint64>::max();
            for (int i = 0; i < 60; ++i) {
                QElapsedTimer timer;
                timer.start();
                {
                    MaskEdit edit(mask);
                    edit.paint(brushStroke({100, 100}, {150, 150}, 20), static_cast<LabelValue>(i));
                    static_cast<void>(edit.commit());
                }
                best = std::min(best, timer.nsecsElapsed());
            }
            return best;
        };
        const qint64 small = fastestStroke(256);
        const qint64 large = fastestStroke(4096);
        QVERIFY2(large < 4 * small + 100000, qPrintable(QStringLiteral("%1 ns, %2 ns").arg(small).arg(large)));
    }
};

QTEST_APPLESS_MAIN(TestMaskEdit)
#include "tst_MaskEdit.moc"
