// SPDX-License-Identifier: Apache-2.0
#include "core/MaskPieces.h"

#include "support/PixelSets.h"
#include "support/Random.h"

#include <QtTest/QTest>

#include <algorithm>
#include <set>

using namespace semigda::core;
using semigda::test::Pixels;
using semigda::test::pixelsOf;
using semigda::test::Random;
using semigda::test::randomMask;

namespace
{

/// All pixels that can be reached from one over those for which `isIn` holds; `reach` 4 or 8 neighbours.
template <typename IsIn> Pixels spread(const LabelMask &mask, std::pair<int, int> from, int reach, const IsIn &isIn)
{
    Pixels found;
    std::vector<std::pair<int, int>> open{from};
    while (!open.empty()) {
        const auto [x, y] = open.back();
        open.pop_back();
        if (!mask.rect().contains(x, y) || !isIn(mask.at(x, y)) || !found.emplace(x, y).second)
            continue;
        for (int dy = -1; dy <= 1; ++dy)
            for (int dx = -1; dx <= 1; ++dx)
                if (reach == 8 || dx == 0 || dy == 0)
                    open.emplace_back(x + dx, y + dy);
    }
    return found;
}

/// A mask with some of everything: blocks, lines, single pixels.
LabelMask busyMask(Random &random)
{
    LabelMask mask = randomMask(random, random.between(1, 150), random.between(1, 90), {0, 1, 2, NotAnnotated});
    for (int i = 0; i < 60; ++i)
        mask.fillRow(random.between(0, mask.width() - 1), random.between(0, mask.height() - 1), 1,
                     static_cast<LabelValue>(random.between(0, 2)));
    return mask;
}

} // namespace

class TestMaskPieces : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bounds_areTheSmallest()
    {
        Random random(1);
        for (int i = 0; i < 100; ++i) {
            const LabelMask mask = busyMask(random);
            int left = mask.width();
            int top = mask.height();
            int right = 0;
            int bottom = 0;
            for (int y = 0; y < mask.height(); ++y)
                for (int x = 0; x < mask.width(); ++x)
                    if (mask.at(x, y) == 2) {
                        left = std::min(left, x);
                        right = std::max(right, x + 1);
                        top = std::min(top, y);
                        bottom = std::max(bottom, y + 1);
                    }
            const PixelRect found = boundsOf(mask, 2);
            if (right == 0)
                QVERIFY(found.isEmpty());
            else
                QCOMPARE(found, (PixelRect{left, top, right - left, bottom - top}));
        }
        QVERIFY(boundsOf(LabelMask(300, 300, 0), 1).isEmpty());
        QCOMPARE(boundsOf(LabelMask(300, 200, 1), 1), (PixelRect{0, 0, 300, 200}));
    }
    /// A hole is what cannot leave the image without crossing the class.
    void holes_cannotLeave()
    {
        Random random(2);
        std::size_t all = 0;
        for (int i = 0; i < 100; ++i) {
            LabelMask mask = busyMask(random);
            // A frame, so that there are holes.
            const int side = std::min(mask.width(), mask.height()) / 2;
            for (int k = 0; k < side; ++k) {
                mask.fillRow(0, k, 1, 1);
                mask.fillRow(side - 1, k, 1, 1);
            }
            mask.fillRow(0, 0, side, 1);
            mask.fillRow(0, std::max(side - 1, 0), side, 1);
            const auto isOther = [](LabelValue value) { return value != 1; };
            Pixels wanted;
            Pixels seen;
            for (int y = 0; y < mask.height(); ++y)
                for (int x = 0; x < mask.width(); ++x) {
                    if (mask.at(x, y) == 1 || seen.contains({x, y}))
                        continue;
                    const Pixels piece = spread(mask, {x, y}, 4, isOther);
                    seen.insert(piece.begin(), piece.end());
                    const bool leaves = std::any_of(piece.begin(), piece.end(), [&](const auto &pixel) {
                        return pixel.first == 0 || pixel.second == 0 || pixel.first == mask.width() - 1
                               || pixel.second == mask.height() - 1;
                    });
                    if (!leaves)
                        wanted.insert(piece.begin(), piece.end());
                }
            QCOMPARE(pixelsOf(holesOf(mask, 1)), wanted);
            all += wanted.size();
        }
        QVERIFY(all > 1000);
        QVERIFY(holesOf(LabelMask(20, 20, 0), 1).empty());
    }
    void pieces_goBySize()
    {
        Random random(3);
        for (int i = 0; i < 100; ++i) {
            const LabelMask mask = busyMask(random);
            std::vector<Pixels> pieces; // in reading order
            Pixels seen;
            for (int y = 0; y < mask.height(); ++y)
                for (int x = 0; x < mask.width(); ++x) {
                    if (mask.at(x, y) != 1 || seen.contains({x, y}))
                        continue;
                    pieces.push_back(spread(mask, {x, y}, 8, [](LabelValue value) { return value == 1; }));
                    seen.insert(pieces.back().begin(), pieces.back().end());
                }
            const auto least = static_cast<std::size_t>(random.between(0, 40));
            Pixels small;
            Pixels rest;
            const auto largest = std::max_element(pieces.begin(), pieces.end(),
                                                  [](const Pixels &a, const Pixels &b) { return a.size() < b.size(); });
            for (auto piece = pieces.begin(); piece != pieces.end(); ++piece) {
                if (piece->size() < least)
                    small.insert(piece->begin(), piece->end());
                if (piece != largest)
                    rest.insert(piece->begin(), piece->end());
            }
            QCOMPARE(pixelsOf(smallPiecesOf(mask, 1, least)), small);
            QCOMPARE(pixelsOf(allButLargestPieceOf(mask, 1)), rest);
        }
    }
};

QTEST_APPLESS_MAIN(TestMaskPieces)
#include "tst_MaskPieces.moc"
