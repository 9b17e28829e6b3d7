// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/workflow/VolumeLabelling.h"

#include <cstddef>
#include <stop_token>
#include <string>
#include <vector>

namespace semigda::core
{

struct MergeReport
{
    std::vector<ChangedSlice> changed; ///< images with their new steps; undoOnSlices takes them back
    std::size_t pixels = 0;
};

/// All pixels of class `from` become `into` (another class or Background) in the masks of all images: one undoable step
/// of each, all in one transaction. Locks do not count, completeness and state of the images stay, and so does the
/// class, now without pixels; proposals of models keep it. InvalidArgument when both are the same or one is no class
/// of the project, NotFound when no mask has a pixel of `from`, Cancelled when stopped; nothing is changed then. Reads
/// every mask: off the interface thread.
Result<MergeReport> mergeClasses(ProjectStore &store, LabelValue from, LabelValue into, const std::string &author,
                                 const std::stop_token &stop = {}, const StepProgress &progress = {});

} // namespace semigda::core
