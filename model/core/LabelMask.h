// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/DisplayMapping.h"
#include "core/LabelSet.h"

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace semigda::core
{

/// Class ids of one image in full resolution. Pixels live in shared 64 x 64 tiles, tiles in shared rows; both are
/// copied on write, so a copy of a mask costs by its rows of tiles and an edit by its area, never by the image's. A
/// copy may be read on another thread while the original is written.
class LabelMask
{
public:
    static constexpr int TileSize = 64;

    LabelMask() = default;
    /// All pixels `fill`.
    LabelMask(int width, int height, LabelValue fill = NotAnnotated);
    /// From rows without padding; `pixels` must hold width * height values.
    static LabelMask fromPixels(int width, int height, std::span<const LabelValue> pixels);

    int width() const { return m_width; }
    int height() const { return m_height; }
    bool isEmpty() const { return m_width <= 0 || m_height <= 0; }
    PixelRect rect() const { return {0, 0, m_width, m_height}; }

    /// Unchecked.
    LabelValue at(int x, int y) const;
    /// Copies `count` pixels of row y from column x.
    void readRow(int x, int y, int count, LabelValue *out) const;
    void writeRow(int x, int y, int count, const LabelValue *values);
    void fillRow(int x, int y, int count, LabelValue value);
    /// All pixels of a tile; it takes no memory for them.
    void fillTile(int tileX, int tileY, LabelValue value);
    /// Gives back the memory of a tile's pixels if they all have one value.
    void shrinkTile(int tileX, int tileY);
    std::vector<LabelValue> toPixels() const;

    /// The common value of the tile at tile column and row, if it has one (lets readers skip).
    bool isTileUniform(int tileX, int tileY, LabelValue *value) const;
    int tileColumns() const { return (m_width + TileSize - 1) / TileSize; }
    int tileRows() const { return (m_height + TileSize - 1) / TileSize; }
    /// Bytes held by this mask's tiles, shared ones included.
    std::size_t memoryUse() const;

    bool operator==(const LabelMask &other) const;

private:
    friend class MaskEdit; // keeps and puts back whole tiles

    using TilePixels = std::array<LabelValue, TileSize * TileSize>;
    struct Tile
    {
        LabelValue uniform = NotAnnotated;
        std::shared_ptr<TilePixels> pixels; ///< null: all pixels are `uniform`
    };

    using TileRow = std::vector<Tile>;

    const Tile &tile(int tileX, int tileY) const;
    const Tile &tileAt(int x, int y) const { return tile(x / TileSize, y / TileSize); }
    /// No other mask's; its pixels still may be.
    Tile &ownTile(int tileX, int tileY);
    TilePixels &writablePixels(int x, int y);

    int m_width = 0;
    int m_height = 0;
    std::vector<std::shared_ptr<TileRow>> m_tileRows; ///< none null; one may stand in several places
};

/// Number of pixels of each value present, by ascending value.
std::vector<std::pair<LabelValue, std::size_t>> countValues(const LabelMask &mask);

/// A copy with every `from` pixel set to `to`.
LabelMask replaceValue(const LabelMask &mask, LabelValue from, LabelValue to);

/// Label maps of a volume, slice by slice, geometry as of the first slice.
struct LabelVolume
{
    int width = 0;
    int height = 0;
    int depth = 0;
    std::vector<LabelValue> labels;
    ImageGeometry geometry;
};

} // namespace semigda::core
