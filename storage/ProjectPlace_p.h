// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectStore.h"

#include <filesystem>
#include <functional>
#include <string>

namespace semigda::storage
{

/// What the place of a folder is told by; tests replace it.
struct PlaceClues
{
    /// Type of the file system a folder is on, as the system names it ("ext4", "nfs4", "fuse.sshfs"); "" if unknown.
    std::function<std::string(const std::filesystem::path &folder)> fileSystem;
    /// Sync clients keep their own files in it: only what is below it tells something. Empty: unknown.
    std::filesystem::path home;

    static PlaceClues fromSystem();
};

/// Whether SQLite may be at risk there: where its locks do not hold (network shares) and where another program copies
/// the database while it is written (folders of sync clients). When in doubt a folder is local. Reads directories.
core::ProjectPlace placeOf(const std::filesystem::path &folder, const PlaceClues &clues = PlaceClues::fromSystem());

} // namespace semigda::storage
