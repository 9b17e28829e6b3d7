// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ImageData.h"

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string_view>

namespace semigda::storage
{

/// Of this program: another one's readers may have understood an image otherwise.
extern const std::string_view ReadersVersion;

/// Writes a decoded image as it lies in memory, packed only as far as that makes reading it quicker than unpacking the
/// formats images come in (a PNG of 32 MiB takes some five times as long). Not synced to the disk: a copy that a power
/// cut spoils is noticed when it is read. False, with some of it written, if the disk refuses, memory lacks or `stop`
/// asks for an end, which is looked at every MiB. Any thread.
bool writePixelCopy(const std::filesystem::path &file, const core::ImageData &image, const std::stop_token &stop = {},
                    std::string_view version = ReadersVersion);

/// Reads it on several threads. Nothing when the file is missing, damaged, or of another version. Any thread. Throws
/// std::bad_alloc.
std::optional<core::ImageData> readPixelCopy(const std::filesystem::path &file,
                                             std::string_view version = ReadersVersion);

} // namespace semigda::storage
