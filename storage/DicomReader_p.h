// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "storage/ImageFiles.h"

namespace semigda::storage
{

/// DICOM images through DCMTK and OpenJPEG; frames of a multi-frame file are numbered from 0.
core::Result<ImageFileInfo> probeDicom(const std::filesystem::path &file);
core::Result<core::ImageData> readDicom(const std::filesystem::path &file, int frame);
/// All frames of a grey file. UnsupportedFormat when they do not stack up to one volume.
core::Result<core::Volume> readDicomVolume(const std::filesystem::path &file);

} // namespace semigda::storage
