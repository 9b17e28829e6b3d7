// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ImageData.h"

#include <cstddef>

namespace semigda::storage
{

/// Kinds of numbers that volume files hold; core has fewer.
enum class VoxelType { Int8, UInt8, Int16, UInt16, Int32, UInt32, Int64, UInt64, Float32, Float64 };

std::size_t bytesOf(VoxelType type);

/// Sets the volume's type and bytes from `count` numbers. A type that core lacks becomes the next larger one; large
/// whole numbers become Int32 when all of them fit, else Float32. `source` need not be aligned.
void takeVoxels(const void *source, VoxelType type, std::size_t count, core::Volume &volume);

} // namespace semigda::storage
