// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/LabelMask.h"

#include <span>
#include <vector>

namespace semigda::ui
{

/// Neighbouring places that show the same label: from `begin` to before `end`.
struct LabelRun
{
    int begin = 0;
    int end = 0;
    core::LabelValue value = core::NotAnnotated;

    bool operator==(const LabelRun &) const = default;
};

/// What a mask shows under chosen columns. Reads no more of it than that, and of tiles with one value only this: seen
/// from afar, whole rows of a large mask would be a hundred times as much.
class LabelRuns
{
public:
    /// Columns of the mask in ascending order, each as often as it is shown. Neither is owned; both must stay valid.
    LabelRuns(const core::LabelMask &mask, std::span<const int> columns);

    /// Of a row of the mask: all places, in order, neighbouring runs of different values. Valid until the next call.
    const std::vector<LabelRun> &read(int row);

private:
    void readTile(std::size_t begin, std::size_t end, int row);
    void add(std::size_t begin, std::size_t end, core::LabelValue value);

    const core::LabelMask &m_mask;
    std::span<const int> m_columns;
    std::vector<std::size_t> m_bounds; ///< of the places of each tile that is shown, then their number
    std::vector<LabelRun> m_runs;
    int m_row = -1;
};

} // namespace semigda::ui
