// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "storage/FileKind_p.h"

#include <filesystem>

namespace semigda::storage
{

/// Decoders fill what is missing of a truncated file with grey and go on; this walks a PNG's chunks
/// (checking their sums), a JPEG's markers or a BMP's size to the end instead. Other kinds pass. Reads the file once,
/// decodes nothing.
core::Result<void> checkRasterIsWhole(const std::filesystem::path &file, const FileHead &head);

} // namespace semigda::storage
