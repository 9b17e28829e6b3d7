// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ImageData.h"
#include "core/MaskEdit.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace semigda::core
{

/// Superpixels of an image: pieces of about one size whose borders follow the image's edges. As in SLIC (R. Achanta et
/// al., "SLIC Superpixels Compared to State-of-the-Art Superpixel Methods", IEEE TPAMI 2012) one seed stands in every
/// cell of a grid, moved to where the image changes least; as in structure-sensitive superpixels (P. Wang et al., IJCV
/// 2013) a pixel belongs to the seed with the cheapest way to it, where a step costs more the more the values change.
/// On a tie the seed first in reading order has it. Ways lead over sides and corners of pixels, so every superpixel is
/// one piece (8-connected) around its seed.
///
/// No pixel's superpixel depends on anything but image, contrast and side. Costs are whole numbers with an upper limit
/// for each step, so that a part of the image can be worked out alone, from its surroundings, and comes out the same;
/// how far these reach depends on the side, not on the image's size. Immutable; any thread.
class Superpixels
{
public:
    /// Of the grid's cells, in pixels.
    static constexpr int MinSide = 4;
    static constexpr int MaxSide = 128;

    /// `contrast`: in rescaled values, what counts as the whole contrast. `side` is clamped. The image must not be
    /// empty.
    Superpixels(std::shared_ptr<const ImageData> image, const ValueWindow &contrast, int side);

    int side() const { return m_side; }
    const ImageData &image() const { return *m_image; }

    /// The image is worked out in tiles of some cells each, counted in reading order. Unchecked: within the image.
    int tileAt(int x, int y) const;
    int tileCount() const;
    PixelRect tileRect(int tile) const;
    /// For each pixel of a tile, row by row, its superpixel: the place of its cell in reading order.
    std::vector<std::int32_t> labelsOf(int tile) const;

    /// What the pixels' ways cost, for those who want to check: of a step to a pixel beside and across, and the most
    /// that a change of values adds.
    static constexpr int StraightStep = 5;
    static constexpr int DiagonalStep = 7;
    static constexpr int MaxChange = 80;
    /// Values as they are compared, for each pixel of `part` and channel but alpha: means of a small square around it,
    /// 65536 the whole contrast.
    std::vector<std::int32_t> smoothed(const PixelRect &part) const;
    int smoothedChannels() const { return m_channels; }
    /// What a step between pixels with such values adds.
    std::int32_t changeCost(const std::int32_t *from, const std::int32_t *to) const;
    /// The pixel of a cell that its ways begin at, as its place in the image in reading order.
    std::int64_t seedOf(int cell) const;
    int cellCount() const { return m_columns * m_rows; }

private:
    /// A block of whole cells, from (left, top) to before (right, bottom).
    struct Cells
    {
        int left = 0;
        int top = 0;
        int right = 0;
        int bottom = 0;
    };
    struct Pixel
    {
        int x = 0;
        int y = 0;
    };
    struct Ways; ///< to the pixels of a part

    PixelRect rectOf(const Cells &cells) const;
    PixelRect cellRect(int column, int row) const { return rectOf({column, row, column + 1, row + 1}); }
    Cells tileCells(int tile) const;
    /// `values`: smoothed, of `part`, which holds the cell.
    Pixel seedIn(const PixelRect &cell, const std::vector<std::int32_t> &values, const PixelRect &part) const;
    Ways waysWithin(const Cells &cells) const;
    int tileColumns() const { return (m_columns + m_cellsPerTile - 1) / m_cellsPerTile; }

    std::shared_ptr<const ImageData> m_image;
    ValueWindow m_contrast;
    int m_side;
    int m_radius; ///< of the square that values are averaged over
    int m_channels;
    int m_columns; ///< of cells
    int m_rows;
    int m_cellsPerTile; ///< along a row
};

} // namespace semigda::core
