// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectStore.h"
#include "storage/PixelCopies_p.h"
#include "storage/ProjectLock_p.h"
#include "storage/SqliteConnection_p.h"

#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>

namespace semigda::storage
{

/// What all connections of an open project share. Immutable after opening but for what is said to be guarded or
/// guards itself.
struct ProjectContext
{
    core::ProjectInfo info;
    ProjectName project;
    std::filesystem::path database; ///< project.sqlite, or a private copy of it where no connection could be made
    OpenMode mode = OpenMode::ReadWrite;
    std::optional<ProjectLock> lock;
    std::shared_ptr<void> privateCopy;        ///< keeps the copy's folder while it lives
    std::unique_ptr<PixelCopies> pixelCopies; ///< never null once the project is open, as the next
    std::unique_ptr<PixelCopies> overviews;

    std::mutex mutex; ///< guards freshCopies
    std::set<std::string>
        freshCopies;        ///< files copied into images/ in this session: no orphans, though no row may name them yet
    std::mutex backupMutex; ///< held while a backup is written
    std::jthread backupThread; ///< last: stops and ends before the rest goes

    std::filesystem::path imageFile(const std::string &sha256) const { return project.folder / "images" / sha256; }
    std::filesystem::path runFolder(core::RunId id) const { return project.folder / "runs" / std::to_string(id.value); }
    std::unique_ptr<SqliteConnection> openConnection() const
    {
        return std::make_unique<SqliteConnection>(database, mode, project, info.readOnlyReason);
    }
};

} // namespace semigda::storage
