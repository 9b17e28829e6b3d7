// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/PixelRows_p.h"

#include "core/ProcessorClones.h"

namespace semigda::ui
{

namespace
{

template <int Channels>
void stretch(const std::uint8_t *source, int first, std::span<const SamplePlace> columns, std::uint16_t *out)
{
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::uint8_t *left = source + static_cast<std::ptrdiff_t>(columns[i].index - first) * Channels;
        for (int c = 0; c < Channels; ++c) {
            out[i + static_cast<std::size_t>(c) * columns.size()] =
                static_cast<std::uint16_t>(left[c] * (256U - columns[i].share) + left[c + Channels] * columns[i].share);
        }
    }
}

SEMIGDA_CLONES("avx2", "default")
void mixGrey(const std::uint16_t *__restrict upper, const std::uint16_t *__restrict lower, unsigned share,
             std::size_t columns, QRgb *__restrict out)
{
    const unsigned rest = 256 - share;
    for (std::size_t x = 0; x < columns; ++x) {
        const unsigned value = (upper[x] * rest + lower[x] * share + 0x8000U) >> 16;
        out[x] = 0xff000000U | value << 16 | value << 8 | value;
    }
}

SEMIGDA_CLONES("avx2", "default")
void mixColours(const std::uint16_t *__restrict upper, const std::uint16_t *__restrict lower, unsigned share,
                std::size_t columns, QRgb *__restrict out)
{
    const unsigned rest = 256 - share;
    for (std::size_t x = 0; x < columns; ++x) {
        const unsigned red = upper[x] * rest + lower[x] * share + 0x8000U;
        const unsigned green = upper[x + columns] * rest + lower[x + columns] * share + 0x8000U;
        const unsigned blue = upper[x + 2 * columns] * rest + lower[x + 2 * columns] * share + 0x8000U;
        out[x] = 0xff000000U | (red & 0xff0000U) | ((green >> 8) & 0x00ff00U) | blue >> 16;
    }
}

} // namespace

SEMIGDA_CLONES("avx2", "default")
void blendRow(QRgb *pixels, std::size_t count, QRgb above, unsigned share)
{
    for (std::size_t i = 0; i < count; ++i)
        pixels[i] = blend(pixels[i], above, share);
}

void stretchRow(const std::uint8_t *source, int first, int channels, std::span<const SamplePlace> columns,
                std::uint16_t *out)
{
    if (channels == 1)
        stretch<1>(source, first, columns, out);
    else
        stretch<3>(source, first, columns, out);
}

void mixRows(const std::uint16_t *upper, const std::uint16_t *lower, unsigned share, int channels, std::size_t columns,
             QRgb *out)
{
    if (channels == 1)
        mixGrey(upper, lower, share, columns, out);
    else
        mixColours(upper, lower, share, columns, out);
}

} // namespace semigda::ui
