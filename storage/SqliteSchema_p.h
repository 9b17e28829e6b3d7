// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "storage/SqliteConnection_p.h"

#include <span>

namespace semigda::storage
{

/// A script of storage/migrations; `version` is its number.
struct Migration
{
    int version = 0;
    const char *sql = nullptr;
};

/// In order, numbered from 1 without gaps.
std::span<const Migration> embeddedMigrations();

/// PRAGMA user_version of a database that is one of ours. Fails with UnsupportedFormat when it was not made by this
/// program and NewerVersion, naming both versions, when a newer program made it.
int checkedVersion(SqliteConnection &connection, std::span<const Migration> migrations);

/// Runs the scripts above `version`, each in a transaction with the version's bump.
void migrate(SqliteConnection &connection, int version, std::span<const Migration> migrations);

} // namespace semigda::storage
