// SPDX-License-Identifier: Apache-2.0
#include "storage/SqliteErrors_p.h"

#include <SQLiteCpp/Exception.h>
#include <sqlite3.h>

#include <cerrno>
#include <new>

namespace semigda::storage
{

namespace
{

using core::Error;
using core::ErrorCode;
using core::phrase;

constexpr std::uintmax_t FullBelowBytes = 64U << 10;

/// SQLite reports a full disk as a plain I/O error where it grows its shared-memory file.
bool isDiskFull(const ProjectName &project, sqlite3 *handle)
{
    const int number = handle ? sqlite3_system_errno(handle) : 0;
    if (number == ENOSPC || number == EDQUOT) {
        return true;
    }
    std::error_code unknown;
    const auto space = std::filesystem::space(project.folder, unknown);
    return !unknown && space.available < FullBelowBytes;
}

} // namespace

Error damagedDatabase(const core::Sentence &action, const ProjectName &project, const core::Sentence &detail)
{
    return {ErrorCode::CorruptFile,
            phrase("errors", "Cannot %1 in %2: its database is damaged (%3); run \"semigda check --repair %4\" or put "
                             "the newest file of its folder backups in the place of project.sqlite.")
                .with(action, project.quoted(), detail, project.folder)};
}

Error sqliteError(const core::Sentence &action, const ProjectName &project, const SQLite::Exception &exception,
                  sqlite3 *handle)
{
    const core::Sentence where = project.quoted();
    const Error diskFull{
        ErrorCode::DiskFull,
        phrase("errors",
               "Cannot %1 in %2: the disk is full; free some space and try again (what was saved before is safe).")
            .with(action, where)};
    switch (exception.getErrorCode() & 0xFF) {
    case SQLITE_FULL:
        return diskFull;
    case SQLITE_READONLY:
        return {ErrorCode::ReadOnly,
                phrase("errors", "Cannot %1 in %2: it cannot be written; check the rights of the folder %3.")
                    .with(action, where, project.folder)};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {ErrorCode::Locked,
                phrase("errors", "Cannot %1 in %2: something else is writing to it just now; try again in a moment.")
                    .with(action, where)};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return damagedDatabase(action, project, core::Sentence::verbatim(exception.what()));
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return {ErrorCode::PermissionDenied,
                phrase("errors", "Cannot %1 in %2: permission denied; check the rights of the folder %3.")
                    .with(action, where, project.folder)};
    case SQLITE_NOMEM:
        return {ErrorCode::OutOfMemory,
                phrase("errors", "Cannot %1 in %2: there is not enough memory; close other programs and try again.")
                    .with(action, where)};
    case SQLITE_TOOBIG:
        return {ErrorCode::InvalidArgument,
                phrase("errors", "Cannot %1 in %2: it is too large for the database (over 1 GB); use a smaller image.")
                    .with(action, where)};
    case SQLITE_CANTOPEN:
        if (isDiskFull(project, handle)) {
            return diskFull;
        }
        return {
            ErrorCode::Io,
            phrase(
                "errors",
                "Cannot %1 in %2: its database cannot be opened; check that the folder %3 is there and may be written.")
                .with(action, where, project.folder)};
    case SQLITE_IOERR:
        if (isDiskFull(project, handle)) {
            return diskFull;
        }
        return {ErrorCode::Io,
                phrase("errors", "Cannot %1 in %2: the disk reports an error (%3); check the disk and try again.")
                    .with(action, where, std::string(exception.what()))};
    default:
        return {ErrorCode::Internal,
                phrase("errors", "Cannot %1 in %2: the database refused it (%3); run \"semigda check %4\".")
                    .with(action, where, std::string(exception.what()), project.folder)};
    }
}

Error unexpectedError(const core::Sentence &action, const ProjectName &project, const std::exception &exception)
{
    if (dynamic_cast<const std::bad_alloc *>(&exception)) {
        return {ErrorCode::OutOfMemory,
                phrase("errors", "Cannot %1 in %2: there is not enough memory; close other programs and try again.")
                    .with(action, project.quoted())};
    }
    if (const auto *io = dynamic_cast<const std::filesystem::filesystem_error *>(&exception)) {
        return {io->code() == std::errc::no_space_on_device ? ErrorCode::DiskFull : ErrorCode::Io,
                phrase("errors", "Cannot %1 in %2: %3 (%4); check the disk and try again.")
                    .with(action, project.quoted(), io->code().message(), io->path1())};
    }
    return {
        ErrorCode::Internal,
        phrase("errors", "Cannot %1 in %2: something unexpected happened (%3); try again, and report it if it stays.")
            .with(action, project.quoted(), std::string(exception.what()))};
}

} // namespace semigda::storage
