// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Result.h"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <span>

namespace semigda::core
{

/// Replaces a file as a whole: the bytes go to a temporary file in the same folder, reach the disk, and take the
/// name by rename. Either the old or the new content is there, whatever happens. Any thread.
/// Errors (DiskFull, PermissionDenied, ReadOnly, NotFound, Io) name the file and what to do.
Result<void> writeFileAtomically(const std::filesystem::path &file, std::span<const std::byte> bytes);

/// As above for writers that need a path: `write` fills the temporary file it is given.
Result<void> replaceFileAtomically(const std::filesystem::path &file,
                                   const std::function<Result<void>(const std::filesystem::path &temporary)> &write);

/// Another name in the same folder each time, ".NAME.tmp-PROCESS-NUMBER", for what is not finished. Any thread.
std::filesystem::path temporaryName(const std::filesystem::path &file);

/// The sentence for a failed operation on a file: "Cannot write FILE: the disk is full; free some space and try again."
/// `action` is a verb phrase such as "write", a noun in other languages; `errorNumber` an errno value.
Error fileError(const Sentence &action, const std::filesystem::path &file, int errorNumber);

} // namespace semigda::core
