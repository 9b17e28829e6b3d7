// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Result.h"

#include <QtCore/QByteArray>
#include <QtCore/QIODevice>

#include <filesystem>
#include <functional>

namespace semigda::storage
{

/// Calls `write` with a temporary file beside `file` and renames it to `file` when everything is on disk; otherwise
/// `file` stays as it was. DiskFull, PermissionDenied, NotFound (no such folder) or Io name the file.
core::Result<void> writeAtomically(const std::filesystem::path &file, const std::function<bool(QIODevice &)> &write);

} // namespace semigda::storage
