// SPDX-License-Identifier: Apache-2.0
#include "core/MaskDelta.h"

#include "support/Random.h"

#include <QtTest/QTest>

using namespace semigda::core;
using semigda::test::Random;
using semigda::test::randomMask;

class TestMaskDelta : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void between_recordsOnlyChangedPixels()
    {
        LabelMask before(100, 10, 0);
        LabelMask after = before;
        after.fillRow(60, 3, 10, 2);
        const MaskDelta delta = MaskDelta::between(before, after);
        QCOMPARE(delta.changedPixels(), std::size_t{10});
        QCOMPARE(delta.bounds(), (PixelRect{60, 3, 10, 1}));
        QVERIFY(MaskDelta::between(before, before).isEmpty());
        QVERIFY(MaskDelta::between(before, before).bounds().isEmpty());
    }
    void applyThenRevert_isTheIdentity()
    {
        Random random(1);
        for (int i = 0; i < 300; ++i) {
            const int width = random.between(1, 200);
            const int height = random.between(1, 150);
            const LabelMask before = randomMask(random, width, height, {NotAnnotated, 0, 1, 2});
            const LabelMask after = randomMask(random, width, height, {0, 1, 2});
            const MaskDelta delta = MaskDelta::between(before, after);
            LabelMask mask = before;
            delta.apply(mask);
            QCOMPARE(mask, after);
            delta.revert(mask);
            QCOMPARE(mask, before);
        }
    }
    /// What was filled or emptied holds no pixels, as if it had been read from the project.
    void wholeTiles_takeNoMemory()
    {
        Random random(3);
        for (int i = 0; i < 100; ++i) {
            const int width = random.between(60, 400);
            const int height = random.between(60, 300);
            const LabelMask before(width, height, NotAnnotated);
            LabelMask after = randomMask(random, width, height, {0, 1, 2});
            const MaskDelta delta = MaskDelta::between(before, after);
            after = LabelMask::fromPixels(width, height, after.toPixels());
            LabelMask mask = before;
            delta.apply(mask);
            QCOMPARE(mask, after);
            QCOMPARE(mask.memoryUse(), after.memoryUse());
            delta.revert(mask);
            QCOMPARE(mask, before);
        }
        LabelMask mask(200, 200, NotAnnotated);
        const MaskDelta delta = MaskDelta::between(mask, LabelMask(200, 200, 1));
        delta.apply(mask);
        QCOMPARE(mask.memoryUse(), LabelMask(200, 200, 1).memoryUse());
        delta.revert(mask);
        QCOMPARE(mask.memoryUse(), LabelMask(200, 200).memoryUse());
    }
    void bytes_roundTrip()
    {
        Random random(2);
        for (int i = 0; i < 200; ++i) {
            const int width = random.between(1, 300);
            const int height = random.between(1, 100);
            const MaskDelta delta = MaskDelta::between(randomMask(random, width, height, {NotAnnotated, 0, 1}),
                                                       randomMask(random, width, height, {0, 65534}));
            const auto read = MaskDelta::fromBytes(delta.toBytes());
            QVERIFY(read.has_value());
            QCOMPARE(*read, delta);
        }
        QCOMPARE(*MaskDelta::fromBytes(MaskDelta().toBytes()), MaskDelta());
    }
    void bytes_areCompactForAStroke()
    {
        LabelMask before(4000, 4000, NotAnnotated);
        LabelMask after = before;
        for (int y = 1000; y < 1100; ++y)
            after.fillRow(2000, y, 100, 1);
        QVERIFY(MaskDelta::between(before, after).toBytes().size() < 100 * 3 * 10);
    }
    /// Damaged bytes must be refused, or read as a delta that stays within its own size.
    void bytes_hostileOnesNeverEscape()
    {
        Random random(3);
        const LabelMask before = randomMask(random, 80, 60, {NotAnnotated, 0, 1});
        const LabelMask after = randomMask(random, 80, 60, {0, 1, 2});
        const std::vector<std::byte> good = MaskDelta::between(before, after).toBytes();
        int refused = 0;
        for (int i = 0; i < 20000; ++i) {
            std::vector<std::byte> bytes = good;
            const int changes = random.between(1, 4);
            for (int k = 0; k < changes; ++k) {
                const auto at = static_cast<std::size_t>(random.between(0, static_cast<int>(bytes.size()) - 1));
                bytes[at] = static_cast<std::byte>(random.between(0, 255));
            }
            if (i % 3 == 0)
                bytes.resize(static_cast<std::size_t>(random.between(0, static_cast<int>(bytes.size()))));
            if (i % 7 == 0)
                bytes.insert(bytes.end(), static_cast<std::size_t>(random.between(1, 20)), std::byte{0xFF});
            const auto read = MaskDelta::fromBytes(bytes);
            if (!read) {
                QCOMPARE(read.error().code, ErrorCode::CorruptFile);
                ++refused;
                continue;
            }
            for (const MaskDelta::Span &span : read->spans())
                QVERIFY(span.x >= 0 && span.count > 0 && span.x + span.count <= read->width() && span.y >= 0
                        && span.y < read->height());
            if (read->width() <= 4096 && read->height() <= 4096) {
                LabelMask mask(read->width(), read->height(), 0);
                read->apply(mask);
                read->revert(mask);
            }
        }
        QVERIFY(refused > 1000);
        for (int i = 0; i < 5000; ++i) {
            std::vector<std::byte> noise(static_cast<std::size_t>(random.between(0, 64)));
            for (std::byte &byte : noise)
                byte = static_cast<std::byte>(random.between(0, 255));
            QVERIFY(!MaskDelta::fromBytes(noise) || MaskDelta::fromBytes(noise)->isEmpty());
        }
    }
    void everyTruncation_isRefused()
    {
        LabelMask before(30, 30, 0);
        LabelMask after(30, 30, 1);
        const auto bytes = MaskDelta::between(before, after).toBytes();
        for (std::size_t size = 0; size < bytes.size(); ++size)
            QVERIFY(!MaskDelta::fromBytes(std::span(bytes).first(size)));
    }
};

QTEST_APPLESS_MAIN(TestMaskDelta)
#include "tst_MaskDelta.moc"
