// SPDX-License-Identifier: Apache-2.0
#include "core/LabelMask.h"

#include "support/Random.h"

#include <QtTest/QTest>

#include <algorithm>
#include <array>
#include <atomic>
#include <thread>

using namespace semigda::core;
using semigda::test::Random;
using semigda::test::randomMask;

class TestLabelMask : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void new_isNotAnnotatedAndSmall()
    {
        const LabelMask mask(8192, 8192);
        QCOMPARE(mask.at(8191, 8191), NotAnnotated);
        QVERIFY2(mask.memoryUse() < (1U << 20), "an empty mask must not hold its pixels");
        LabelValue value = 0;
        QVERIFY(mask.isTileUniform(127, 127, &value));
        QCOMPARE(value, NotAnnotated);
    }
    void size_ofNothing()
    {
        QVERIFY(LabelMask().isEmpty());
        QVERIFY(LabelMask(0, 5).isEmpty());
        QVERIFY(LabelMask(-3, 5).isEmpty());
        QVERIFY(LabelMask(0, 5).toPixels().empty());
    }
    /// Against a plain array, over sizes with and without partial tiles.
    void rows_matchAPlainArray()
    {
        Random random(1);
        for (const auto &[width, height] : {std::pair(1, 1), {64, 64}, {65, 63}, {200, 130}, {7, 300}}) {
            LabelMask mask(width, height, 3);
            std::vector<LabelValue> plain(static_cast<std::size_t>(width * height), 3);
            for (int i = 0; i < 500; ++i) {
                const int x = random.between(0, width - 1);
                const int y = random.between(0, height - 1);
                const int count = random.between(0, width - x);
                const auto at = plain.begin() + y * width + x;
                if (i % 2 == 0) {
                    const auto value = static_cast<LabelValue>(random.between(0, 4));
                    mask.fillRow(x, y, count, value);
                    std::fill(at, at + count, value);
                } else {
                    std::vector<LabelValue> row;
                    for (int k = 0; k < count; ++k)
                        row.push_back(static_cast<LabelValue>(random.between(0, 65535)));
                    mask.writeRow(x, y, count, row.data());
                    std::copy(row.begin(), row.end(), at);
                }
            }
            QCOMPARE(mask.toPixels(), plain);
            QCOMPARE(LabelMask::fromPixels(width, height, plain), mask);
            for (int i = 0; i < 200; ++i) {
                const int x = random.between(0, width - 1);
                const int y = random.between(0, height - 1);
                QCOMPARE(mask.at(x, y), plain[static_cast<std::size_t>(y * width + x)]);
                std::vector<LabelValue> row(static_cast<std::size_t>(random.between(0, width - x)));
                mask.readRow(x, y, static_cast<int>(row.size()), row.data());
                QVERIFY(std::equal(row.begin(), row.end(), plain.begin() + y * width + x));
            }
        }
    }
    void copy_isIndependent()
    {
        Random random(2);
        LabelMask mask = randomMask(random, 150, 90, {0, 1, 2});
        const LabelMask copy = mask;
        const auto before = copy.toPixels();
        QCOMPARE(copy, mask);
        mask.fillRow(0, 40, 150, 9);
        QCOMPARE(copy.toPixels(), before);
        QVERIFY(!(copy == mask));
    }
    /// Rows of tiles that were never written stand in several places, in one mask and in its copies.
    void copies_areIndependentRowByRow()
    {
        LabelMask first(130, 200, 0);
        LabelMask second = first;
        first.fillRow(3, 70, 100, 1);
        LabelMask third = first;
        second.fillRow(0, 199, 130, 2);
        third.fillRow(3, 70, 50, 3);
        third.fillRow(64, 0, 1, 4);
        const auto expected = [](const std::vector<std::array<int, 4>> &fills) { // x, y, count, value
            std::vector<LabelValue> pixels(130 * 200, 0);
            for (const auto &[x, y, count, value] : fills)
                std::fill_n(pixels.begin() + y * 130 + x, count, static_cast<LabelValue>(value));
            return pixels;
        };
        QCOMPARE(first.toPixels(), expected({{3, 70, 100, 1}}));
        QCOMPARE(second.toPixels(), expected({{0, 199, 130, 2}}));
        QCOMPARE(third.toPixels(), expected({{3, 70, 100, 1}, {3, 70, 50, 3}, {64, 0, 1, 4}}));
    }
    void copy_isCheap()
    {
        std::vector<LabelValue> noise(1024 * 1024);
        for (std::size_t i = 0; i < noise.size(); ++i)
            noise[i] = static_cast<LabelValue>(i % 7);
        LabelMask mask = LabelMask::fromPixels(1024, 1024, noise);
        QBENCHMARK_ONCE
        {
            const LabelMask copy = mask;
            mask.fillRow(5, 5, 1, 3);
        }
    }
    void equality_ignoresPixelsOutside()
    {
        LabelMask filled(70, 70, 5);
        LabelMask written(70, 70, 0);
        for (int y = 0; y < 70; ++y)
            written.fillRow(0, y, 70, 5);
        QCOMPARE(written, filled);
        QVERIFY(!(LabelMask(70, 71, 5) == filled));
    }
    void fill_withTheSameValueStaysUniform()
    {
        LabelMask mask(100, 100, 0);
        mask.fillRow(0, 0, 100, 0);
        LabelValue value = 1;
        QVERIFY(mask.isTileUniform(0, 0, &value) && value == 0);
        mask.fillRow(0, 0, 1, 1);
        QVERIFY(!mask.isTileUniform(0, 0, nullptr));
        QVERIFY(mask.isTileUniform(1, 0, nullptr));
    }
    void fillTile_isOneValueWithoutMemory()
    {
        Random random(4);
        LabelMask mask = randomMask(random, 200, 100, {0, 1, 2});
        const LabelMask copy = mask;
        auto expected = mask.toPixels();
        const auto before = expected;
        mask.fillTile(1, 0, 7);
        mask.fillTile(3, 1, 8); // of the corner, 8 x 36
        for (int y = 0; y < 64; ++y)
            std::fill_n(expected.begin() + y * 200 + 64, 64, LabelValue{7});
        for (int y = 64; y < 100; ++y)
            std::fill_n(expected.begin() + y * 200 + 192, 8, LabelValue{8});
        QCOMPARE(mask.toPixels(), expected);
        QCOMPARE(copy.toPixels(), before);
        LabelValue value = 0;
        QVERIFY(mask.isTileUniform(1, 0, &value) && value == 7);
        QVERIFY(mask.isTileUniform(3, 1, &value) && value == 8);
    }
    void shrinkTile_changesNoPixel()
    {
        LabelMask mask(130, 70, 0);
        for (int y = 0; y < 70; ++y)
            mask.fillRow(0, y, 130, 5);
        mask.fillRow(127, 63, 1, 6); // the last pixel of its tile
        mask.fillRow(0, 69, 130, 7); // the last row
        const auto before = mask.toPixels();
        for (int tileY = 0; tileY < mask.tileRows(); ++tileY)
            for (int tileX = 0; tileX < mask.tileColumns(); ++tileX) {
                mask.shrinkTile(tileX, tileY);
                QCOMPARE(mask.isTileUniform(tileX, tileY, nullptr), tileX != 1 && tileY == 0);
            }
        QCOMPARE(mask.toPixels(), before);
    }
    void countValues_countsEveryPixel()
    {
        Random random(3);
        const LabelMask mask = randomMask(random, 133, 77, {NotAnnotated, 0, 1, 300});
        const auto pixels = mask.toPixels();
        std::size_t total = 0;
        LabelValue last = 0;
        for (const auto &[value, count] : countValues(mask)) {
            QCOMPARE(static_cast<std::size_t>(std::count(pixels.begin(), pixels.end(), value)), count);
            QVERIFY(total == 0 || value > last);
            last = value;
            total += count;
        }
        QCOMPARE(total, pixels.size());
    }
    void replaceValue_changesOnlyThat()
    {
        Random random(4);
        const LabelMask mask = randomMask(random, 90, 90, {NotAnnotated, 0, 1});
        auto expected = mask.toPixels();
        std::replace(expected.begin(), expected.end(), NotAnnotated, Background);
        QCOMPARE(replaceValue(mask, NotAnnotated, Background).toPixels(), expected);
    }
    /// What training does: reads copies on its thread while the interface paints the original.
    void copies_areReadableWhileTheOriginalIsWritten()
    {
        LabelMask mask(256, 256, 0);
        std::atomic<int> torn{0};
        std::vector<std::jthread> readers;
        for (int round = 1; round <= 200; ++round) {
            const auto value = static_cast<LabelValue>(round);
            for (int y = 0; y < 256; ++y)
                mask.fillRow(0, y, 256, value);
            readers.emplace_back([copy = mask, value, &torn] {
                const auto pixels = copy.toPixels();
                if (!std::all_of(pixels.begin(), pixels.end(), [&](LabelValue v) { return v == value; }))
                    ++torn;
            });
            if (readers.size() > 4)
                readers.erase(readers.begin());
        }
        readers.clear();
        QCOMPARE(torn.load(), 0);
    }
};

QTEST_APPLESS_MAIN(TestLabelMask)
#include "tst_LabelMask.moc"
