// SPDX-License-Identifier: Apache-2.0
// What painting on one slice of a volume spares on others, over the storage port. Each function is one transaction and
// one undoable step of every slice it changes. Run them off the interface thread.
#pragma once

#include "core/LabelSet.h"
#include "core/ports/ProjectStore.h"

#include <cstddef>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace semigda::core
{

/// The classes of the slice before (`step` -1) or after (+1) are painted here too, where no class is painted yet.
/// NotFound when there is no such slice or nothing is painted on it, GeometryMismatch when it has another size.
Result<EditRecord> copyFromSlice(ProjectStore &store, ImageId id, int step, const std::string &author);

/// Told how many images of how many are done, on the thread that does them.
using StepProgress = std::function<void(std::size_t done, std::size_t total)>;

/// A slice that was changed, and how far its history went then.
using ChangedSlice = StepRef;

struct InterpolationReport
{
    std::vector<ChangedSlice> changed;
    std::size_t complete = 0; ///< slices in between that are done without the class, and were left so
};

/// Slices without the class that lie between two with it get a shape between theirs: the zero line of their blended
/// signed distances (S. P. Raya, J. K. Udupa, "Shape-Based Interpolation of Multidimensional Objects", IEEE TMI 1990).
/// Shapes that do not overlap are first laid on each other by their centres. Locked classes stay. NotFound when there
/// are no such slices; Cancelled when stopped, and nothing is changed then.
Result<InterpolationReport> interpolateSlices(ProjectStore &store, const std::string &seriesKey, LabelValue value,
                                              const LabelSet &classes, const std::string &author,
                                              const std::stop_token &stop = {}, const StepProgress &progress = {});

/// Takes back what such a step did, on slices that nothing else has changed since; returns how many.
Result<std::size_t> undoOnSlices(ProjectStore &store, const std::vector<ChangedSlice> &changed);
/// Brings it back where undoing it was the last thing that happened; returns on how many slices.
Result<std::size_t> redoOnSlices(ProjectStore &store, const std::vector<ChangedSlice> &changed);

} // namespace semigda::core
