// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Result.h"

#include "dcmtk/config/osconfig.h"

#include "dcmtk/dcmdata/dctk.h"

#include <filesystem>
#include <memory>
#include <string>

namespace semigda::storage
{

/// Silences DCMTK's logger and registers its decoders, once per process. Any thread.
void prepareDicom();

/// Reads a DICOM file's structure; large elements stay on disk until they are asked for. CorruptFile, or
/// UnsupportedFormat naming a transfer syntax that DCMTK does not know.
core::Result<std::unique_ptr<DcmFileFormat>> loadDicom(const std::filesystem::path &file);

/// Refuses, in words, what is no image: reports, plans, structure sets, waveforms, segmentations, a DICOMDIR,
/// objects without pixels; and images whose transfer syntax nothing here decodes.
core::Result<void> requireDicomImage(DcmFileFormat &dicom, const std::filesystem::path &file);

bool isJpeg2000(E_TransferSyntax syntax);

/// The first value of a text element without padding, or "".
std::string dicomText(DcmItem &item, const DcmTagKey &tag);

} // namespace semigda::storage
