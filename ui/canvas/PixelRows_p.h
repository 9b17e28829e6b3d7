// SPDX-License-Identifier: Apache-2.0
// What is done to rows of pixels while a frame is composed. Whole numbers only: every processor gives the same pixels.
#pragma once

#include <QRgb>

#include <cstddef>
#include <cstdint>
#include <span>

namespace semigda::ui
{

/// Between which two samples of a row or column a screen pixel lies: `share` of 256 of the one after `index`.
struct SamplePlace
{
    int index = 0;
    unsigned share = 0;
};

/// `share` of 256 of `above`. Opaque.
inline QRgb blend(QRgb below, QRgb above, unsigned share)
{
    const unsigned rest = 256 - share;
    const QRgb redBlue = ((below & 0xff00ffU) * rest + (above & 0xff00ffU) * share) >> 8;
    const QRgb green = ((below & 0x00ff00U) * rest + (above & 0x00ff00U) * share) >> 8;
    return 0xff000000U | (redBlue & 0xff00ffU) | (green & 0x00ff00U);
}

/// Blends one colour over `count` pixels.
void blendRow(QRgb *pixels, std::size_t count, QRgb above, unsigned share);

/// Brings a row of 8-bit samples, one or three per pixel, to the screen's columns. `source` begins with the pixel of
/// index `first` and holds one pixel more than the last place's. `out`: 8.8 fixed point, all values of the first
/// channel, then those of the next.
void stretchRow(const std::uint8_t *source, int first, int channels, std::span<const SamplePlace> columns,
                std::uint16_t *out);

/// Pixels between two stretched rows, `share` of 256 of the lower one, rounded to the nearest. Opaque.
void mixRows(const std::uint16_t *upper, const std::uint16_t *lower, unsigned share, int channels, std::size_t columns,
             QRgb *out);

} // namespace semigda::ui
