// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "learning/Random_p.h"
#include "learning/Symmetries_p.h"
#include "learning/TrainingConfig.h"

#include <torch/torch.h>

namespace semigda::learning
{

/// Float images [N, 3, S, S] in [-1, 1] with index masks [N, S, S] (int64, 255 = ignored; undefined without masks).
struct Batch
{
    torch::Tensor images;
    torch::Tensor masks;
};

/// One of the 8 symmetries of the square (0 = identity): transposed when `variant` has bit 4, then mirrored in x (1)
/// and y (2). For tensors whose last two dimensions are rows and columns.
torch::Tensor dihedral(const torch::Tensor &planes, int variant);

/// Flips and quarter turns of which the images allow, then shift / scale / rotation, then the colours, each image for
/// itself. Image and mask move alike (bilinear and nearest); what comes in from outside is mirrored.
Batch augment(const Batch &batch, const TrainingConfig &config, Symmetries allowed, StepRandom &random);

/// Brightness, contrast, saturation and hue only.
torch::Tensor jitterColours(const torch::Tensor &images, const TrainingConfig &config, StepRandom &random);

/// Uneven light, gamma, blur and noise, each to every second image, up to `strength` (0..1): what makes a picture
/// harder without moving what is in it.
torch::Tensor distort(const torch::Tensor &images, double strength, StepRandom &random);

} // namespace semigda::learning
