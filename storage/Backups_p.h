// SPDX-License-Identifier: Apache-2.0
// Copies of a project's database in its folder `backups`, made with SQLite's backup API while others read and write.
// The folder is written by one thread at a time.
#pragma once

#include "storage/SqliteErrors_p.h"

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>

namespace semigda::storage
{

constexpr int KeptBackups = 10;

/// The newest one, if any.
std::optional<std::filesystem::path> newestBackup(const ProjectName &project);
/// True when the newest backup is older than an hour.
bool isBackupDue(const ProjectName &project);
/// Writes one as a whole or not at all and removes the oldest beyond KeptBackups. `occasion` becomes part of its name;
/// one with an occasion is never removed. Cancelled when `stop` asks for it.
core::Result<std::filesystem::path> makeBackup(const ProjectName &project, const std::string &occasion = {},
                                               std::stop_token stop = {});

} // namespace semigda::storage
