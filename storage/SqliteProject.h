// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectStore.h"

#include <filesystem>
#include <memory>

namespace semigda::storage
{

/// A project folder `<name>.semigda/`: project.sqlite, images/, runs/, backups/, lock. Holds the lock as long as
/// it lives; hands out one ProjectStore per thread. Thread-safe.
class SqliteProject
{
public:
    /// Makes the folder and an empty database. AlreadyExists when the folder is there and not empty.
    static core::Result<std::shared_ptr<SqliteProject>> create(const std::filesystem::path &folder,
                                                               const core::LabelSet &classes);
    /// Migrates after a backup; makes a rolling backup (newest 10 kept, at most one an hour). NewerVersion names both
    /// versions. Opens read-only, with the reason in info(), when another live process holds the lock or the folder
    /// cannot be written.
    static core::Result<std::shared_ptr<SqliteProject>> open(const std::filesystem::path &folder);

    ~SqliteProject();
    SqliteProject(const SqliteProject &) = delete;
    SqliteProject &operator=(const SqliteProject &) = delete;

    core::ProjectInfo info() const;
    /// A connection for the calling thread.
    core::Result<std::unique_ptr<core::ProjectStore>> connect();

    /// Copies a file into images/ under its SHA-256 (temp file + rename; nothing when it is there) and returns the
    /// hash. `sha256`, if it is known already, is checked while the file is copied. DiskFull and PermissionDenied name
    /// the file.
    core::Result<std::string> adoptFile(const std::filesystem::path &file, const std::string &sha256 = {});
    /// As ImageCatalog::keepPixels, for an image that is about to be added; never at the cost of other images.
    void keepPixels(const core::ImageSource &source, const core::ImageData &pixels);

private:
    class Private;
    explicit SqliteProject(std::shared_ptr<Private> d);
    std::shared_ptr<Private> d;
};

/// SHA-256 of a file's bytes, 64 lower-case hex digits.
core::Result<std::string> fileSha256(const std::filesystem::path &file);

} // namespace semigda::storage
