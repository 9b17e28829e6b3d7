// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ImageData.h"

#include <filesystem>
#include <optional>

namespace semigda::storage
{

/// Reads a PNG of grey, RGB or RGBA samples of 8 or 16 bit whose sums are all right, straight into its place:
/// a third quicker than by way of QImage, which large radiographs are waited for.
/// Nothing for every other file (palette, few bits, transparent colour, orientation, damaged, cut off): Qt's codec
/// reads it or a closer look says what is wrong with it. Says nothing on the terminal. Throws std::bad_alloc.
std::optional<core::ImageData> readPlainPng(const std::filesystem::path &file);

} // namespace semigda::storage
