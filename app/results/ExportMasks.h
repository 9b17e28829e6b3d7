// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectSession.h"

#include <stop_token>

namespace semigda::app
{

/// Writes the selected masks into a folder, with classes.json (id, name, colour, value of each class) and a manifest
/// (manifest.json, manifest_overlay.json or manifest_nifti.json: which image is in which file, its state and reviewer).
/// - png: NAME.png, indexed, pixel value = class id; overlay: NAME_overlay.png; nifti: one SERIES.nii.gz for a volume
///   with its geometry, slices without a mask hold 65535.
/// Final: complete human masks (drawn, accepted, corrected); Accepted: those a reviewer took over; Labelled: those
/// drawn or imported; Predicted: proposals that wait for review. NotFound when the selection is empty; a full disk or a
/// folder that cannot be written ends it. Every file is replaced as a whole. Blocks; any thread.
core::Result<core::ExportReport> exportMasks(core::ProjectStore &store, const core::ExportRequest &request,
                                             const core::ProgressSink &progress, const std::stop_token &stop);

} // namespace semigda::app
