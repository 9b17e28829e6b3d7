// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace semigda::storage
{

enum class FileKind { Png, Jpeg, Tiff, Bmp, WebP, Dicom, Gzip, Nifti, Nrrd, Text, Gif, Unknown };

/// A file known to exist, to be readable and not to be empty.
struct FileHead
{
    FileKind kind = FileKind::Unknown;
    std::uintmax_t size = 0;
    std::vector<unsigned char> bytes; ///< the first 1024, or fewer
};

/// What to do about most damaged files.
inline constexpr core::Phrase CopyAgain = core::phrase("errors", "copy it again from its source");

/// "The file 'a.png' <fault>; <remedy>.": the one form in which readers and writers speak of files.
core::Error badFile(core::ErrorCode code, const std::filesystem::path &file, const core::Sentence &fault,
                    const core::Sentence &remedy);

/// By content, never by name. NotFound, PermissionDenied, Io, or CorruptFile for an empty file.
core::Result<FileHead> sniffFile(const std::filesystem::path &file);

/// The lower-case extension with its dot; ".nii.gz" counts as one.
std::string extensionOf(const std::filesystem::path &file);

/// The error for content that is no image, told by what the name promises.
core::Error notAnImage(const std::filesystem::path &file, const FileHead &head);

} // namespace semigda::storage
