// SPDX-License-Identifier: Apache-2.0
#include "core/SegmentationMetrics.h"

#include "core/DistanceTransform.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace semigda::core
{

namespace
{

using Binary = std::vector<std::uint8_t>;

Binary surfaceOf(const Binary &region, int width, int height)
{
    Binary surface(region.size(), 0);
    const auto w = static_cast<std::size_t>(width);
    for (std::size_t y = 0; y < static_cast<std::size_t>(height); ++y) {
        for (std::size_t x = 0; x < w; ++x) {
            const std::size_t i = y * w + x;
            if (!region[i]) {
                continue;
            }
            const bool isInner = x > 0 && x + 1 < w && y > 0 && y + 1 < static_cast<std::size_t>(height)
                                 && region[i - 1] && region[i + 1] && region[i - w] && region[i + w];
            surface[i] = isInner ? 0 : 1;
        }
    }
    return surface;
}

void addDistances(const Binary &from, const std::vector<double> &field, std::vector<double> &distances)
{
    for (std::size_t i = 0; i < from.size(); ++i) {
        if (from[i]) {
            distances.push_back(std::sqrt(field[i]));
        }
    }
}

/// The window that holds both regions: distances between them need nothing outside it.
struct Crop
{
    int left = std::numeric_limits<int>::max();
    int top = std::numeric_limits<int>::max();
    int right = 0;
    int bottom = 0;
};

Binary cropped(const Binary &region, int width, const Crop &crop)
{
    Binary part;
    part.reserve(static_cast<std::size_t>(crop.right - crop.left) * static_cast<std::size_t>(crop.bottom - crop.top));
    for (int y = crop.top; y < crop.bottom; ++y) {
        const auto row = region.begin() + static_cast<std::ptrdiff_t>(y) * width;
        part.insert(part.end(), row + crop.left, row + crop.right);
    }
    return part;
}

/// From 0; equal values share the mean of their ranks.
std::vector<double> ranksOf(const std::vector<double> &values)
{
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    std::vector<double> ranks(values.size());
    for (std::size_t first = 0; first < order.size();) {
        std::size_t last = first;
        while (last + 1 < order.size() && values[order[last + 1]] == values[order[first]]) {
            ++last;
        }
        for (std::size_t i = first; i <= last; ++i) {
            ranks[order[i]] = static_cast<double>(first + last) / 2.0;
        }
        first = last + 1;
    }
    return ranks;
}

} // namespace

ClassScore scoreClass(const LabelMask &predicted, const LabelMask &truth, LabelValue value,
                      const ImageGeometry &geometry)
{
    ClassScore score;
    score.value = value;
    const int width = truth.width();
    const int height = truth.height();
    const std::vector<LabelValue> p = predicted.toPixels();
    const std::vector<LabelValue> t = truth.toPixels();
    Binary inPrediction(p.size());
    Binary inTruth(t.size());
    Crop crop;
    std::size_t both = 0;
    for (std::size_t i = 0; i < t.size() && i < p.size(); ++i) {
        const bool counts = t[i] != NotAnnotated;
        inPrediction[i] = counts && p[i] == value;
        inTruth[i] = counts && t[i] == value;
        score.predictedPixels += inPrediction[i];
        score.truthPixels += inTruth[i];
        both += inPrediction[i] & inTruth[i];
        if (inPrediction[i] | inTruth[i]) {
            const int x = static_cast<int>(i % static_cast<std::size_t>(width));
            const int y = static_cast<int>(i / static_cast<std::size_t>(width));
            crop.left = std::min(crop.left, x);
            crop.right = std::max(crop.right, x + 1);
            crop.top = std::min(crop.top, y);
            crop.bottom = std::max(crop.bottom, y + 1);
        }
    }
    const std::size_t sum = score.predictedPixels + score.truthPixels;
    if (sum == 0) {
        score.dice = 1.0;
        score.iou = 1.0;
        score.hd95 = 0.0;
        score.assd = 0.0;
        return score;
    }
    score.dice = 2.0 * static_cast<double>(both) / static_cast<double>(sum);
    score.iou = static_cast<double>(both) / static_cast<double>(sum - both);
    if (score.predictedPixels == 0 || score.truthPixels == 0) {
        return score;
    }
    // One pixel of margin keeps the crop's edge from passing for the region's surrounding.
    crop.left = std::max(crop.left - 1, 0);
    crop.top = std::max(crop.top - 1, 0);
    crop.right = std::min(crop.right + 1, width);
    crop.bottom = std::min(crop.bottom + 1, height);
    const int w = crop.right - crop.left;
    const int h = crop.bottom - crop.top;
    const double dx = geometry.hasSpacing ? geometry.spacing[0] : 1.0;
    const double dy = geometry.hasSpacing ? geometry.spacing[1] : 1.0;
    const Binary predictedSurface = surfaceOf(cropped(inPrediction, width, crop), w, h);
    const Binary truthSurface = surfaceOf(cropped(inTruth, width, crop), w, h);
    std::vector<double> distances;
    addDistances(predictedSurface, squaredDistances(truthSurface, w, h, dx, dy), distances);
    addDistances(truthSurface, squaredDistances(predictedSurface, w, h, dx, dy), distances);
    score.assd = std::accumulate(distances.begin(), distances.end(), 0.0) / static_cast<double>(distances.size());
    score.hd95 = percentileOf(distances, 0.95);
    return score;
}

std::vector<ClassScore> scoreClasses(const LabelMask &predicted, const LabelMask &truth, const LabelSet &classes,
                                     const ImageGeometry &geometry)
{
    std::vector<ClassScore> scores;
    scores.reserve(classes.size());
    for (const LabelClass &each : classes.classes()) {
        scores.push_back(scoreClass(predicted, truth, each.value, geometry));
    }
    return scores;
}

double percentileOf(std::vector<double> &values, double fraction)
{
    std::sort(values.begin(), values.end());
    const double rank = fraction * static_cast<double>(values.size() - 1);
    const auto low = static_cast<std::size_t>(rank);
    const std::size_t high = std::min(low + 1, values.size() - 1);
    return values[low] + (rank - static_cast<double>(low)) * (values[high] - values[low]);
}

std::optional<double> rankCorrelation(const std::vector<double> &a, const std::vector<double> &b)
{
    if (a.size() != b.size() || a.size() < 3) {
        return std::nullopt;
    }
    const std::vector<double> x = ranksOf(a);
    const std::vector<double> y = ranksOf(b);
    const double middle = (static_cast<double>(a.size()) - 1.0) / 2.0;
    double xy = 0.0;
    double xx = 0.0;
    double yy = 0.0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        xy += (x[i] - middle) * (y[i] - middle);
        xx += (x[i] - middle) * (x[i] - middle);
        yy += (y[i] - middle) * (y[i] - middle);
    }
    if (xx <= 0.0 || yy <= 0.0) {
        return std::nullopt;
    }
    return xy / std::sqrt(xx * yy);
}

MeanInterval bootstrapMean(const std::vector<double> &values, double confidence, int resamples, std::uint64_t seed)
{
    MeanInterval interval;
    interval.count = values.size();
    if (values.empty()) {
        return interval;
    }
    const auto count = static_cast<double>(values.size());
    interval.mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
    std::uint64_t state = seed;
    const auto next = [&state] {
        // splitmix64: the same numbers on every platform.
        std::uint64_t z = (state += 0x9E3779B97F4A7C15ULL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    };
    std::vector<double> means(static_cast<std::size_t>(std::max(resamples, 1)));
    for (double &mean : means) {
        double sum = 0.0;
        for (std::size_t i = 0; i < values.size(); ++i) {
            sum += values[next() % values.size()];
        }
        mean = sum / count;
    }
    const double tail = (1.0 - confidence) / 2.0;
    interval.low = percentileOf(means, tail);
    interval.high = percentileOf(means, 1.0 - tail);
    return interval;
}

} // namespace semigda::core
