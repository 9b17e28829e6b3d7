// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "learning/Random_p.h"

#include <torch/torch.h>

namespace semigda::learning
{

/// A made-up picture with regions, to teach a prior what images and masks look like before it sees any real ones.
struct PriorScene
{
    torch::Tensor image;  ///< [3, S, S] in [-1, 1]
    torch::Tensor labels; ///< [S, S] int64, 0 = background, 1 .. classes
};

/// Regions of 1 to `classes` classes (blobs, many cells, vessels, nested structures, plates), each with a texture of
/// its own, under the blur, grain, speckle, tint and field of view of some imaging device. Deterministic from `random`.
PriorScene makePriorScene(int side, int classes, StepRandom &random);

/// Zooms into, turns and mirrors a picture [3, H, W] in [-1, 1] and gives it a new contrast; returns [3, side, side].
torch::Tensor varyPicture(const torch::Tensor &picture, int side, StepRandom &random);

} // namespace semigda::learning
