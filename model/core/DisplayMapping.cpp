// SPDX-License-Identifier: Apache-2.0
#include "core/DisplayMapping.h"

#include "core/ProcessorClones.h"
#include "core/Samples_p.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>

namespace semigda::core
{

namespace
{

using Pair = std::array<double, 2>;

std::size_t rankOf(double share, std::size_t count)
{
    return static_cast<std::size_t>(std::lround(share * static_cast<double>(count - 1)));
}

/// Samples of 16 bit are counted, which takes a quarter of the time of finding ranks among them.
template <typename Sample>
std::optional<Pair> countedPercentiles(const Sample *samples, std::size_t total, std::size_t step, const Pair &shares)
{
    constexpr int Lowest = std::numeric_limits<Sample>::lowest();
    std::vector<std::uint32_t> counts(std::size_t{1} << 16U);
    std::size_t taken = 0;
    for (std::size_t i = 0; i < total; i += step, ++taken) {
        ++counts[static_cast<std::size_t>(samples[i] - Lowest)];
    }
    if (taken == 0) {
        return std::nullopt;
    }
    Pair found{};
    for (std::size_t k = 0; k < shares.size(); ++k) {
        const std::size_t rank = rankOf(shares[k], taken);
        std::size_t value = 0;
        for (std::size_t below = counts[0]; below <= rank; below += counts[value]) {
            ++value;
        }
        found[k] = static_cast<double>(value) + Lowest;
    }
    return found;
}

/// The samples at these shares (0 to 1) of every step-th sample's order; nothing when none of them is a number.
template <typename Sample>
std::optional<Pair> percentilesOf(const Sample *samples, std::size_t total, std::size_t step, const Pair &shares)
{
    if constexpr (sizeof(Sample) == 2) {
        return countedPercentiles(samples, total, step, shares);
    } else {
        std::vector<float> values;
        values.reserve(total / step + 1);
        for (std::size_t i = 0; i < total; i += step) {
            const auto value = static_cast<float>(samples[i]);
            if (std::isfinite(value)) {
                values.push_back(value);
            }
        }
        if (values.empty()) {
            return std::nullopt;
        }
        Pair found{};
        for (std::size_t k = 0; k < shares.size(); ++k) {
            const auto at = values.begin() + static_cast<std::ptrdiff_t>(rankOf(shares[k], values.size()));
            std::nth_element(values.begin(), at, values.end());
            found[k] = static_cast<double>(*at);
        }
        return found;
    }
}

/// Without fused multiplications, so that every processor gives the same levels.
SEMIGDA_CLONES("avx2", "default")
void toLevels(const float *__restrict values, std::size_t count, float scale, float shift, std::uint8_t inversion,
              std::uint8_t *__restrict to)
{
    for (std::size_t i = 0; i < count; ++i) {
        const float level = values[i] * scale + shift;
        // What is not a number becomes black.
        const float positive = level > 0.0F ? level : 0.0F;
        const float limited = positive < 255.0F ? positive : 255.0F;
        to[i] = static_cast<std::uint8_t>(static_cast<std::int32_t>(limited + 0.5F)) ^ inversion;
    }
}

} // namespace

PixelRect PixelRect::united(const PixelRect &other) const
{
    if (isEmpty()) {
        return other;
    }
    if (other.isEmpty()) {
        return *this;
    }
    const int newLeft = std::min(left, other.left);
    const int newTop = std::min(top, other.top);
    return {newLeft, newTop, std::max(right(), other.right()) - newLeft, std::max(bottom(), other.bottom()) - newTop};
}

PixelRect PixelRect::intersected(const PixelRect &other) const
{
    const int newLeft = std::max(left, other.left);
    const int newTop = std::max(top, other.top);
    const PixelRect result{newLeft, newTop, std::min(right(), other.right()) - newLeft,
                           std::min(bottom(), other.bottom()) - newTop};
    return result.isEmpty() ? PixelRect{} : result;
}

ValueWindow defaultWindow(const ImageData &image, double low, double high)
{
    if (image.window) {
        return *image.window;
    }
    if (image.type == PixelType::UInt8) {
        return {image.slope * 127.5 + image.intercept, std::max(std::abs(image.slope) * 255.0, 1e-9)};
    }
    // A million samples fix a percentile well enough and bound the time for very large images.
    constexpr std::size_t MaxSamples = 1U << 20;
    const std::size_t total = image.sampleCount();
    const std::size_t step = std::max<std::size_t>(1, total / MaxSamples);
    const auto found = withSamples(image.type, image.bytes.data(), [&](const auto *samples) {
        return percentilesOf(samples, total, step, {low / 100.0, high / 100.0});
    });
    if (!found) {
        return {};
    }
    double bottom = image.slope * (*found)[0] + image.intercept;
    double top = image.slope * (*found)[1] + image.intercept;
    if (bottom > top) {
        std::swap(bottom, top);
    }
    return {(bottom + top) / 2.0, std::max(top - bottom, 1e-9)};
}

std::vector<std::uint8_t> toDisplay(const ImageData &image, const ValueWindow &window, const PixelRect &part, int step)
{
    const int outChannels = image.channels >= 3 ? 3 : 1;
    const int columns = (part.width + step - 1) / step;
    const int rows = (part.height + step - 1) / step;
    if (columns <= 0 || rows <= 0) {
        return {};
    }
    std::vector<std::uint8_t> out(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows)
                                  * static_cast<std::size_t>(outChannels));
    const double width = std::max(window.width, 1e-9);
    const double low = window.centre - width / 2.0;
    const auto scale = static_cast<float>(255.0 * image.slope / width);
    const auto shift = static_cast<float>(255.0 * (image.intercept - low) / width);
    const auto channels = static_cast<std::size_t>(image.channels);
    const auto rowSamples = static_cast<std::size_t>(columns) * static_cast<std::size_t>(outChannels);
    const auto inversion = static_cast<std::uint8_t>(image.isInverted ? 0xff : 0);
    // Gathered first: on numbers side by side the processor works on many at a time.
    std::vector<float> values(rowSamples);
    withSamples(image.type, image.bytes.data(), [&](const auto *samples) {
        std::uint8_t *to = out.data();
        for (int y = part.top; y < part.bottom(); y += step, to += rowSamples) {
            const auto *row = samples + static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) * channels;
            float *value = values.data();
            if (step == 1 && image.channels == outChannels) {
                const auto *first = row + static_cast<std::size_t>(part.left) * channels;
                std::transform(first, first + rowSamples, value,
                               [](auto sample) { return static_cast<float>(sample); });
            } else {
                for (int x = part.left; x < part.right(); x += step) {
                    const auto *pixel = row + static_cast<std::size_t>(x) * channels;
                    for (int c = 0; c < outChannels; ++c)
                        *value++ = static_cast<float>(pixel[c]);
                }
            }
            toLevels(values.data(), rowSamples, scale, shift, inversion, to);
        }
    });
    return out;
}

