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

constexpr std::uintmax_t FullBelowBytes = 64U << 10;

std::string start(const std::string &action, const ProjectName &project)
{
    return "Cannot " + action + " in " + project.quoted() + ": ";
}

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

Error damagedDatabase(const std::string &action, const ProjectName &project, const std::string &detail)
{
    return {ErrorCode::CorruptFile, start(action, project) + "its database is damaged (" + detail
                                        + "); run \"semigda check --repair " + project.folder.string()
                                        + "\" or put the newest file of its folder backups in the place of "
                                          "project.sqlite."};
}

Error sqliteError(const std::string &action, const ProjectName &project, const SQLite::Exception &exception,
                  sqlite3 *handle)
{
    const std::string text = start(action, project);
    const Error diskFull{ErrorCode::DiskFull,
                         text + "the disk is full; free some space and try again (what was saved before is safe)."};
    switch (exception.getErrorCode() & 0xFF) {
    case SQLITE_FULL:
        return diskFull;
    case SQLITE_READONLY:
        return {ErrorCode::ReadOnly,
                text + "it cannot be written; check the rights of the folder " + project.folder.string() + "."};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {ErrorCode::Locked, text + "something else is writing to it just now; try again in a moment."};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return damagedDatabase(action, project, exception.what());
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return {ErrorCode::PermissionDenied,
                text + "permission denied; check the rights of the folder " + project.folder.string() + "."};
    case SQLITE_NOMEM:
        return {ErrorCode::OutOfMemory, text + "there is not enough memory; close other programs and try again."};
    case SQLITE_TOOBIG:
        return {ErrorCode::InvalidArgument,
                text + "it is too large for the database (over 1 GB); use a smaller image."};
    case SQLITE_CANTOPEN:
        if (isDiskFull(project, handle)) {
            return diskFull;
        }
        return {ErrorCode::Io, text + "its database cannot be opened; check that the folder " + project.folder.string()
                                   + " is there and may be written."};
    case SQLITE_IOERR:
        if (isDiskFull(project, handle)) {
            return diskFull;
        }
        return {ErrorCode::Io,
                text + "the disk reports an error (" + exception.what() + "); check the disk and try again."};
    default:
        return {ErrorCode::Internal, text + "the database refused it (" + exception.what() + "); run \"semigda check "
                                         + project.folder.string() + "\"."};
    }
}

Error unexpectedError(const std::string &action, const ProjectName &project, const std::exception &exception)
{
    if (dynamic_cast<const std::bad_alloc *>(&exception)) {
        return {ErrorCode::OutOfMemory,
                start(action, project) + "there is not enough memory; close other programs and try again."};
    }
    if (const auto *io = dynamic_cast<const std::filesystem::filesystem_error *>(&exception)) {
        return {io->code() == std::errc::no_space_on_device ? ErrorCode::DiskFull : ErrorCode::Io,
                start(action, project) + io->code().message() + " (" + io->path1().string()
                    + "); check the disk and try again."};
    }
    return {ErrorCode::Internal, start(action, project) + "something unexpected happened (" + exception.what()
                                     + "); try again, and report it if it stays."};
}

} // namespace semigda::storage
