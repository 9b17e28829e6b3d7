// SPDX-License-Identifier: Apache-2.0
// Masks as images: each class is a colour of the cube [-1, 1]^3, background is (-1, -1, -1).
#pragma once

#include <torch/torch.h>

namespace semigda::learning
{

struct ClassColours
{
    torch::Tensor points;     ///< [classes + 1, 3], background first
    double temperature = 1.0; ///< of the softmax over the distances

    ClassColours to(torch::Device device) const { return {points.to(device), temperature}; }
};

/// Well separated colours for background and `classes` foreground classes. One class: white. Not `areSpread`: as models
/// from before that setting have them, where the first class is white with several classes too.
ClassColours classColours(int classes, bool areSpread = true);

/// Class indices [N, H, W] (int64, 0 = background) to colours [N, 3, H, W].
torch::Tensor encodeClasses(const torch::Tensor &indices, const ClassColours &colours);

/// Colours [N, 3, H, W] to probabilities. One class: [N, 1, H, W], the mean channel mapped to [0, 1] (the paper's).
/// Several: [N, classes + 1, H, W], softmax over negative squared distances to the colours.
torch::Tensor decodeProbabilities(const torch::Tensor &decoded, const ClassColours &colours);

/// Class indices [N, H, W] to the same layout as decodeProbabilities, as 0 and 1.
torch::Tensor oneHot(const torch::Tensor &indices, int classes);

/// Probabilities of either layout to class indices [N, H, W].
torch::Tensor toIndices(const torch::Tensor &probabilities);

} // namespace semigda::learning
