// SPDX-License-Identifier: Apache-2.0
// Images to paint on, made on the spot.
#pragma once

#include "core/Result.h"

#include <filesystem>

namespace semigda::bench
{

/// Compressed as programs do unless told otherwise, or not at all, which is quicker to write and to read.
enum class Packing { Usual, None };

/// A square grey PNG with soft structures and grain; `bits` 8 or 16.
core::Result<void> writePicture(const std::filesystem::path &file, int side, int bits, unsigned seed, Packing packing);
/// A cube of 16-bit voxels as NRRD, 1 mm apart.
core::Result<void> writeCube(const std::filesystem::path &file, int side);

} // namespace semigda::bench
