// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/LabelRuns_p.h"

#include <array>
#include <utility>

namespace semigda::ui
{

namespace
{

constexpr int TileSize = core::LabelMask::TileSize;

} // namespace

LabelRuns::LabelRuns(const core::LabelMask &mask, std::span<const int> columns)
    : m_mask(mask)
    , m_columns(columns)
{
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (i == 0 || columns[i] / TileSize != columns[i - 1] / TileSize)
            m_bounds.push_back(i);
    }
    m_bounds.push_back(columns.size());
}

const std::vector<LabelRun> &LabelRuns::read(int row)
{
    if (std::exchange(m_row, row) == row)
        return m_runs;
    m_runs.clear();
    for (std::size_t i = 0; i + 1 < m_bounds.size(); ++i) {
        core::LabelValue value = 0;
        if (m_mask.isTileUniform(m_columns[m_bounds[i]] / TileSize, row / TileSize, &value))
            add(m_bounds[i], m_bounds[i + 1], value);
        else
            readTile(m_bounds[i], m_bounds[i + 1], row);
    }
    return m_runs;
}

void LabelRuns::readTile(std::size_t begin, std::size_t end, int row)
{
    // From so many on, reading all pixels in between is quicker.
    constexpr std::size_t Many = 12;
    if (end - begin < Many) {
        for (std::size_t i = begin; i < end; ++i)
            add(i, i + 1, m_mask.at(m_columns[i], row));
        return;
    }
    std::array<core::LabelValue, TileSize> labels{};
    const int first = m_columns[begin];
    m_mask.readRow(first, row, m_columns[end - 1] - first + 1, labels.data());
    const auto labelAt = [&](std::size_t i) { return labels[static_cast<std::size_t>(m_columns[i] - first)]; };
    for (std::size_t i = begin; i < end;) {
        const std::size_t start = i;
        const core::LabelValue value = labelAt(start);
        while (i < end && labelAt(i) == value)
            ++i;
        add(start, i, value);
    }
}

void LabelRuns::add(std::size_t begin, std::size_t end, core::LabelValue value)
{
    if (!m_runs.empty() && m_runs.back().value == value)
        m_runs.back().end = static_cast<int>(end);
    else
        m_runs.push_back({static_cast<int>(begin), static_cast<int>(end), value});
}

} // namespace semigda::ui
