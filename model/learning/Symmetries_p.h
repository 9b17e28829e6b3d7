// SPDX-License-Identifier: Apache-2.0
// Which turns and mirrorings leave a picture of this kind a usual one. In microscopy there is no up and down; of
// several structures in a scan one is told from the next by where it lies (left and right kidney, head and tail of the
// hippocampus), which no network can learn that sees them turned.
#pragma once

#include <torch/torch.h>

#include <vector>

namespace semigda::learning
{

/// A set of the symmetries of dihedral(): bit v for variant v.
using Symmetries = unsigned;
inline constexpr Symmetries NoSymmetry = 1U; ///< but the identity
inline constexpr Symmetries MirroredInX = 2U;
inline constexpr Symmetries AllSymmetries = 255U;

/// Share of what one symmetry changes in the images that is the same in all of them, about 0 (each looks turned its own
/// way) to 1 (all have the same up and down); without what chance alone makes of few images. Images [C, S, S] of one
/// size, bytes; `variant` as in dihedral(). 0 of fewer than two.
double sharedAsymmetry(const std::vector<torch::Tensor> &images, int variant);

/// The symmetries of which the images share next to no asymmetry; always with the identity. From a thousand of the
/// images at most.
Symmetries commonSymmetries(const std::vector<torch::Tensor> &images);
/// The same of where the classes lie, from a thousand masks at most, fewer with many classes. Masks [S, S], bytes:
/// class indices 0..classes, more for what is not annotated.
Symmetries symmetriesOfClasses(const std::vector<torch::Tensor> &masks, int classes);

/// The variants in the set, the identity first.
std::vector<int> variantsOf(Symmetries symmetries);

} // namespace semigda::learning
