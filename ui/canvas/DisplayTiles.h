// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/DisplayMapping.h"

#include <cstddef>
#include <cstdint>
#include <list>
#include <unordered_map>
#include <vector>

namespace semigda::ui
{

/// Windowed 8-bit tiles of an image, made when first read and kept within a memory budget. Level n holds every 2^n-th
/// pixel. Gui thread.
class DisplayTiles
{
public:
    static constexpr int TileSize = 256;
    static constexpr int MaxLevel = 16;

    struct Tile
    {
        int columns = 0;
        int rows = 0;
        std::vector<std::uint8_t> bytes; ///< grey or RGB, rows without padding
    };

    /// Not owned; must outlive its use here. Null: none.
    void setImage(const core::ImageData *image);
    void setWindow(const core::ValueWindow &window);
    void setBudget(std::size_t bytes) { m_budget = bytes; }

    int channels() const { return m_channels; }
    int columns(int level) const;
    int rows(int level) const;
    /// Samples of row y from column x of a level; all inside.
    void readRow(int level, int x, int y, int count, std::uint8_t *out);

    std::size_t built() const { return m_built; }
    std::size_t memoryUse() const { return m_bytes; }

private:
    struct Entry
    {
        Tile tile;
        std::list<std::uint64_t>::iterator place;
    };

    const Tile &tile(int level, int column, int row);
    void clear();

    const core::ImageData *m_image = nullptr;
    core::ValueWindow m_window;
    int m_channels = 1;
    std::unordered_map<std::uint64_t, Entry> m_tiles;
    std::list<std::uint64_t> m_order; ///< last used first
    std::size_t m_bytes = 0;
    std::size_t m_budget = 64U << 20;
    std::size_t m_built = 0;
};

} // namespace semigda::ui
