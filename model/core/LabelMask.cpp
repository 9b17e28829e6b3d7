// SPDX-License-Identifier: Apache-2.0
#include "core/LabelMask.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <utility>

namespace semigda::core
{

namespace
{

/// Makes what may be shared with other masks this one's own.
template <typename T> T &detach(std::shared_ptr<T> &shared)
{
    if (shared.use_count() > 1) {
        shared = std::make_shared<T>(*shared);
    } else {
        // use_count() orders nothing: without this, our writes could overtake the last reads of another thread
        // that has just let go of its copy.
        std::atomic_thread_fence(std::memory_order_acquire);
    }
    return *shared;
}

} // namespace

LabelMask::LabelMask(int width, int height, LabelValue fill)
    : m_width(std::max(width, 0))
    , m_height(std::max(height, 0))
    , m_tileRows(static_cast<std::size_t>(tileRows()),
                 std::make_shared<TileRow>(static_cast<std::size_t>(tileColumns()), Tile{fill, nullptr}))
{}

LabelMask LabelMask::fromPixels(int width, int height, std::span<const LabelValue> pixels)
{
    LabelMask mask(width, height, Background);
    for (int tileY = 0; tileY < mask.tileRows(); ++tileY) {
        for (int tileX = 0; tileX < mask.tileColumns(); ++tileX) {
            const int left = tileX * TileSize;
            const int top = tileY * TileSize;
            const int columns = std::min(TileSize, width - left);
            const int rows = std::min(TileSize, height - top);
            const LabelValue *first =
                pixels.data() + static_cast<std::size_t>(top) * static_cast<std::size_t>(width) + left;
            const LabelValue value = *first;
            bool isUniform = true;
            for (int y = 0; y < rows && isUniform; ++y) {
                const LabelValue *row = first + static_cast<std::size_t>(y) * static_cast<std::size_t>(width);
                isUniform = std::all_of(row, row + columns, [&](LabelValue v) { return v == value; });
            }
            Tile &tile = mask.ownTile(tileX, tileY);
            tile.uniform = value;
            if (!isUniform) {
                tile.pixels = std::make_shared<TilePixels>();
                tile.pixels->fill(value);
                for (int y = 0; y < rows; ++y) {
                    const LabelValue *row = first + static_cast<std::size_t>(y) * static_cast<std::size_t>(width);
                    std::copy(row, row + columns, tile.pixels->begin() + y * TileSize);
                }
            }
        }
    }
    return mask;
}

const LabelMask::Tile &LabelMask::tile(int tileX, int tileY) const
{
    return (*m_tileRows[static_cast<std::size_t>(tileY)])[static_cast<std::size_t>(tileX)];
}

LabelMask::Tile &LabelMask::ownTile(int tileX, int tileY)
{
    return detach(m_tileRows[static_cast<std::size_t>(tileY)])[static_cast<std::size_t>(tileX)];
}

LabelMask::TilePixels &LabelMask::writablePixels(int x, int y)
{
    // The row first: what another mask's row still holds counts as shared.
    Tile &tile = ownTile(x / TileSize, y / TileSize);
    if (!tile.pixels) {
        tile.pixels = std::make_shared<TilePixels>();
        tile.pixels->fill(tile.uniform);
        return *tile.pixels;
    }
    return detach(tile.pixels);
}

LabelValue LabelMask::at(int x, int y) const
{
    const Tile &tile = tileAt(x, y);
    return tile.pixels ? (*tile.pixels)[static_cast<std::size_t>((y % TileSize) * TileSize + x % TileSize)]
                       : tile.uniform;
}

void LabelMask::readRow(int x, int y, int count, LabelValue *out) const
{
    while (count > 0) {
        const Tile &tile = tileAt(x, y);
        const int part = std::min(count, TileSize - x % TileSize);
        if (tile.pixels) {
            const LabelValue *from = tile.pixels->data() + (y % TileSize) * TileSize + x % TileSize;
            std::copy(from, from + part, out);
        } else {
            std::fill(out, out + part, tile.uniform);
        }
        x += part;
        out += part;
        count -= part;
    }
}

void LabelMask::writeRow(int x, int y, int count, const LabelValue *values)
{
    while (count > 0) {
        const int part = std::min(count, TileSize - x % TileSize);
        LabelValue *to = writablePixels(x, y).data() + (y % TileSize) * TileSize + x % TileSize;
        std::copy(values, values + part, to);
        x += part;
        values += part;
        count -= part;
    }
}

void LabelMask::fillRow(int x, int y, int count, LabelValue value)
{
    while (count > 0) {
        const int part = std::min(count, TileSize - x % TileSize);
        const Tile &tile = tileAt(x, y);
        if (tile.pixels || tile.uniform != value) {
            LabelValue *to = writablePixels(x, y).data() + (y % TileSize) * TileSize + x % TileSize;
            std::fill(to, to + part, value);
        }
        x += part;
        count -= part;
    }
}

void LabelMask::fillTile(int tileX, int tileY, LabelValue value)
{
    LabelValue present = 0;
    if (!isTileUniform(tileX, tileY, &present) || present != value) {
        ownTile(tileX, tileY) = Tile{value, nullptr};
    }
}

void LabelMask::shrinkTile(int tileX, int tileY)
{
    const Tile &asked = tile(tileX, tileY);
    if (!asked.pixels) {
        return;
    }
    // Pixels of a border tile that lie outside the image must not count.
    const int columns = std::min(TileSize, m_width - tileX * TileSize);
    const int rows = std::min(TileSize, m_height - tileY * TileSize);
    const LabelValue value = asked.pixels->front();
    for (int y = 0; y < rows; ++y) {
        const LabelValue *row = asked.pixels->data() + y * TileSize;
        if (row[0] != value || !std::equal(row + 1, row + columns, row)) {
            return;
        }
    }
    fillTile(tileX, tileY, value);
}

std::vector<LabelValue> LabelMask::toPixels() const
{
    std::vector<LabelValue> pixels(static_cast<std::size_t>(m_width) * static_cast<std::size_t>(m_height));
    for (int y = 0; y < m_height; ++y) {
        readRow(0, y, m_width, pixels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(m_width));
    }
    return pixels;
}

bool LabelMask::isTileUniform(int tileX, int tileY, LabelValue *value) const
{
    const Tile &asked = tile(tileX, tileY);
    if (asked.pixels) {
        return false;
    }
    if (value) {
        *value = asked.uniform;
    }
    return true;
}

std::size_t LabelMask::memoryUse() const
{
    std::size_t bytes = m_tileRows.capacity() * sizeof(m_tileRows.front());
    for (const auto &row : m_tileRows) {
        bytes += row->capacity() * sizeof(Tile);
        for (const Tile &each : *row) {
            bytes += each.pixels ? sizeof(TilePixels) : 0;
        }
    }
    return bytes;
}

bool LabelMask::operator==(const LabelMask &other) const
{
    if (m_width != other.m_width || m_height != other.m_height) {
        return false;
    }
    std::array<LabelValue, TileSize> mine{};
    std::array<LabelValue, TileSize> theirs{};
    for (int top = 0; top < m_height; top += TileSize) {
        for (int left = 0; left < m_width; left += TileSize) {
            const Tile &a = tileAt(left, top);
            const Tile &b = other.tileAt(left, top);
            if ((a.pixels && a.pixels == b.pixels) || (!a.pixels && !b.pixels && a.uniform == b.uniform)) {
                continue;
            }
            // Pixels of a border tile that lie outside the image must not count.
            const int columns = std::min(TileSize, m_width - left);
            for (int y = top; y < std::min(top + TileSize, m_height); ++y) {
                readRow(left, y, columns, mine.data());
                other.readRow(left, y, columns, theirs.data());
                if (!std::equal(mine.begin(), mine.begin() + columns, theirs.begin())) {
                    return false;
                }
            }
        }
    }
    return true;
}

std::vector<std::pair<LabelValue, std::size_t>> countValues(const LabelMask &mask)
{
    std::map<LabelValue, std::size_t> counts;
    std::array<LabelValue, LabelMask::TileSize> row{};
    for (int tileY = 0; tileY < mask.tileRows(); ++tileY) {
        for (int tileX = 0; tileX < mask.tileColumns(); ++tileX) {
            const int left = tileX * LabelMask::TileSize;
            const int top = tileY * LabelMask::TileSize;
            const int columns = std::min(LabelMask::TileSize, mask.width() - left);
            const int rows = std::min(LabelMask::TileSize, mask.height() - top);
            LabelValue uniform = 0;
            if (mask.isTileUniform(tileX, tileY, &uniform)) {
                counts[uniform] += static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows);
                continue;
            }
            for (int y = 0; y < rows; ++y) {
                mask.readRow(left, top + y, columns, row.data());
                for (int x = 0; x < columns;) {
                    const int start = x;
                    while (x < columns && row[static_cast<std::size_t>(x)] == row[static_cast<std::size_t>(start)]) {
                        ++x;
                    }
                    counts[row[static_cast<std::size_t>(start)]] += static_cast<std::size_t>(x - start);
                }
            }
        }
    }
    return {counts.begin(), counts.end()};
}

LabelMask replaceValue(const LabelMask &mask, LabelValue from, LabelValue to)
{
    std::vector<LabelValue> pixels = mask.toPixels();
    std::replace(pixels.begin(), pixels.end(), from, to);
    return LabelMask::fromPixels(mask.width(), mask.height(), pixels);
}

} // namespace semigda::core
