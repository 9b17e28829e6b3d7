// SPDX-License-Identifier: Apache-2.0
// Values of image rows that need translation.
#pragma once

#include "core/DisplayMapping.h"
#include "core/ImageGeometry.h"
#include "storage/MaskCodec_p.h"

#include <array>
#include <filesystem>
#include <optional>
#include <string>

namespace semigda::storage
{

/// Nine numbers as text and back, without loss; nullopt when it is not nine numbers.
std::string directionText(const std::array<double, 9> &direction);
std::optional<std::array<double, 9>> directionFrom(const std::string &text);

/// A JPEG (PNG where Qt has no JPEG), about 3 KB; the empty blob for an empty picture.
Blob encodeThumbnail(const core::Thumbnail &thumbnail);
/// Empty when it cannot be read.
core::Thumbnail decodeThumbnail(std::span<const std::byte> blob);

/// What tells cheaply that a linked file is still the one imported.
struct FileStamp
{
    std::int64_t size = 0;
    std::int64_t modified = 0; ///< ticks of the file system's clock

    bool operator==(const FileStamp &) const = default;
};
std::optional<FileStamp> stampOf(const std::filesystem::path &file);

/// What images of one patient share: the patient, else the series, else nothing (empty).
std::string groupKeyOf(const std::string &patientKey, const std::string &seriesKey);

} // namespace semigda::storage
