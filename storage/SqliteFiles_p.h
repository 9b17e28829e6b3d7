// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Result.h"

#include <filesystem>
#include <functional>
#include <span>
#include <string>

namespace semigda::storage
{

/// Hands a file to `sink` in pieces. `action` is the verb phrase of an error; a sink that returns false ends it.
core::Result<void> readFileInPieces(const std::filesystem::path &file, const core::Sentence &action,
                                    const std::function<bool(std::span<const std::byte>)> &sink);

/// Copies `file` to `target` as a whole or not at all, if its bytes have that SHA-256; Io when they have another.
core::Result<void> copyVerified(const std::filesystem::path &file, const std::filesystem::path &target,
                                const std::string &sha256);

/// A name that AtomicFile gives to a file not finished.
bool isTemporaryName(const std::string &fileName);

} // namespace semigda::storage
