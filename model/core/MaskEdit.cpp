// SPDX-License-Identifier: Apache-2.0
#include "core/MaskEdit.h"

#include "core/RowChanges_p.h"

#include <algorithm>
#include <array>
#include <utility>

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
    , m_rule(std::move(rule))
{}

MaskEdit::~MaskEdit()
{
    revert();
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
                m_tilesBefore.try_emplace(tileIndex(start / LabelMask::TileSize, y / LabelMask::TileSize),
                                          m_mask.tileAt(start, y));
                m_mask.fillRow(start + i, y, end - i, value);
                m_change.reset();
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

void MaskEdit::replace(std::shared_ptr<const MaskChange> change)
{
    if (!m_isOpen || change->mask.width() != m_mask.width() || change->mask.height() != m_mask.height()) {
        return;
    }
    putBack();
    for (int tileY = 0; tileY < m_mask.tileRows(); ++tileY) {
        const auto row = static_cast<std::size_t>(tileY);
        if (m_mask.m_tileRows[row] == change->mask.m_tileRows[row]) {
            continue;
        }
        for (int tileX = 0; tileX < m_mask.tileColumns(); ++tileX) {
            const LabelMask::Tile &tile = m_mask.tile(tileX, tileY);
            const LabelMask::Tile &changed = change->mask.tile(tileX, tileY);
            if (tile.pixels != changed.pixels || (!tile.pixels && tile.uniform != changed.uniform)) {
                m_tilesBefore.try_emplace(tileIndex(tileX, tileY), tile);
            }
        }
        m_mask.m_tileRows[row] = change->mask.m_tileRows[row];
    }
    m_dirty = m_dirty.united(change->delta.bounds());
    m_change = std::move(change);
}

std::size_t MaskEdit::tileIndex(int tileX, int tileY) const
{
    return static_cast<std::size_t>(tileY) * static_cast<std::size_t>(m_mask.tileColumns())
           + static_cast<std::size_t>(tileX);
}

PixelRect MaskEdit::takeDirty()
{
    return std::exchange(m_dirty, {});
}

MaskDelta MaskEdit::commit()
{
    if (m_isOpen && m_change) {
        m_isOpen = false;
        m_tilesBefore.clear();
        return m_change->delta;
    }
    std::vector<std::pair<std::size_t, const LabelMask::Tile *>> tiles;
    tiles.reserve(m_tilesBefore.size());
    for (const auto &[tile, before] : m_tilesBefore) {
        tiles.emplace_back(tile, &before);
    }
    std::sort(tiles.begin(), tiles.end());
    std::vector<MaskDelta::Span> spans;
    std::array<LabelValue, LabelMask::TileSize> uniformRow{};
    std::array<LabelValue, LabelMask::TileSize> newRow{};
    const auto tileColumns = static_cast<std::size_t>(m_mask.tileColumns());
    // Row by row through all tiles of a row of tiles, so that spans do not end where tiles do.
    for (auto first = tiles.begin(); first != tiles.end();) {
        const std::size_t tileRow = first->first / tileColumns;
        const auto end =
            std::find_if(first, tiles.end(), [&](const auto &tile) { return tile.first / tileColumns != tileRow; });
        const int top = static_cast<int>(tileRow) * LabelMask::TileSize;
        const int bottom = std::min(top + LabelMask::TileSize, m_mask.height());
        for (int y = top; y < bottom; ++y) {
            for (auto tile = first; tile != end; ++tile) {
                const LabelMask::Tile &old = *tile->second;
                const int left = static_cast<int>(tile->first % tileColumns) * LabelMask::TileSize;
                const int columns = std::min(LabelMask::TileSize, m_mask.width() - left);
                const LabelValue *before = uniformRow.data();
                if (old.pixels) {
                    before = old.pixels->data() + (y - top) * LabelMask::TileSize;
                } else {
                    uniformRow.fill(old.uniform);
                }
                m_mask.readRow(left, y, columns, newRow.data());
                appendChanges(spans, left, y, columns, before, newRow.data());
            }
        }
        // Seldom more than a few of a brush's, but most of what is filled.
        for (auto tile = first; tile != end; ++tile) {
            m_mask.shrinkTile(static_cast<int>(tile->first % tileColumns), static_cast<int>(tileRow));
        }
        first = end;
    }
    m_isOpen = false;
    m_tilesBefore.clear();
    return {m_mask.width(), m_mask.height(), std::move(spans)};
}

void MaskEdit::revert()
{
    if (!m_isOpen) {
        return;
    }
    m_isOpen = false;
    putBack();
}

void MaskEdit::putBack()
{
    const auto tileColumns = static_cast<std::size_t>(m_mask.tileColumns());
    for (auto &[index, before] : m_tilesBefore) {
        const auto tileX = static_cast<int>(index % tileColumns);
        const auto tileY = static_cast<int>(index / tileColumns);
        m_mask.ownTile(tileX, tileY) = std::move(before);
        const PixelRect area{tileX * LabelMask::TileSize, tileY * LabelMask::TileSize, LabelMask::TileSize,
                             LabelMask::TileSize};
        m_dirty = m_dirty.united(area.intersected(m_mask.rect()));
    }
    m_tilesBefore.clear();
    m_change.reset();
}

MaskChange changeOf(const LabelMask &mask, OverpaintRule rule, const std::function<void(MaskEdit &)> &paint)
{
    MaskChange change;
    change.mask = mask;
    MaskEdit edit(change.mask, std::move(rule));
    paint(edit);
    change.delta = edit.commit();
    return change;
}

} // namespace semigda::core
