// SPDX-License-Identifier: Apache-2.0
#include "storage/SqliteSchema_p.h"

namespace semigda::storage
{

namespace
{

constexpr std::int64_t ApplicationId = 0x53474441; // "SGDA", set by the first migration

} // namespace

int checkedVersion(SqliteConnection &connection, std::span<const Migration> migrations)
{
    SQLite::Database &database = connection.database();
    const std::int64_t application = database.execAndGet("PRAGMA application_id").getInt64();
    const int version = database.execAndGet("PRAGMA user_version").getInt();
    if (application != ApplicationId || version < 1) {
        fail(core::ErrorCode::UnsupportedFormat,
             core::phrase("errors", "The file project.sqlite in %1 was not made by SemiGDA Studio; choose a project "
                                    "folder (its name ends in .semigda).")
                 .with(connection.project().folder));
    }
    const int newest = migrations.empty() ? 0 : migrations.back().version;
    if (version > newest) {
        fail(core::ErrorCode::NewerVersion,
             core::phrase("errors", "Cannot open %1: it was written by a newer SemiGDA Studio (project version %2, "
                                    "this program knows up to version %3); update the program to open it.")
                 .with(connection.project().quoted(), version, newest));
    }
    return version;
}

void migrate(SqliteConnection &connection, int version, std::span<const Migration> migrations)
{
    for (const Migration &migration : migrations) {
        if (migration.version <= version) {
            continue;
        }
        successOrFail(connection.write(core::phrase("errors", "update the database"), [&] {
            connection.exec(migration.sql);
            // A pragma takes no bound value; the number is our own.
            connection.database().exec("PRAGMA user_version = " + std::to_string(migration.version));
        }));
    }
}

} // namespace semigda::storage
