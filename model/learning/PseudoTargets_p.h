// SPDX-License-Identifier: Apache-2.0
// What the branches learn in stage 2 where nobody painted: labels that the networks gave. Method, sections 3 and 4.
#pragma once

#include "learning/Inference_p.h"

#include <vector>

namespace semigda::learning
{

/// What a branch is trained towards.
struct Target
{
    torch::Tensor probabilities; ///< one-hot, as Losses_p.h lays it out
    torch::Tensor code;          ///< the same as colours, [N, 3, S, S]
    torch::Tensor weight;        ///< [N, 1, S, S], 0 where nothing is known
};

/// `probabilities` as a label, without its colours: what is below the threshold is background or counts for nothing, as
/// the settings want; of classes that come in one piece one component is kept, by `branches` (keepLikeliest()).
Target pseudoTarget(const torch::Tensor &probabilities, const BranchProbabilities &branches,
                    const TrainingConfig &config, const MaskRules &rules);

/// Makes the strokes of partial images count as much as the areas they stand for: people paint half of a small lesion
/// and next to nothing of what surrounds it, and networks that learn from that outline small structures too large. The
/// areas are those that the teacher sees, in images where it gets enough of the strokes right to be believed. Complete
/// images stay as they are, and the mean weight of an image's painted pixels stays 1.
void balanceStrokes(Target &truth, const std::vector<bool> &isPartial, const BranchProbabilities &teacher,
                    double vaeWeight, const TrainingConfig &config, const MaskRules &rules);

} // namespace semigda::learning
