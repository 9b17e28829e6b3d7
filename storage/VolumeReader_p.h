// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "storage/FileKind_p.h"
#include "storage/ImageFiles.h"

#include <memory>

namespace semigda::storage
{

/// NIfTI (.nii, .nii.gz) and NRRD (.nrrd, .nhdr). Headers are judged before any voxel is read; VTK
/// reads those of NIfTI.
bool mayBeVolume(FileKind kind);
core::Result<ImageFileInfo> probeVolume(const std::filesystem::path &file, const FileHead &head);
/// The last volume of each thread is kept until the file changes or another one is read.
core::Result<std::shared_ptr<const core::Volume>> readCachedVolume(const std::filesystem::path &file,
                                                                   const FileHead &head);

} // namespace semigda::storage
