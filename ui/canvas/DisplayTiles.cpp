// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/DisplayTiles.h"

#include <algorithm>

namespace semigda::ui
{

namespace
{

int reduced(int length, int level)
{
    return (length + (1 << level) - 1) >> level;
}

} // namespace

void DisplayTiles::setImage(const core::ImageData *image)
{
    m_image = image;
    m_channels = image != nullptr && image->channels >= 3 ? 3 : 1;
    clear();
}

void DisplayTiles::setWindow(const core::ValueWindow &window)
{
    if (m_window == window)
        return;
    m_window = window;
    clear();
}

int DisplayTiles::columns(int level) const
{
    return m_image != nullptr ? reduced(m_image->width, level) : 0;
}

int DisplayTiles::rows(int level) const
{
    return m_image != nullptr ? reduced(m_image->height, level) : 0;
}

void DisplayTiles::clear()
{
    m_tiles.clear();
    m_order.clear();
    m_bytes = 0;
}

const DisplayTiles::Tile &DisplayTiles::tile(int level, int column, int row)
{
    const std::uint64_t key = (static_cast<std::uint64_t>(level) << 48) | (static_cast<std::uint64_t>(row) << 24)
                              | static_cast<std::uint64_t>(column);
    if (const auto found = m_tiles.find(key); found != m_tiles.end()) {
        m_order.splice(m_order.begin(), m_order, found->second.place);
        return found->second.tile;
    }
    Tile made;
    made.columns = std::min(TileSize, columns(level) - column * TileSize);
    made.rows = std::min(TileSize, rows(level) - row * TileSize);
    const int step = 1 << level;
    const core::PixelRect part{column * TileSize * step, row * TileSize * step, made.columns * step, made.rows * step};
    made.bytes = core::toDisplay(*m_image, m_window, part.intersected({0, 0, m_image->width, m_image->height}), step);
    ++m_built;
    m_bytes += made.bytes.size();
    while (m_bytes > m_budget && !m_order.empty()) {
        const auto oldest = m_tiles.find(m_order.back());
        m_bytes -= oldest->second.tile.bytes.size();
        m_tiles.erase(oldest);
        m_order.pop_back();
    }
    m_order.push_front(key);
    return m_tiles.emplace(key, Entry{std::move(made), m_order.begin()}).first->second.tile;
}

void DisplayTiles::readRow(int level, int x, int y, int count, std::uint8_t *out)
{
    const auto channels = static_cast<std::size_t>(m_channels);
    while (count > 0) {
        const Tile &from = tile(level, x / TileSize, y / TileSize);
        const int inTile = x % TileSize;
        const int part = std::min(count, from.columns - inTile);
        const std::uint8_t *first = from.bytes.data()
                                    + (static_cast<std::size_t>(y % TileSize) * static_cast<std::size_t>(from.columns)
                                       + static_cast<std::size_t>(inTile))
                                          * channels;
        out = std::copy(first, first + static_cast<std::size_t>(part) * channels, out);
        x += part;
        count -= part;
    }
}

} // namespace semigda::ui
