// SPDX-License-Identifier: Apache-2.0
#include "core/Resample.h"

#include "core/DisplayMapping.h"
#include "core/Samples_p.h"

#include <algorithm>
#include <cmath>

namespace semigda::core
{

namespace
{

/// The source pixels and weights of each target pixel along one axis.
struct Taps
{
    struct Range
    {
        int first = 0;
        int count = 0;
        std::size_t weight = 0; ///< index of the first weight
    };
    std::vector<Range> ranges;
    std::vector<float> weights;
};

void addBilinear(Taps &taps, int i, int from, int to)
{
    const double centre = std::clamp((i + 0.5) * from / to - 0.5, 0.0, from - 1.0);
    const int first = std::min(static_cast<int>(centre), from - 1);
    const int count = first + 1 < from ? 2 : 1;
    const auto fraction = static_cast<float>(centre - first);
    taps.ranges.push_back({first, count, taps.weights.size()});
    taps.weights.push_back(count == 2 ? 1.0F - fraction : 1.0F);
    if (count == 2) {
        taps.weights.push_back(fraction);
    }
}

Taps bilinearTaps(int from, int to)
{
    Taps taps;
    for (int i = 0; i < to; ++i) {
        addBilinear(taps, i, from, to);
    }
    return taps;
}

/// Area averages when shrinking, bilinear when growing.
Taps makeTaps(int from, int to)
{
    if (to >= from) {
        return bilinearTaps(from, to);
    }
    Taps taps;
    taps.ranges.reserve(static_cast<std::size_t>(to));
    const double scale = static_cast<double>(from) / to;
    for (int i = 0; i < to; ++i) {
        Taps::Range range;
        range.weight = taps.weights.size();
        const double start = i * scale;
        const double end = std::min((i + 1) * scale, static_cast<double>(from));
        range.first = static_cast<int>(start);
        for (int s = range.first; s < from && s < end; ++s) {
            taps.weights.push_back(
                static_cast<float>((std::min(end, s + 1.0) - std::max(start, static_cast<double>(s))) / (end - start)));
            ++range.count;
        }
        taps.ranges.push_back(range);
    }
    return taps;
}

/// One output row of `to` values from a strided source row.
template <typename Sample> void resampleRow(const Sample *row, std::size_t stride, const Taps &taps, float *out)
{
    for (const Taps::Range &range : taps.ranges) {
        float sum = 0.0F;
        for (int k = 0; k < range.count; ++k) {
            sum += taps.weights[range.weight + static_cast<std::size_t>(k)]
                   * static_cast<float>(row[static_cast<std::size_t>(range.first + k) * stride]);
        }
        *out++ = sum;
    }
}

/// Separable resampling of one channel; rows are resampled once each.
template <typename Sample>
void resamplePlane(const Sample *samples, int width, int height, std::size_t stride, const Taps &horizontal,
                   const Taps &vertical, float *out)
{
    const std::size_t newWidth = horizontal.ranges.size();
    std::vector<float> rows(newWidth * static_cast<std::size_t>(height));
    for (int y = 0; y < height; ++y) {
        resampleRow(samples + static_cast<std::size_t>(y) * static_cast<std::size_t>(width) * stride, stride,
                    horizontal, rows.data() + static_cast<std::size_t>(y) * newWidth);
    }
    for (const Taps::Range &range : vertical.ranges) {
        std::fill(out, out + newWidth, 0.0F);
        for (int k = 0; k < range.count; ++k) {
            const float weight = vertical.weights[range.weight + static_cast<std::size_t>(k)];
            const float *row = rows.data() + static_cast<std::size_t>(range.first + k) * newWidth;
            for (std::size_t x = 0; x < newWidth; ++x) {
                out[x] += weight * row[x];
            }
        }
        out += newWidth;
    }
}

} // namespace

std::vector<float> toNetworkInput(const ImageData &image, int width, int height)
{
    const std::size_t plane = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    std::vector<float> out(plane * 3);
    if (image.isEmpty()) {
        return out;
    }
    const ValueWindow window = defaultWindow(image);
    const double windowWidth = std::max(window.width, 1e-9);
    const auto scale = static_cast<float>(2.0 * image.slope / windowWidth);
    const auto shift = static_cast<float>(2.0 * (image.intercept - window.centre) / windowWidth);
    const float sign = image.isInverted ? -1.0F : 1.0F;
    const Taps horizontal = makeTaps(image.width, width);
    const Taps vertical = makeTaps(image.height, height);
    const int read = image.channels >= 3 ? 3 : 1;
    withSamples(image.type, image.bytes.data(), [&](const auto *samples) {
        for (int c = 0; c < read; ++c) {
            float *to = out.data() + plane * static_cast<std::size_t>(c);
            resamplePlane(samples + c, image.width, image.height, static_cast<std::size_t>(image.channels), horizontal,
                          vertical, to);
            for (std::size_t i = 0; i < plane; ++i) {
                const float level = to[i] * scale + shift;
                to[i] = std::isfinite(level) ? sign * std::clamp(level, -1.0F, 1.0F) : -1.0F;
            }
        }
    });
    for (int c = read; c < 3; ++c) {
        std::copy(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(plane),
                  out.begin() + static_cast<std::ptrdiff_t>(plane) * c);
    }
    return out;
}

void stretchIntensities(std::vector<float> &planes, double share)
{
    if (planes.empty()) {
        return;
    }
    std::vector<float> sorted = planes;
    const auto valueAt = [&sorted](double fraction) {
        const auto rank = static_cast<std::ptrdiff_t>(std::lround(fraction * static_cast<double>(sorted.size() - 1)));
        std::nth_element(sorted.begin(), sorted.begin() + rank, sorted.end());
        return sorted[static_cast<std::size_t>(rank)];
    };
    const float low = valueAt(share);
    const float high = std::max(valueAt(1.0 - share), low);
    const float gain = std::min(2.0F / std::max(high - low, 1e-6F), MostStretch);
    for (float &value : planes) {
        value = std::clamp((value - low) * gain - 1.0F, -1.0F, 1.0F);
    }
}

LabelMask resizeNearest(const LabelMask &mask, int width, int height)
{
    if (mask.width() == width && mask.height() == height) {
        return mask;
    }
    std::vector<LabelValue> pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    std::vector<LabelValue> row(static_cast<std::size_t>(mask.width()));
    std::vector<int> columns(static_cast<std::size_t>(width));
    const auto nearest = [](int i, int to, int from) {
        return std::min(static_cast<int>((i + 0.5) * from / to), from - 1);
    };
    for (int x = 0; x < width; ++x) {
        columns[static_cast<std::size_t>(x)] = nearest(x, width, mask.width());
    }
    LabelValue *to = pixels.data();
    for (int y = 0; y < height; ++y) {
        mask.readRow(0, nearest(y, height, mask.height()), mask.width(), row.data());
        for (const int x : columns) {
            *to++ = row[static_cast<std::size_t>(x)];
        }
    }
    return LabelMask::fromPixels(width, height, pixels);
}

std::vector<float> resizeBilinear(const std::vector<float> &plane, int width, int height, int newWidth, int newHeight)
{
    if (width == newWidth && height == newHeight) {
        return plane;
    }
    std::vector<float> out(static_cast<std::size_t>(newWidth) * static_cast<std::size_t>(newHeight));
    resamplePlane(plane.data(), width, height, 1, bilinearTaps(width, newWidth), bilinearTaps(height, newHeight),
                  out.data());
    return out;
}

} // namespace semigda::core