ImageData makeOverview(const ImageData &image, int longSide)
{
    int step = 1;
    while ((std::max(image.width, image.height) + step - 1) / step > std::max(longSide, 1))
        step *= 2;
    ImageData overview;
    overview.width = (image.width + step - 1) / step;
    overview.height = (image.height + step - 1) / step;
    overview.channels = image.channels;
    overview.type = image.type;
    overview.slope = image.slope;
    overview.intercept = image.intercept;
    overview.isInverted = image.isInverted;
    overview.window = defaultWindow(image);
    overview.geometry = image.geometry;
    overview.geometry.spacing[0] *= step;
    overview.geometry.spacing[1] *= step;
    const std::size_t pixelBytes = bytesPerSample(image.type) * static_cast<std::size_t>(image.channels);
    overview.bytes.resize(overview.sampleCount() * bytesPerSample(image.type));
    std::byte *to = overview.bytes.data();
    for (int y = 0; y < image.height; y += step) {
        const std::byte *from =
            image.bytes.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) * pixelBytes;
        for (int x = 0; x < image.width; x += step, to += pixelBytes)
            std::memcpy(to, from + static_cast<std::size_t>(x) * pixelBytes, pixelBytes);
    }
    return overview;
}

Thumbnail makeThumbnail(const ImageData &image, int longSide)
{
    Thumbnail thumbnail;
    if (image.isEmpty()) {
        return thumbnail;
    }
    const double factor = std::min(1.0, static_cast<double>(longSide) / std::max(image.width, image.height));
    thumbnail.width = std::max(1, static_cast<int>(std::lround(image.width * factor)));
    thumbnail.height = std::max(1, static_cast<int>(std::lround(image.height * factor)));
    // Averaging over at most 8 x 8 picks per target pixel is indistinguishable at this size and keeps
    // very large images cheap.
    const int step = std::max(1, static_cast<int>(1.0 / factor / 8.0));
    const std::vector<std::uint8_t> pixels =
        toDisplay(image, defaultWindow(image), {0, 0, image.width, image.height}, step);
    const int columns = (image.width + step - 1) / step;
    const int rows = (image.height + step - 1) / step;
    const int channels = image.channels >= 3 ? 3 : 1;
    thumbnail.rgb.resize(static_cast<std::size_t>(thumbnail.width) * static_cast<std::size_t>(thumbnail.height) * 3);
    for (int y = 0; y < thumbnail.height; ++y) {
        const int top = static_cast<int>(static_cast<std::int64_t>(y) * rows / thumbnail.height);
        const int bottom =
            std::max(top + 1, static_cast<int>(static_cast<std::int64_t>(y + 1) * rows / thumbnail.height));
        for (int x = 0; x < thumbnail.width; ++x) {
            const int left = static_cast<int>(static_cast<std::int64_t>(x) * columns / thumbnail.width);
            const int right =
                std::max(left + 1, static_cast<int>(static_cast<std::int64_t>(x + 1) * columns / thumbnail.width));
            unsigned sums[3] = {0, 0, 0};
            for (int v = top; v < bottom; ++v) {
                for (int u = left; u < right; ++u) {
                    const std::size_t from =
                        (static_cast<std::size_t>(v) * static_cast<std::size_t>(columns) + static_cast<std::size_t>(u))
                        * static_cast<std::size_t>(channels);
                    for (int c = 0; c < 3; ++c) {
                        sums[c] += pixels[from + static_cast<std::size_t>(channels == 3 ? c : 0)];
                    }
                }
            }
            const auto count = static_cast<unsigned>((bottom - top) * (right - left));
            const std::size_t to =
                (static_cast<std::size_t>(y) * static_cast<std::size_t>(thumbnail.width) + static_cast<std::size_t>(x))
                * 3;
            for (std::size_t c = 0; c < 3; ++c) {
                thumbnail.rgb[to + c] = static_cast<std::uint8_t>(sums[c] / count);
            }
        }
    }
    return thumbnail;
}

} // namespace semigda::core
