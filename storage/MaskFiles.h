// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ImageData.h"
#include "core/LabelMask.h"
#include "core/Result.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace semigda::storage
{

/// The masks of a file, one per slice for a NIfTI or NRRD label map, with the map's geometry.
struct MaskFile
{
    std::vector<core::LabelMask> slices;
    core::ImageGeometry geometry;
    bool isVolume = false;
};

/// Indexed PNG: the index is the class id; grey PNG (8 or 16 bit), TIFF, BMP: the value is the class id, except that a
/// picture of only 0 and 255 with one class means that class; label maps: the value. 65535 stays "not annotated" (255
/// in an indexed PNG written by this program). UnknownValue names the values that are no class of the project.
core::Result<MaskFile> readMask(const std::filesystem::path &file, const core::LabelSet &classes);

/// Indexed PNG (VOC style): pixel value = class id, palette = class colours, 0 black; 16-bit grey when an id exceeds
/// 254. Written to a temporary file and renamed. DiskFull and PermissionDenied name the file.
core::Result<void> writeMaskPng(const core::LabelMask &mask, const core::LabelSet &classes,
                                const std::filesystem::path &file);
/// The image, windowed to 8 bit, with the mask's classes blended over it.
core::Result<void> writeOverlayPng(const core::ImageData &image, const core::LabelMask &mask,
                                   const core::LabelSet &classes, const std::filesystem::path &file,
                                   double opacity = 0.4);
/// NIfTI-1 (.nii.gz), 8 bit or 16 bit unsigned, with spacing, qform and sform (RAS) from the geometry.
core::Result<void> writeLabelNifti(const core::LabelVolume &labels, const std::filesystem::path &file);

/// Writes true 16-bit grey or 8-bit grey / RGB pixels as PNG; for synthetic data and tests.
core::Result<void> writeImagePng(const core::ImageData &image, const std::filesystem::path &file);

/// The same as bytes, for documents that carry their pictures with them; an error calls the picture `name`.
core::Result<std::vector<std::byte>> encodePng(const core::ImageData &image, const std::string &name);

/// A CT series as DICOM files (Explicit VR Little Endian, one file a slice) named slice_001.dcm, ... in `folder`.
core::Result<std::vector<std::filesystem::path>> writeDicomSeries(const core::Volume &volume,
                                                                  const std::string &patientId,
                                                                  const std::filesystem::path &folder,
                                                                  std::uint64_t seed);

} // namespace semigda::storage
