// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ImageData.h"

#include <cstddef>
#include <stop_token>
#include <vector>

namespace semigda::core
{

/// How often the values of an image occur, in rescaled units. Bin i covers [low + i * binWidth, low + (i + 1) *
/// binWidth). Values of 8 and 16 bit have bins of their own; wider ranges are divided into MaxBins. Colour channels
/// are counted together, alpha and values that are no numbers not at all.
struct Histogram
{
    static constexpr std::size_t MaxBins = 65536;

    double low = 0.0; ///< where the first bin begins
    double binWidth = 1.0;
    std::vector<std::size_t> counts; ///< empty: there are no values
    std::size_t total = 0;

    bool isEmpty() const { return total == 0; }
    double high() const { return low + binWidth * static_cast<double>(counts.size()); }
    double smallest() const { return low + binWidth / 2.0; }
    double largest() const { return high() - binWidth / 2.0; }
    /// The smallest value that at least `percent` (0..100) of all values do not exceed, as the middle of its bin; 0
    /// when empty.
    double percentile(double percent) const;
    /// From one percentile to the other; never narrower than a bin. The default window when empty.
    ValueWindow windowBetween(double lowPercent, double highPercent) const;
};

/// Of the whole image; empty when stopped. Takes tens of milliseconds for many megapixels: not for the gui thread.
Histogram histogramOf(const ImageData &image, const std::stop_token &stop = {});

} // namespace semigda::core
