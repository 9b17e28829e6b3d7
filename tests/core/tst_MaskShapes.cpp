// SPDX-License-Identifier: Apache-2.0
#include "core/MaskShapes.h"

#include "support/PixelSets.h"
#include "support/Random.h"

#include <QtTest/QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

using namespace semigda::core;
using semigda::test::Pixels;
using semigda::test::pixelsOf;
using semigda::test::Random;

namespace
{

double distanceToSegment(double x, double y, PointF a, PointF b)
{
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    const double length = dx * dx + dy * dy;
    const double t = length > 0 ? std::clamp(((x - a.x) * dx + (y - a.y) * dy) / length, 0.0, 1.0) : 0.0;
    return std::hypot(x - a.x - t * dx, y - a.y - t * dy);
}

} // namespace

class TestMaskShapes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void diameterOne_isThePixelLine()
    {
        QCOMPARE(pixelsOf(brushStroke({3.5, 4.5}, {3.5, 4.5}, 1)), (Pixels{{3, 4}}));
        const Pixels line = pixelsOf(brushStroke({0.5, 0.5}, {5.5, 2.5}, 1));
        QCOMPARE(line.size(), std::size_t{6});
        QVERIFY(line.contains({0, 0}) && line.contains({5, 2}));
        QCOMPARE(pixelsOf(brushStroke({-2.5, -3.5}, {-2.5, -3.5}, 1)), (Pixels{{-3, -4}}));
    }
    void brush_coversAtLeastOnePixel()
    {
        Random random(1);
        for (int i = 0; i < 500; ++i) {
            const PointF at{random.unit() * 20, random.unit() * 20};
            QVERIFY(!brushStroke(at, at, random.unit() * 3).empty());
        }
    }
    /// The round brush is the set of pixel centres within the radius of the segment.
    void roundBrush_matchesTheDistance()
    {
        Random random(2);
        for (int i = 0; i < 120; ++i) {
            const PointF a{random.unit() * 60, random.unit() * 60};
            const PointF b = i % 5 == 0 ? a : PointF{random.unit() * 60, random.unit() * 60};
            const double diameter = 2.5 + random.unit() * 20;
            const Pixels painted = pixelsOf(brushStroke(a, b, diameter));
            for (int y = -20; y < 85; ++y)
                for (int x = -20; x < 85; ++x) {
                    const double margin = distanceToSegment(x + 0.5, y + 0.5, a, b) - diameter / 2;
                    if (std::abs(margin) > 1e-6)
                        QCOMPARE(painted.contains({x, y}), margin < 0);
                }
        }
    }
    /// The square brush is the union of the squares along the segment.
    void squareBrush_matchesTheSweep()
    {
        Random random(3);
        for (int i = 0; i < 60; ++i) {
            const PointF a{random.unit() * 40, random.unit() * 40};
            const PointF b{random.unit() * 40, random.unit() * 40};
            const double radius = 1.5 + random.unit() * 6;
            const Pixels painted = pixelsOf(brushStroke(a, b, 2 * radius, BrushShape::Square));
            for (int y = -10; y < 55; ++y)
                for (int x = -10; x < 55; ++x) {
                    // The smallest Chebyshev distance along the segment, which is convex in t.
                    double low = 0;
                    double high = 1;
                    const auto distance = [&](double t) {
                        return std::max(std::abs(a.x + t * (b.x - a.x) - x - 0.5),
                                        std::abs(a.y + t * (b.y - a.y) - y - 0.5));
                    };
                    for (int k = 0; k < 100; ++k) {
                        const double p = low + (high - low) / 3;
                        const double q = high - (high - low) / 3;
                        (distance(p) < distance(q) ? high : low) = distance(p) < distance(q) ? q : p;
                    }
                    const double margin = distance(low) - radius;
                    if (std::abs(margin) > 1e-6)
                        QCOMPARE(painted.contains({x, y}), margin < 0);
                }
        }
    }
    void strokeRows_comeOnce()
    {
        const auto spans = brushStroke({5, 5}, {60, 31}, 9);
        std::set<int> rows;
        for (const auto &span : spans)
            QVERIFY2(rows.insert(span.y).second, "a convex shape has one span a row");
    }
    void polygon_matchesPointInPolygon()
    {
        Random random(4);
        for (int i = 0; i < 100; ++i) {
            std::vector<PointF> points;
            for (int k = random.between(3, 9); k > 0; --k)
                points.push_back({random.unit() * 50, random.unit() * 50});
            const Pixels inside = pixelsOf(polygonInterior(points));
            for (int y = -2; y < 53; ++y)
                for (int x = -2; x < 53; ++x) {
                    bool isInside = false;
                    for (std::size_t k = 0, j = points.size() - 1; k < points.size(); j = k++) {
                        const PointF &p = points[k];
                        const PointF &q = points[j];
                        if ((p.y > y + 0.5) != (q.y > y + 0.5)
                            && x + 0.5 < (q.x - p.x) * (y + 0.5 - p.y) / (q.y - p.y) + p.x)
                            isInside = !isInside;
                    }
                    QCOMPARE(inside.contains({x, y}), isInside);
                }
        }
    }
    void polygon_ofARectangle()
    {
        const auto spans = polygonInterior({{2, 3}, {6, 3}, {6, 5}, {2, 5}});
        QCOMPARE(pixelsOf(spans), (Pixels{{2, 3}, {3, 3}, {4, 3}, {5, 3}, {2, 4}, {3, 4}, {4, 4}, {5, 4}}));
        QVERIFY(polygonInterior({{1, 1}, {5, 5}}).empty());
        QVERIFY(polygonInterior({}).empty());
    }
    void rectangle_isBetweenItsCorners()
    {
        const Pixels wanted{{2, 3}, {3, 3}, {4, 3}, {2, 4}, {3, 4}, {4, 4}};
        for (const auto &[a, b] :
             {std::pair(PointF{2.2, 3.4}, PointF{4.9, 4.8}), std::pair(PointF{4.9, 4.8}, PointF{2.2, 3.4}),
              std::pair(PointF{2.2, 4.8}, PointF{4.9, 3.4})})
            QCOMPARE(pixelsOf(rectangleInterior(a, b)), wanted);
        QVERIFY(rectangleInterior({2, 2}, {2, 9}).empty());
    }
    void ellipse_matchesItsEquation()
    {
        Random random(9);
        for (int i = 0; i < 100; ++i) {
            const PointF a{random.unit() * 50, random.unit() * 50};
            const PointF b{random.unit() * 50, random.unit() * 50};
            const Pixels inside = pixelsOf(ellipseInterior(a, b));
            for (int y = -2; y < 53; ++y)
                for (int x = -2; x < 53; ++x) {
                    const double dx = (x + 0.5 - (a.x + b.x) / 2) / ((b.x - a.x) / 2);
                    const double dy = (y + 0.5 - (a.y + b.y) / 2) / ((b.y - a.y) / 2);
                    const double margin = dx * dx + dy * dy - 1.0;
                    if (std::abs(margin) > 1e-6)
                        QCOMPARE(inside.contains({x, y}), margin < 0);
                }
        }
        QVERIFY(ellipseInterior({2, 2}, {2, 2}).empty());
        QVERIFY(ellipseInterior({2, 2}, {9, 2}).empty());
    }
    void nonsense_isSurvived()
    {
        const double nan = std::numeric_limits<double>::quiet_NaN();
        const double far = 1e300;
        for (const PointF &a : {PointF{nan, 1}, PointF{far, far}, PointF{1, -far}, PointF{1, 1}}) {
            for (const PointF &b : {PointF{nan, nan}, PointF{3, 3}}) {
                QVERIFY(brushStroke(a, b, 5).size() < 10'000'000);
                QVERIFY(brushStroke(a, b, 1).size() < 10'000'000);
                QVERIFY(polygonInterior({a, b, {4, 4}}).size() < 10'000'000);
                QVERIFY(rectangleInterior(a, b).size() < 10'000'000);
                QVERIFY(ellipseInterior(a, b).size() < 10'000'000);
            }
        }
        QVERIFY(!brushStroke({1, 1}, {2, 2}, nan).empty());
    }
};

QTEST_APPLESS_MAIN(TestMaskShapes)
#include "tst_MaskShapes.moc"
