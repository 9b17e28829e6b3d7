// SPDX-License-Identifier: Apache-2.0
#include "core/MaskEdit.h"

#include <algorithm>
#include <array>

namespace semigda::core
{

bool OverpaintRule::allows(LabelValue current) const
{
    return std::find(protectedValues.begin(), protectedValues.end(), current) == protectedValues.end();
}

OverpaintRule OverpaintRule::fromLocks(const LabelSet &classes, LabelValue painted)
{
    OverpaintRule rule;
    for (const LabelClass &each : classes.classes()) {
        if (each.locked && each.value != painted) {
            rule.protectedValues.push_back(each.value);
        }
    }
    return rule;
}

MaskEdit::MaskEdit(LabelMask &mask, OverpaintRule rule)
    : m_mask(mask)
    , m_before(mask)
    , m_rule(std::move(rule))
{}

MaskEdit::~MaskEdit()
{
    revert();
}

void MaskEdit::remember(int tileX, int tileY)
{
    m_touchedTiles.try_emplace(static_cast<std::int64_t>(tileY) * m_mask.tileColumns() + tileX, true);
}

void MaskEdit::paintSpan(int x, int y, int count, LabelValue value)
{
    if (!m_isOpen || y < 0 || y >= m_mask.height()) {
        return;
    }
    const int left = std::max(x, 0);
    const int right = std::min(x + count, m_mask.width());
    std::array<LabelValue, LabelMask::TileSize> row{};
    for (int start = left; start < right;) {
        const int part = std::min(right - start, LabelMask::TileSize - start % LabelMask::TileSize);
        m_mask.readRow(start, y, part, row.data());
        for (int i = 0; i < part;) {
            const auto current = row[static_cast<std::size_t>(i)];
            int end = i + 1;
            while (end < part && row[static_cast<std::size_t>(end)] == current) {
                ++end;
            }
            if (current != value && m_rule.allows(current)) {
                m_mask.fillRow(start + i, y, end - i, value);
                remember(start / LabelMask::TileSize, y / LabelMask::TileSize);
                m_dirty = m_dirty.united({start + i, y, end - i, 1});
            }
            i = end;
        }
        start += part;
    }
}

void MaskEdit::paint(const std::vector<RowSpan> &spans, LabelValue value)
{
    for (const RowSpan &span : spans) {
        paintSpan(span.x, span.y, span.count, value);
    }
}

PixelRect MaskEdit::takeDirty()
{
    return std::exchange(m_dirty, {});
}

MaskDelta MaskEdit::commit()
{
    std::vector<std::int64_t> tiles;
    tiles.reserve(m_touchedTiles.size());
    for (const auto &[tile, touched] : m_touchedTiles) {
        tiles.push_back(tile);
    }
    std::sort(tiles.begin(), tiles.end());
    std::vector<MaskDelta::Span> spans;
    std::array<LabelValue, LabelMask::TileSize> oldRow{};
    std::array<LabelValue, LabelMask::TileSize> newRow{};
    for (const std::int64_t tile : tiles) {
        const int left = static_cast<int>(tile % m_mask.tileColumns()) * LabelMask::TileSize;
        const int top = static_cast<int>(tile / m_mask.tileColumns()) * LabelMask::TileSize;
        const int columns = std::min(LabelMask::TileSize, m_mask.width() - left);
        const int rows = std::min(LabelMask::TileSize, m_mask.height() - top);
        for (int y = top; y < top + rows; ++y) {
            m_before.readRow(left, y, columns, oldRow.data());
            m_mask.readRow(left, y, columns, newRow.data());
            for (int x = 0; x < columns;) {
                const auto before = oldRow[static_cast<std::size_t>(x)];
                const auto after = newRow[static_cast<std::size_t>(x)];
                int end = x + 1;
                while (end < columns && oldRow[static_cast<std::size_t>(end)] == before
                       && newRow[static_cast<std::size_t>(end)] == after) {
                    ++end;
                }
                if (before != after) {
                    spans.push_back({left + x, y, end - x, before, after});
                }
                x = end;
            }
        }
    }
    m_isOpen = false;
    m_touchedTiles.clear();
    m_before = LabelMask();
    return {m_mask.width(), m_mask.height(), std::move(spans)};
}

void MaskEdit::revert()
{
    if (!m_isOpen) {
        return;
    }
    m_isOpen = false;
    if (!m_touchedTiles.empty()) {
        m_mask = m_before;
    }
    m_touchedTiles.clear();
}

} // namespace semigda::core
