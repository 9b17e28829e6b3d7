// SPDX-License-Identifier: Apache-2.0
// Masks, edit steps and maps as database blobs: zstd frames that carry their size and a checksum, so that reading
// notices damage. Pure functions, any thread. Errors are CorruptFile; `what` names the thing for the message: "The
// stored mask of ...".
#pragma once

#include "core/LabelMask.h"
#include "core/MaskDelta.h"
#include "core/Result.h"

#include <cstddef>
#include <span>
#include <vector>

namespace semigda::storage
{

using Blob = std::vector<std::byte>;

/// At most 2 GB less one byte, SQLite's limit, and OutOfMemory beyond what zstd can do.
core::Result<Blob> compress(std::span<const std::byte> bytes);
/// Never allocates more than `maxSize`.
core::Result<Blob> decompress(std::span<const std::byte> blob, std::size_t maxSize, const core::Sentence &what);

/// Uniform tiles take three bytes, so that the cost follows what is painted and not the size of the image.
core::Result<Blob> encodeMask(const core::LabelMask &mask);
core::Result<core::LabelMask> decodeMask(std::span<const std::byte> blob, int width, int height,
                                         const core::Sentence &what);

core::Result<Blob> encodeDelta(const core::MaskDelta &delta);
/// An empty blob is an edit of no pixel.
core::Result<core::MaskDelta> decodeDelta(std::span<const std::byte> blob, int width, int height,
                                          const core::Sentence &what);

} // namespace semigda::storage
