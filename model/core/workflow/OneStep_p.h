// SPDX-License-Identifier: Apache-2.0
// One undoable step of an image in one transaction.
#pragma once

#include "core/ports/ProjectStore.h"

#include <functional>

namespace semigda::core
{

/// Runs `change` in one transaction and returns the step it appended.
Result<EditRecord> oneStep(ProjectStore &store, const std::function<Result<EditRecord>()> &change);

/// The step as it is in the store afterwards, but for its time.
Result<EditRecord> appendStep(ProjectStore &store, ImageId id, const Annotation &before, MaskDelta delta,
                              ImageState stateBefore, const EditIntent &intent);

} // namespace semigda::core
