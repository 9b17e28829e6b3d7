// SPDX-License-Identifier: Apache-2.0
#include "core/Histogram.h"

#include "core/Samples_p.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

namespace semigda::core
{

namespace
{

/// Calls `take` with every sample that counts, row by row.
template <typename Sample, typename Take>
bool eachSample(const ImageData &image, const Sample *samples, const std::stop_token &stop, Take &&take)
{
    const auto channels = static_cast<std::size_t>(image.channels);
    const std::size_t counted = channels == 4 ? 3 : channels;
    const auto perRow = static_cast<std::size_t>(image.width) * channels;
    for (int y = 0; y < image.height; ++y) {
        if (stop.stop_requested()) {
            return false;
        }
        const Sample *row = samples + static_cast<std::size_t>(y) * perRow;
        for (std::size_t i = 0; i < perRow; i += channels) {
            for (std::size_t channel = 0; channel < counted; ++channel) {
                const Sample sample = row[i + channel];
                if constexpr (std::is_floating_point_v<Sample>) {
                    if (!std::isfinite(sample)) {
                        continue;
                    }
                }
                take(sample);
            }
        }
    }
    return true;
}

/// Of the stored samples; `low` and `binWidth` still in their units.
template <typename Sample>
Histogram countStored(const ImageData &image, const Sample *samples, const std::stop_token &stop)
{
    Sample least = std::numeric_limits<Sample>::max();
    Sample most = std::numeric_limits<Sample>::lowest();
    Histogram result;
    const bool isComplete = eachSample(image, samples, stop, [&](Sample sample) {
        least = std::min(least, sample);
        most = std::max(most, sample);
        ++result.total;
    });
    if (!isComplete || result.total == 0) {
        return {};
    }
    const double range = static_cast<double>(most) - static_cast<double>(least);
    if (std::is_integral_v<Sample> && range < static_cast<double>(Histogram::MaxBins)) {
        result.counts.resize(static_cast<std::size_t>(range) + 1);
        result.low = static_cast<double>(least) - 0.5;
        result.binWidth = 1.0;
    } else if (range > 0.0) {
        result.counts.resize(Histogram::MaxBins);
        result.low = static_cast<double>(least);
        result.binWidth = range / static_cast<double>(Histogram::MaxBins);
    } else {
        result.counts.resize(1);
        result.binWidth = std::max(std::abs(static_cast<double>(least)) * 1e-6, 1e-9);
        result.low = static_cast<double>(least) - result.binWidth / 2.0;
    }
    const double last = static_cast<double>(result.counts.size() - 1);
    const double scale = 1.0 / result.binWidth;
    const bool isCounted = eachSample(image, samples, stop, [&](Sample sample) {
        const double place = (static_cast<double>(sample) - result.low) * scale;
        ++result.counts[static_cast<std::size_t>(std::clamp(place, 0.0, last))];
    });
    return isCounted ? result : Histogram{};
}

} // namespace

double Histogram::percentile(double percent) const
{
    if (isEmpty()) {
        return 0.0;
    }
    const double wanted = std::clamp(percent, 0.0, 100.0) / 100.0 * static_cast<double>(total);
    double sum = 0.0;
    for (std::size_t bin = 0; bin < counts.size(); ++bin) {
        sum += static_cast<double>(counts[bin]);
        if (counts[bin] > 0 && sum >= wanted) {
            return low + (static_cast<double>(bin) + 0.5) * binWidth;
        }
    }
    return largest();
}

ValueWindow Histogram::windowBetween(double lowPercent, double highPercent) const
{
    if (isEmpty()) {
        return {};
    }
    const double bottom = percentile(lowPercent);
    const double top = percentile(highPercent);
    return {(bottom + top) / 2.0, std::max(top - bottom, binWidth)};
}

Histogram histogramOf(const ImageData &image, const std::stop_token &stop)
{
    if (image.isEmpty() || !(std::abs(image.slope) > 0.0)) {
        return {};
    }
    Histogram result = withSamples(image.type, image.bytes.data(),
                                   [&](const auto *samples) { return countStored(image, samples, stop); });
    if (result.isEmpty()) {
        return {};
    }
    const double first = image.slope * result.low + image.intercept;
    const double last = image.slope * result.high() + image.intercept;
    if (image.slope < 0.0) {
        std::reverse(result.counts.begin(), result.counts.end());
    }
    result.low = std::min(first, last);
    result.binWidth *= std::abs(image.slope);
    return result;
}

} // namespace semigda::core
