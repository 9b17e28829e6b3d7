// SPDX-License-Identifier: Apache-2.0
#include "core/ValueRange.h"

#include "core/Samples_p.h"

#include <algorithm>
#include <cstddef>

namespace semigda::core
{

namespace
{

constexpr double RedShare = 0.299;
constexpr double GreenShare = 0.587;
constexpr double BlueShare = 0.114;

template <typename Sample> double greyOf(const Sample *pixel, int channels)
{
    return channels < 3 ? static_cast<double>(pixel[0])
                        : RedShare * static_cast<double>(pixel[0]) + GreenShare * static_cast<double>(pixel[1])
                              + BlueShare * static_cast<double>(pixel[2]);
}

} // namespace

std::vector<MaskEdit::RowSpan> spansWithin(const ImageData &image, const std::vector<MaskEdit::RowSpan> &spans,
                                           const ValueRange &range)
{
    std::vector<MaskEdit::RowSpan> within;
    withSamples(image.type, image.bytes.data(), [&](const auto *samples) {
        for (const MaskEdit::RowSpan &span : spans) {
            if (span.y < 0 || span.y >= image.height) {
                continue;
            }
            const int left = std::max(span.x, 0);
            const int right = std::min(span.x + span.count, image.width);
            const auto *row = samples
                              + static_cast<std::size_t>(span.y) * static_cast<std::size_t>(image.width)
                                    * static_cast<std::size_t>(image.channels);
            int begin = -1;
            for (int x = left; x <= right; ++x) {
                bool isWithin = false;
                if (x < right) {
                    const double value =
                        image.slope
                            * greyOf(row + static_cast<std::size_t>(x) * static_cast<std::size_t>(image.channels),
                                     image.channels)
                        + image.intercept;
                    isWithin = value >= range.low && value <= range.high;
                }
                if (isWithin && begin < 0) {
                    begin = x;
                } else if (!isWithin && begin >= 0) {
                    within.push_back({span.y, begin, x - begin});
                    begin = -1;
                }
            }
        }
    });
    return within;
}

} // namespace semigda::core
