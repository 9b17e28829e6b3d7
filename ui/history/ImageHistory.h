// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/workflow/Revisions.h"

#include <memory>
#include <vector>

namespace semigda::ui
{

/// The mask of an image and the steps it came from, read at one moment. Immutable: other threads draw from it.
struct ImageHistory
{
    core::ImageId image;
    core::Annotation now;
    core::EditHistory history;
    std::vector<core::StepPixels> pixels; ///< of each step
    bool reachesStart = false;            ///< no step is older than those in `history`

    static constexpr std::size_t MaxSteps = 2000;
    static constexpr std::size_t MaxBytes = 64U << 20;
};

/// The newest steps. Run it off the gui thread.
core::Result<std::shared_ptr<const ImageHistory>> readHistory(core::ProjectStore &store, core::ImageId id);

} // namespace semigda::ui
