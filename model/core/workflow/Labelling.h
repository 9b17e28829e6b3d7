// SPDX-License-Identifier: Apache-2.0
// What painting and reviewing do to a project, over the storage port; shared by the studio and the terminal.
// Each function is one transaction and one undoable step of the image. Run them off the interface thread.
#pragma once

#include "core/ports/ProjectStore.h"

#include <string>

namespace semigda::core
{

/// The state an image has after a human edit that leaves `mask`: Unlabelled when nothing is annotated, Labelled when
/// complete, else Partial; Corrected when a prediction was accepted or corrected before.
ImageState stateAfterEdit(const LabelMask &mask, bool isComplete, ImageState before);

/// What "erased" means for an image: not annotated; background in one that is complete, so that it stays complete, and
/// in one with a proposal, where erasing means that the proposal is wrong there.
LabelValue erasedValue(bool isComplete, bool hasPrediction);

/// Journals a painted stroke. `painted` is the mask after the stroke.
Result<std::int64_t> commitStroke(ProjectStore &store, ImageId id, const MaskDelta &delta, const LabelMask &painted,
                                  bool isComplete, ImageState before, const std::string &tool,
                                  const std::string &author);
/// Every pixel not annotated becomes background and the image counts as labelled.
Result<EditRecord> markComplete(ProjectStore &store, ImageId id, const std::string &author);

/// The newest prediction becomes the image's mask. Pixels a human has painted stay as painted.
/// NotFound when there is no prediction.
Result<EditRecord> acceptPrediction(ProjectStore &store, ImageId id, const std::string &reviewer);
/// As accept, with the reviewer's `corrected` mask (complete; not annotated pixels become background).
Result<EditRecord> correctPrediction(ProjectStore &store, ImageId id, const LabelMask &corrected,
                                     const std::string &reviewer);
/// The prediction is refused and never comes back as a training target; human paint stays.
Result<EditRecord> rejectPrediction(ProjectStore &store, ImageId id, const std::string &reviewer);

/// Images with a prediction that waits for review, most doubtful first.
Result<std::vector<PredictionSummary>> reviewQueue(ProjectStore &store);

/// The mask an export or evaluation takes: the human one when complete, nullopt otherwise.
Result<std::optional<LabelMask>> finalMask(ProjectStore &store, ImageId id);

} // namespace semigda::core
