// SPDX-License-Identifier: Apache-2.0
// What images are used for, changed so that it can be taken back, over the storage port. Off the interface thread.
#pragma once

#include "core/ports/ProjectStore.h"

#include <span>
#include <utility>
#include <vector>

namespace semigda::core
{

/// The images that were moved, with what they were used for before.
struct SplitReport
{
    std::vector<std::pair<ImageId, Split>> before;
};

/// Moves images, and with them all others of their patients, in one transaction. Nothing in the report: all were there
/// already.
Result<SplitReport> assignSplit(ProjectStore &store, std::span<const ImageId> ids, Split split);

/// Brings the images of a report back to where they were; those moved elsewhere since too.
Result<void> restoreSplits(ProjectStore &store, const SplitReport &report);

} // namespace semigda::core
