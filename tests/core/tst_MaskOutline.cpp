// SPDX-License-Identifier: Apache-2.0
#include "core/MaskOutline.h"

#include "support/Random.h"

#include <QtTest/QTest>

#include <algorithm>
#include <cmath>

using namespace semigda::core;
using semigda::test::Random;

namespace
{

/// Twice the area by the shoelace formula; positive for clockwise on the screen (y downwards).
double doubledArea(const Outline &outline)
{
    double sum = 0.0;
    for (std::size_t i = 0; i < outline.size(); ++i) {
        const PointF &a = outline[i];
        const PointF &b = outline[(i + 1) % outline.size()];
        sum += a.x * b.y - b.x * a.y;
    }
    return sum;
}

/// Even-odd filling of all outlines together.
LabelMask filled(const std::vector<Outline> &outlines, int width, int height, LabelValue value)
{
    LabelMask mask(width, height, Background);
    for (const Outline &outline : outlines) {
        for (const auto &span : polygonInterior(outline)) {
            for (int x = span.x; x < span.x + span.count; ++x)
                mask.fillRow(x, span.y, 1, mask.at(x, span.y) == value ? Background : value);
        }
    }
    return mask;
}

} // namespace

class TestMaskOutline : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onePixel_isASquare()
    {
        LabelMask mask(5, 4, Background);
        mask.fillRow(2, 1, 1, 7);
        const std::vector<Outline> outlines = outlinesOf(mask, 7);
        QCOMPARE(outlines.size(), std::size_t{1});
        QCOMPARE(outlines[0].size(), std::size_t{4});
        QCOMPARE(doubledArea(outlines[0]), 2.0);
        for (const PointF &corner : outlines[0]) {
            QVERIFY(corner.x == 2.0 || corner.x == 3.0);
            QVERIFY(corner.y == 1.0 || corner.y == 2.0);
        }
        QVERIFY(outlinesOf(mask, 8).empty());
        QVERIFY(outlinesOf(LabelMask(), 7).empty());
    }
    void straightEdges_haveCornersOnly()
    {
        const LabelMask whole(130, 70, 3);
        const std::vector<Outline> outlines = outlinesOf(whole, 3);
        QCOMPARE(outlines.size(), std::size_t{1});
        QCOMPARE(outlines[0].size(), std::size_t{4});
        QCOMPARE(doubledArea(outlines[0]), 2.0 * 130 * 70);
    }
    void holes_runTheOtherWay()
    {
        LabelMask mask(9, 9, Background);
        for (int y = 1; y < 8; ++y)
            mask.fillRow(1, y, 7, 1);
        mask.fillRow(3, 4, 2, Background);
        const std::vector<Outline> outlines = outlinesOf(mask, 1);
        QCOMPARE(outlines.size(), std::size_t{2});
        QCOMPARE(doubledArea(outlines[0]), 2.0 * 49);
        QCOMPARE(doubledArea(outlines[1]), -2.0 * 2);
    }
    void touchingCorners_areOneRegion()
    {
        LabelMask mask(4, 4, Background);
        mask.fillRow(1, 1, 1, 1);
        mask.fillRow(2, 2, 1, 1);
        QCOMPARE(outlinesOf(mask, 1).size(), std::size_t{1});
        mask.fillRow(2, 2, 1, Background);
        mask.fillRow(3, 2, 1, 1);
        QCOMPARE(outlinesOf(mask, 1).size(), std::size_t{2});
    }
    /// What is drawn is what was masked, whatever the shapes.
    void filling_givesTheMaskBack()
    {
        Random random(5);
        for (int round = 0; round < 200; ++round) {
            const int width = random.between(1, 150);
            const int height = random.between(1, 90);
            LabelMask mask = semigda::test::randomMask(random, width, height, {Background, 1, 2});
            for (int i = 0; i < 60; ++i)
                mask.fillRow(random.between(0, width - 1), random.between(0, height - 1), 1, random.next() % 2 ? 1 : 0);
            mask = replaceValue(mask, 2, Background);
            const std::vector<Outline> outlines = outlinesOf(mask, 1);
            QVERIFY(filled(outlines, width, height, 1) == mask);
            double area = 0.0;
            for (const Outline &outline : outlines)
                area += doubledArea(outline) / 2.0;
            std::size_t pixels = 0;
            for (const auto &[value, count] : countValues(mask))
                pixels += value == 1 ? count : 0;
            QCOMPARE(area, static_cast<double>(pixels));
        }
    }
};

QTEST_APPLESS_MAIN(TestMaskOutline)
#include "tst_MaskOutline.moc"
