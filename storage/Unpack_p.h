// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

namespace semigda::storage
{

/// The first `count` bytes of the gzip data that begin at `offset`, unpacked, or fewer; nothing when they are damaged.
std::optional<std::vector<unsigned char>> unpackStart(const std::filesystem::path &file, std::uint64_t count,
                                                      std::uint64_t offset = 0);

/// Bytes of a gzip or plain file from `offset` on, unpacked; reading ends at `enough`. Nothing when the gzip data are
/// damaged or cut off.
std::optional<std::uint64_t> unpackedSize(const std::filesystem::path &file, std::uint64_t enough,
                                          std::uint64_t offset = 0);

} // namespace semigda::storage
