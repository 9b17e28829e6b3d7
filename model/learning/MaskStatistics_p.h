// SPDX-License-Identifier: Apache-2.0
// What masks show of their classes. Masks are [S, S] uint8 class indices 0..K; 255 is not annotated.
#pragma once

#include <torch/torch.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace semigda::learning
{

/// Pixel of an index mask that is not annotated.
inline constexpr std::uint8_t IgnoredIndex = 255;

struct AbsentClasses
{
    std::vector<double> shares; ///< per class, of masks that lack it, as if one more lacked it and one had it
    bool isAnyLacking = false;  ///< a mask lacks a class
};

/// Of the masks that are annotated everywhere.
AbsentClasses countAbsentClasses(const std::vector<torch::Tensor> &masks, std::size_t classes);

struct ClassPieces
{
    std::size_t present = 0; ///< masks that have the class
    std::size_t single = 0;  ///< and have it in one piece, but for specks
};

ClassPieces countPieces(const std::vector<torch::Tensor> &masks, int classIndex);

} // namespace semigda::learning
