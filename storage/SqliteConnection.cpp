// SPDX-License-Identifier: Apache-2.0
#include "storage/SqliteConnection_p.h"

#include <sqlite3.h>

#include <QtCore/QDateTime>

#include <array>

namespace semigda::storage
{

namespace
{

constexpr int BusyTimeoutMs = 5000;

/// A file: address, in which everything but plain letters is escaped.
std::string address(const std::filesystem::path &file, OpenMode mode)
{
    static constexpr std::string_view Plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-_.";
    static constexpr std::array<char, 16> Hex{'0', '1', '2', '3', '4', '5', '6', '7',
                                              '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'};
    std::string text = "file:";
    for (const char c : std::filesystem::absolute(file).string()) {
        if (Plain.find(c) != std::string_view::npos) {
            text += c;
        } else {
            const auto value = static_cast<unsigned char>(c);
            text += '%';
            text += Hex[value >> 4];
            text += Hex[value & 15];
        }
    }
    switch (mode) {
    case OpenMode::ReadWrite:
        return text + "?mode=rw";
    case OpenMode::ReadOnly:
        return text + "?mode=ro";
    case OpenMode::Immutable:
        return text + "?mode=ro&immutable=1";
    }
    return text;
}

int flags(OpenMode mode)
{
    return SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX
           | (mode == OpenMode::ReadWrite ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY);
}

} // namespace

std::string utcNow()
{
    return QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toStdString();
}

SqliteConnection::SqliteConnection(const std::filesystem::path &file, OpenMode mode, ProjectName project,
                                   core::Sentence readOnlyReason)
    : m_database(address(file, mode), flags(mode), BusyTimeoutMs)
    , m_project(std::move(project))
    , m_readOnlyReason(std::move(readOnlyReason))
{
    exec("PRAGMA foreign_keys = ON");
    if (mode == OpenMode::ReadWrite) {
        exec("PRAGMA journal_mode = WAL");
        // What is deleted is written over, so that nobody finds it in the file; Debian's SQLite does so unasked.
        exec("PRAGMA secure_delete = ON");
        exec("PRAGMA synchronous = NORMAL");
        exec("PRAGMA journal_size_limit = 67108864");
    } else {
        exec("PRAGMA query_only = ON");
    }
}

SqliteConnection::~SqliteConnection() = default;

bool SqliteConnection::hasLostTransaction() const
{
    return m_depth > 0 && sqlite3_get_autocommit(m_database.getHandle()) != 0;
}

core::Error SqliteConnection::remembered(core::Error error)
{
    if (m_depth > 0) {
        m_lastError = error;
    }
    return error;
}

SqliteConnection::Snapshot::Snapshot(SqliteConnection &connection)
    : m_connection(connection)
    , m_isOwner(sqlite3_get_autocommit(connection.m_database.getHandle()) != 0)
{
    if (m_isOwner) {
        m_connection.exec("BEGIN DEFERRED");
    }
}

SqliteConnection::Snapshot::~Snapshot()
{
    if (m_isOwner) {
        m_connection.m_database.tryExec("ROLLBACK");
    }
}

SqliteConnection::Change::Change(SqliteConnection &connection)
    : m_connection(connection)
{
    if (connection.isReadOnly()) {
        throw Failure{{core::ErrorCode::ReadOnly, connection.m_readOnlyReason}};
    }
    // A full disk or an I/O error makes SQLite end the whole transaction, not only the step that met it. What
    // follows must not be written on its own.
    if (connection.hasLostTransaction()) {
        throw Failure{connection.m_lastError.value_or(core::Error{
            core::ErrorCode::Io,
            core::phrase("errors", "An earlier step of this change failed, so that none of it was kept.")})};
    }
    if (connection.m_depth == 0) {
        connection.m_lastError.reset();
        connection.exec("BEGIN IMMEDIATE");
    } else {
        connection.m_database.exec("SAVEPOINT step" + std::to_string(connection.m_depth));
    }
    ++connection.m_depth;
}

void SqliteConnection::Change::commit()
{
    if (m_connection.hasLostTransaction()) {
        throw Failure{m_connection.m_lastError.value_or(
            core::Error{core::ErrorCode::Io,
                        core::phrase("errors", "A step of this change failed, so that none of it was kept.")})};
    }
    if (m_connection.m_depth == 1) {
        m_connection.exec("COMMIT");
    } else {
        m_connection.m_database.exec("RELEASE step" + std::to_string(m_connection.m_depth - 1));
    }
    m_isDone = true;
}

SqliteConnection::Change::~Change()
{
    const int depth = m_connection.m_depth--;
    if (m_isDone || sqlite3_get_autocommit(m_connection.m_database.getHandle()) != 0) {
        return;
    }
    if (depth == 1) {
        m_connection.m_database.tryExec("ROLLBACK");
    } else {
        const std::string name = "step" + std::to_string(depth - 1);
        m_connection.m_database.tryExec("ROLLBACK TO " + name);
        m_connection.m_database.tryExec("RELEASE " + name);
    }
}

Query::Query(SqliteConnection &connection, const char *sql)
    : m_connection(connection)
    , m_sql(sql)
{
    const auto found = connection.m_statements.find(m_sql);
    if (found != connection.m_statements.end() && found->second) {
        m_statement = std::move(found->second);
    } else {
        m_statement = std::make_unique<SQLite::Statement>(connection.m_database, sql);
    }
}

Query::~Query()
{
    m_statement->tryReset();
    try {
        m_statement->clearBindings();
        m_connection.m_statements[m_sql] = std::move(m_statement);
    } catch (const std::exception &) {
        // The statement is then made anew next time.
        m_statement.reset();
    }
}

std::span<const std::byte> Query::bytes(int column) const
{
    const SQLite::Column value = m_statement->getColumn(column);
    const void *data = value.getBlob();
    return {static_cast<const std::byte *>(data), static_cast<std::size_t>(value.getBytes())};
}

void Query::put(std::span<const std::byte> value)
{
    // A null pointer would bind NULL.
    static constexpr std::byte Nothing{};
    m_statement->bindNoCopy(++m_bound, value.empty() ? &Nothing : value.data(), static_cast<int>(value.size()));
}

} // namespace semigda::storage
