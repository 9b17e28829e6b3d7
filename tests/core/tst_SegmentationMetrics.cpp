// SPDX-License-Identifier: Apache-2.0
#include "core/SegmentationMetrics.h"

#include "support/Random.h"

#include <QtTest/QTest>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace semigda::core;
using semigda::test::Random;
using semigda::test::randomMask;

namespace
{

ImageGeometry spaced(double x, double y)
{
    ImageGeometry geometry;
    geometry.hasSpacing = true;
    geometry.spacing = {x, y, 1.0};
    return geometry;
}

LabelMask square(int left, int top, int side)
{
    LabelMask mask(100, 80, Background);
    for (int y = top; y < top + side; ++y)
        mask.fillRow(left, y, side, 1);
    return mask;
}

/// The definitions, written down without any cleverness.
ClassScore bruteForce(const LabelMask &predicted, const LabelMask &truth, double dx, double dy)
{
    struct Point
    {
        int x;
        int y;
    };
    ClassScore score;
    std::size_t both = 0;
    const auto counts = [&](const LabelMask &mask, int x, int y) {
        return x >= 0 && y >= 0 && x < truth.width() && y < truth.height() && truth.at(x, y) != NotAnnotated
               && mask.at(x, y) == 1;
    };
    std::vector<Point> surfaces[2];
    for (int y = 0; y < truth.height(); ++y)
        for (int x = 0; x < truth.width(); ++x) {
            score.predictedPixels += counts(predicted, x, y);
            score.truthPixels += counts(truth, x, y);
            both += counts(predicted, x, y) && counts(truth, x, y);
            int i = 0;
            for (const LabelMask *mask : {&predicted, &truth}) {
                const auto at = [&](int u, int v) { return counts(*mask, u, v); };
                if (at(x, y) && !(at(x - 1, y) && at(x + 1, y) && at(x, y - 1) && at(x, y + 1)))
                    surfaces[i].push_back({x, y});
                ++i;
            }
        }
    const auto sum = static_cast<double>(score.predictedPixels + score.truthPixels);
    score.dice = 2.0 * static_cast<double>(both) / sum;
    score.iou = static_cast<double>(both) / (sum - static_cast<double>(both));
    std::vector<double> distances;
    for (int side = 0; side < 2; ++side)
        for (const Point &p : surfaces[side]) {
            double nearest = 1e9;
            for (const Point &q : surfaces[1 - side])
                nearest = std::min(nearest, std::hypot((p.x - q.x) * dx, (p.y - q.y) * dy));
            distances.push_back(nearest);
        }
    std::sort(distances.begin(), distances.end());
    score.assd = std::accumulate(distances.begin(), distances.end(), 0.0) / static_cast<double>(distances.size());
    const double rank = 0.95 * static_cast<double>(distances.size() - 1);
    const auto low = static_cast<std::size_t>(rank);
    const std::size_t high = std::min(low + 1, distances.size() - 1);
    score.hd95 = distances[low] + (rank - static_cast<double>(low)) * (distances[high] - distances[low]);
    return score;
}

} // namespace

