// SPDX-License-Identifier: Apache-2.0
// Masks as images: each class is a colour of the cube [-1, 1]^3, background is (-1, -1, -1).
#pragma once

#include <torch/torch.h>

namespace semigda::learning
{

/// Well separated colours for background and `classes` foreground classes, [classes + 1, 3]. One class: white.
torch::Tensor classColours(int classes);

/// Class indices [N, H, W] (int64, 0 = background) to colours [N, 3, H, W].
torch::Tensor encodeClasses(const torch::Tensor &indices, const torch::Tensor &colours);

/// Colours [N, 3, H, W] to probabilities. One class: [N, 1, H, W], the mean channel mapped to [0, 1] (the paper's).
/// Several: [N, classes + 1, H, W], softmax over negative squared distances to the colours.
torch::Tensor decodeProbabilities(const torch::Tensor &decoded, const torch::Tensor &colours);

/// Class indices [N, H, W] to the same layout as decodeProbabilities, as 0 and 1.
torch::Tensor oneHot(const torch::Tensor &indices, int classes);

/// Probabilities of either layout to class indices [N, H, W].
torch::Tensor toIndices(const torch::Tensor &probabilities);

} // namespace semigda::learning
