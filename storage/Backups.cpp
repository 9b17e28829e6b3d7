// SPDX-License-Identifier: Apache-2.0
#include "storage/Backups_p.h"

#include "core/AtomicFile.h"
#include "storage/SqliteConnection_p.h"

#include <SQLiteCpp/Backup.h>
#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <vector>

namespace semigda::storage
{

namespace
{

using core::Result;

constexpr int PagesPerStep = 512;
constexpr std::chrono::hours BackupInterval{1};
constexpr const char *Ending = ".sqlite";

std::filesystem::path folderOf(const ProjectName &project)
{
    return project.folder / "backups";
}

/// Oldest first; the names start with the time.
std::vector<std::filesystem::path> backups(const ProjectName &project, bool withOccasion)
{
    std::vector<std::filesystem::path> found;
    std::error_code failure;
    for (const auto &entry : std::filesystem::directory_iterator(folderOf(project), failure)) {
        const std::string name = entry.path().filename().string();
        const bool hasOccasion = name.find('-', std::string("20260131T120000000Z").size()) != std::string::npos;
        if (name.starts_with("2") && name.ends_with(Ending) && (withOccasion || !hasOccasion)) {
            found.push_back(entry.path());
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

/// "2026-01-31T12:00:00.000Z" without what some file systems do not allow in names.
std::string timeStamp()
{
    std::string stamp = utcNow();
    std::erase_if(stamp, [](char c) { return c == '-' || c == ':' || c == '.'; });
    return stamp;
}

void copyDatabase(const ProjectName &project, const std::filesystem::path &target, std::stop_token stop)
{
    SQLite::Database source(project.folder / "project.sqlite", SQLite::OPEN_READONLY, 5000);
    SQLite::Database copy(target, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    // The copy is complete or thrown away, so it needs no journal; it is synced as a whole at the end.
    copy.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
    // An open read transaction makes all steps see one state: without it, each write elsewhere starts the copy anew.
    source.exec("BEGIN; SELECT count(*) FROM sqlite_master");
    SQLite::Backup backup(copy, source);
    while (backup.executeStep(PagesPerStep) != SQLITE_DONE) {
        if (stop.stop_requested()) {
            fail(core::ErrorCode::Cancelled, core::phrase("errors", "The backup was stopped."));
        }
    }
}

void removeOld(const ProjectName &project)
{
    const auto all = backups(project, false);
    for (std::size_t i = 0; i + KeptBackups < all.size(); ++i) {
        std::error_code ignored;
        std::filesystem::remove(all[i], ignored);
    }
}

} // namespace

std::optional<std::filesystem::path> newestBackup(const ProjectName &project)
{
    const auto all = backups(project, true);
    return all.empty() ? std::nullopt : std::optional(all.back());
}

bool isBackupDue(const ProjectName &project)
{
    const auto newest = newestBackup(project);
    if (!newest) {
        return true;
    }
    std::error_code failure;
    const auto written = std::filesystem::last_write_time(*newest, failure);
    return failure || std::filesystem::file_time_type::clock::now() - written >= BackupInterval;
}

Result<std::filesystem::path> makeBackup(const ProjectName &project, const std::string &occasion, std::stop_token stop)
{
    static constexpr core::Phrase Action = core::phrase("errors", "write a backup");
    try {
        std::filesystem::create_directories(folderOf(project));
        const std::string name = timeStamp() + (occasion.empty() ? "" : "-" + occasion) + Ending;
        const std::filesystem::path file = folderOf(project) / name;
        successOrFail(core::replaceFileAtomically(file, [&](const std::filesystem::path &temporary) -> Result<void> {
            try {
                copyDatabase(project, temporary, stop);
                return {};
            } catch (const SQLite::Exception &exception) {
                return sqliteError(Action, project, exception, nullptr);
            } catch (const Failure &failure) {
                return failure.error;
            }
        }));
        removeOld(project);
        return file;
    } catch (const Failure &failure) {
        return failure.error;
    } catch (const std::exception &exception) {
        return unexpectedError(Action, project, exception);
    }
}

} // namespace semigda::storage
