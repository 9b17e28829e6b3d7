// SPDX-License-Identifier: Apache-2.0
// Conversion of native pixels to 8 bit, for display and thumbnails only.
#pragma once

#include "core/ImageData.h"

#include <cstdint>
#include <vector>

namespace semigda::core
{

/// The window to start from: the file's own; the full range for 8-bit images; else the
/// `low`..`high` percentiles (0.1 and 99.9 by default) of the grey values.
ValueWindow defaultWindow(const ImageData &image, double low = 0.1, double high = 99.9);

/// A rectangle of pixels, half open: [left, left + width) x [top, top + height).
struct PixelRect
{
    int left = 0;
    int top = 0;
    int width = 0;
    int height = 0;

    bool isEmpty() const { return width <= 0 || height <= 0; }
    int right() const { return left + width; }
    int bottom() const { return top + height; }
    bool contains(int x, int y) const { return x >= left && y >= top && x < right() && y < bottom(); }
    PixelRect united(const PixelRect &other) const;
    PixelRect intersected(const PixelRect &other) const;
    bool operator==(const PixelRect &) const = default;
};

/// Windowed 8-bit grey (1 channel) or RGB (3 channels; alpha dropped) of `part`, reduced by taking every
/// `step`-th pixel. Row length is ceil(part.width / step) * channels, without padding. Inversion applied last.
std::vector<std::uint8_t> toDisplay(const ImageData &image, const ValueWindow &window, const PixelRect &part,
                                    int step = 1);

/// The image as it is seen from afar: every n-th pixel of every n-th row, n being the smallest power of two that makes
/// the longer side at most `longSide`. In native depth, with the default window of the whole image as its own.
ImageData makeOverview(const ImageData &image, int longSide = 1536);

/// A small RGB picture whose longer side is at most `longSide`, area averaged.
struct Thumbnail
{
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgb;

    bool operator==(const Thumbnail &) const = default;
};
Thumbnail makeThumbnail(const ImageData &image, int longSide = 96);

} // namespace semigda::core