class TestSegmentationMetrics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void scores_matchBruteForce()
    {
        Random random(1);
        int compared = 0;
        for (int i = 0; i < 150; ++i) {
            const int width = random.between(2, 60);
            const int height = random.between(2, 50);
            const LabelMask predicted = randomMask(random, width, height, {0, 1, 2});
            const LabelMask truth = randomMask(random, width, height, {0, 1, 2, NotAnnotated});
            const double dx = 0.05 + random.unit() * 2.0;
            const double dy = 0.05 + random.unit() * 2.0;
            const ClassScore score = scoreClass(predicted, truth, 1, spaced(dx, dy));
            if (score.predictedPixels == 0 || score.truthPixels == 0)
                continue;
            const ClassScore expected = bruteForce(predicted, truth, dx, dy);
            QCOMPARE(score.predictedPixels, expected.predictedPixels);
            QCOMPARE(score.truthPixels, expected.truthPixels);
            QCOMPARE(score.dice, expected.dice);
            QCOMPARE(score.iou, expected.iou);
            QVERIFY(std::abs(*score.assd - *expected.assd) < 1e-9);
            QVERIFY(std::abs(*score.hd95 - *expected.hd95) < 1e-9);
            ++compared;
        }
        QVERIFY(compared > 80);
    }
    void ranks_correlate()
    {
        const auto correlation = [](const std::vector<double> &a, const std::vector<double> &b) {
            return rankCorrelation(a, b).value_or(9.0);
        };
        const std::vector<double> rising{1.0, 2.0, 30.0, 400.0};
        QCOMPARE(correlation(rising, {0.1, 0.2, 0.3, 0.4}), 1.0);
        QCOMPARE(correlation(rising, {4.0, 3.0, 2.0, 1.0}), -1.0);
        // 1 - 6 x 2 / (4 x 15), one pair of neighbours exchanged.
        QCOMPARE(correlation(rising, {1.0, 3.0, 2.0, 4.0}), 0.8);
        // Ranks 0, 1.5, 1.5, 3 against 0, 1, 2, 3: 4.5 / sqrt(4.5 x 5).
        QCOMPARE(correlation(rising, {1.0, 2.0, 2.0, 3.0}), 4.5 / std::sqrt(4.5 * 5.0));
        QVERIFY(!rankCorrelation({1.0, 2.0}, {1.0, 2.0}));
        QVERIFY(!rankCorrelation(rising, {5.0, 5.0, 5.0, 5.0}));
    }
    void identical_isPerfect()
    {
        const ClassScore score = scoreClass(square(10, 10, 20), square(10, 10, 20), 1, {});
        QCOMPARE(score.dice, 1.0);
        QCOMPARE(score.iou, 1.0);
        QCOMPARE(*score.hd95, 0.0);
        QCOMPARE(*score.assd, 0.0);
    }
    void distances_areInMillimetres()
    {
        LabelMask a(100, 80, Background);
        LabelMask b = a;
        a.fillRow(10, 10, 1, 1);
        b.fillRow(20, 34, 1, 1);
        QCOMPARE(*scoreClass(a, b, 1, {}).hd95, 26.0);
        QCOMPARE(*scoreClass(a, b, 1, spaced(0.5, 0.5)).assd, 13.0);
        QCOMPARE(*scoreClass(a, b, 1, spaced(2.4, 0.75)).hd95, 30.0);
    }
    void spacing_countsOnlyWhenKnown()
    {
        ImageGeometry unknown = spaced(9.0, 9.0);
        unknown.hasSpacing = false;
        QCOMPARE(*scoreClass(square(0, 0, 5), square(10, 0, 5), 1, unknown).assd,
                 *scoreClass(square(0, 0, 5), square(10, 0, 5), 1, {}).assd);
    }
    void empty_isDefined()
    {
        const LabelMask none(100, 80, Background);
        const ClassScore both = scoreClass(none, none, 1, {});
        QCOMPARE(both.dice, 1.0);
        QCOMPARE(both.iou, 1.0);
        QCOMPARE(*both.hd95, 0.0);
        for (const ClassScore &one :
             {scoreClass(none, square(1, 1, 3), 1, {}), scoreClass(square(1, 1, 3), none, 1, {})}) {
            QCOMPARE(one.dice, 0.0);
            QCOMPARE(one.iou, 0.0);
            QVERIFY(!one.hd95 && !one.assd);
        }
    }
    void notAnnotated_isIgnored()
    {
        LabelMask truth = square(10, 10, 20);
        for (int y = 0; y < 80; ++y)
            truth.fillRow(50, y, 50, NotAnnotated);
        LabelMask predicted = square(10, 10, 20);
        for (int y = 0; y < 80; ++y)
            predicted.fillRow(60, y, 30, 1);
        QCOMPARE(scoreClass(predicted, truth, 1, {}).dice, 1.0);
        QCOMPARE(*scoreClass(predicted, truth, 1, {}).hd95, 0.0);
    }
    void classes_areScoredEach()
    {
        LabelSet classes;
        QVERIFY(classes.add("a").has_value());
        QVERIFY(classes.add("b").has_value());
        LabelMask truth = square(10, 10, 10);
        truth.fillRow(0, 0, 10, 2);
        const auto scores = scoreClasses(square(10, 10, 10), truth, classes, {});
        QCOMPARE(scores.size(), std::size_t{2});
        QCOMPARE(scores[0].value, LabelValue{1});
        QCOMPARE(scores[0].dice, 1.0);
        QCOMPARE(scores[1].value, LabelValue{2});
        QCOMPARE(scores[1].dice, 0.0);
    }
    void bootstrap_bracketsTheMean()
    {
        Random random(2);
        std::vector<double> values;
        for (int i = 0; i < 60; ++i)
            values.push_back(0.7 + 0.2 * random.unit());
        const MeanInterval interval = bootstrapMean(values);
        const double mean = std::accumulate(values.begin(), values.end(), 0.0) / 60.0;
        QCOMPARE(interval.mean, mean);
        QCOMPARE(interval.count, std::size_t{60});
        // Uniform over 0.2: the mean's standard error is 0.2 / sqrt(12 * 60) = 0.0075.
        QVERIFY(interval.high - mean > 0.010 && interval.high - mean < 0.020);
        QVERIFY(mean - interval.low > 0.010 && mean - interval.low < 0.020);
        QCOMPARE(bootstrapMean(values).low, interval.low);
        QVERIFY(bootstrapMean(values, 0.95, 2000, 7).low != interval.low);
        QVERIFY(bootstrapMean(values, 0.5).low > interval.low);
    }
    void bootstrap_ofFewValues()
    {
        QCOMPARE(bootstrapMean({}).count, std::size_t{0});
        const MeanInterval one = bootstrapMean({0.5});
        QCOMPARE(one.low, 0.5);
        QCOMPARE(one.high, 0.5);
    }
    /// Evaluation goes over thousands of images.
    void speed_ofALargeImage()
    {
        Random random(3);
        const LabelMask a = randomMask(random, 1024, 1024, {0, 1});
        const LabelMask b = randomMask(random, 1024, 1024, {0, 1});
        QBENCHMARK_ONCE
        {
            static_cast<void>(scoreClass(a, b, 1, {}));
        }
    }
};

QTEST_APPLESS_MAIN(TestSegmentationMetrics)
#include "tst_SegmentationMetrics.moc"
