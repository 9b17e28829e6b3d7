// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "storage/FileKind_p.h"
#include "storage/MaskFiles.h"

#include <cstdint>

namespace semigda::storage
{

/// What a mask file's pixels say before a project's classes give them meaning.
struct MaskValues
{
    int width = 0;
    int height = 0;
    int depth = 1;
    bool isVolume = false;
    std::vector<std::uint16_t> values;
    core::ImageGeometry geometry;
    bool isEightBit = false;   ///< 255 is the largest value that can be stored
    bool has255AsVoid = false; ///< an indexed image whose index 255 has the colour of "not annotated"
};

/// The colour of index 255 in indexed masks, the one PASCAL VOC gives its "void".
inline constexpr core::Rgb NotAnnotatedColour{224, 224, 192};

/// UnsupportedFormat for colour masks and lossy formats, CorruptFile as for images.
core::Result<MaskValues> readMaskValues(const std::filesystem::path &file, const FileHead &head);

/// Gives the values their meaning; UnknownValue names those that are no class.
core::Result<MaskFile> toMaskFile(MaskValues values, const core::LabelSet &classes, const std::filesystem::path &file);

} // namespace semigda::storage
