// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ImageData.h"
#include "core/Result.h"

#include <filesystem>

namespace semigda::storage
{

/// The voxels of a file whose header has been judged before: VTK prints errors and may crash on damaged headers.
/// Slices are in the order of the file; types as takeVoxels() makes them. Geometry and rescaling are left to the
/// caller.
core::Result<core::Volume> readNiftiVoxels(const std::filesystem::path &file);
/// The pages of a grey TIFF, top row first.
core::Result<core::Volume> readTiffVoxels(const std::filesystem::path &file);
/// Stops libtiff, which Qt's codec uses too, from printing to the terminal.
void silenceTiffLibrary();

} // namespace semigda::storage
