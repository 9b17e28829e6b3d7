// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/LabelMask.h"
#include "core/ports/ProjectRecords.h"

#include <optional>
#include <vector>

namespace semigda::app
{

struct VolumeSlice
{
    core::ImageRecord image;
    std::optional<core::LabelMask> mask; ///< nullopt: not annotated
};

/// Puts the slices of a series together in the order in which they lie in the patient. The errors, for the series
/// named `name`: slices of different size or direction, uneven distances, slices that lean (gantry tilt).
core::Result<core::LabelVolume> stackSlices(std::vector<VolumeSlice> slices, const std::string &name);

} // namespace semigda::app
