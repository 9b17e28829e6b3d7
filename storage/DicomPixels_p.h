// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "storage/DicomHeader_p.h"

namespace semigda::storage
{

/// Decodes one frame in native depth, with rescale, window and geometry. Stored values are masked to the bits
/// stored and sign-extended; a modality look-up table is applied to them; palettes and YBR become RGB. `header` is
/// read again when the data set has to be decompressed as a whole.
core::Result<core::ImageData> decodeDicomFrame(DcmFileFormat &dicom, DicomHeader &header, int frame,
                                               const std::filesystem::path &file);

/// Kind of pixels that decodeDicomFrame() gives.
core::PixelType dicomPixelType(DcmDataset &dataset, const DicomHeader &header);

/// The compressed bytes of one frame.
core::Result<std::vector<std::uint8_t>> encapsulatedFrame(DcmDataset &dataset, const DicomHeader &header, int frame,
                                                          const std::filesystem::path &file);

} // namespace semigda::storage
