// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Ids.h"
#include "storage/SqliteErrors_p.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>

namespace semigda::storage
{

/// How a database file is opened.
enum class OpenMode {
    ReadWrite,
    ReadOnly, ///< a living writer may be at it
    Immutable ///< nothing can write to it, not even SQLite's side files
};

/// One database connection with its prepared statements and transactions. Use from one thread at a time.
/// The public methods of the stores run inside read() or write(), which turn everything thrown into an Error.
class SqliteConnection
{
public:
    /// Throws SQLite::Exception. Sets foreign keys, busy timeout and, when writing, WAL and synchronous NORMAL:
    /// a commit survives the death of the process at any moment; a power cut may take the newest commits but never
    /// damages the file.
    SqliteConnection(const std::filesystem::path &file, OpenMode mode, ProjectName project,
                     core::Sentence readOnlyReason = {});
    ~SqliteConnection();
    SqliteConnection(const SqliteConnection &) = delete;
    SqliteConnection &operator=(const SqliteConnection &) = delete;

    SQLite::Database &database() { return m_database; }
    const ProjectName &project() const { return m_project; }
    bool isReadOnly() const { return !m_readOnlyReason.isEmpty(); }
    bool isInTransaction() const { return m_depth > 0; }
    std::int64_t lastInsertId() const { return m_database.getLastInsertRowid(); }
    std::int64_t changes() const { return m_database.getChanges(); }
    void exec(const char *sql) { m_database.exec(sql); }

    /// Runs `work`; `action` is the verb phrase of an error message (a noun in other languages).
    template <typename Work> auto read(const core::Phrase &action, Work &&work)
    {
        return guarded(action, std::forward<Work>(work));
    }
    /// As read, where several statements must see the same state.
    template <typename Work> auto readTogether(const core::Phrase &action, Work &&work)
    {
        return guarded(action, [&] {
            const Snapshot snapshot(*this);
            return work();
        });
    }
    /// Runs `work` in a transaction (a savepoint when there is one already); what it throws undoes all of it.
    template <typename Work> auto write(const core::Phrase &action, Work &&work)
    {
        return guarded(action, [&]() -> std::invoke_result_t<Work> {
            Change change(*this);
            if constexpr (std::is_void_v<std::invoke_result_t<Work>>) {
                work();
                change.commit();
            } else {
                auto value = work();
                change.commit();
                return value;
            }
        });
    }

private:
    friend class Query;

    class Snapshot
    {
    public:
        explicit Snapshot(SqliteConnection &connection);
        ~Snapshot();
        Snapshot(const Snapshot &) = delete;
        Snapshot &operator=(const Snapshot &) = delete;

    private:
        SqliteConnection &m_connection;
        bool m_isOwner;
    };

    class Change
    {
    public:
        explicit Change(SqliteConnection &connection);
        ~Change();
        Change(const Change &) = delete;
        Change &operator=(const Change &) = delete;
        void commit();

    private:
        SqliteConnection &m_connection;
        bool m_isDone = false;
    };

    template <typename Work>
    auto guarded(const core::Phrase &action, Work &&work)
        -> core::Result<std::remove_cvref_t<std::invoke_result_t<Work>>>
    {
        try {
            if constexpr (std::is_void_v<std::invoke_result_t<Work>>) {
                work();
                return {};
            } else {
                return work();
            }
        } catch (const Failure &failure) {
            return remembered(failure.error);
        } catch (const SQLite::Exception &exception) {
            return remembered(sqliteError(action, m_project, exception, m_database.getHandle()));
        } catch (const std::exception &exception) {
            return remembered(unexpectedError(action, m_project, exception));
        }
    }
    core::Error remembered(core::Error error);
    bool hasLostTransaction() const;

    SQLite::Database m_database;
    ProjectName m_project;
    core::Sentence m_readOnlyReason; ///< empty: may write
    std::unordered_map<std::string_view, std::unique_ptr<SQLite::Statement>> m_statements;
    int m_depth = 0;
    std::optional<core::Error> m_lastError; ///< inside the open transaction
};

/// One execution of a statement; `sql` must be a string literal. Values are bound in order, columns count from 0.
class Query
{
public:
    Query(SqliteConnection &connection, const char *sql);
    ~Query();
    Query(const Query &) = delete;
    Query &operator=(const Query &) = delete;

    template <typename... Values> Query &bind(const Values &...values)
    {
        (put(values), ...);
        return *this;
    }
    /// Steps to the next row; false at the end.
    bool next() { return m_statement->executeStep(); }
    /// Runs a statement without rows.
    void run() { m_statement->exec(); }

    bool isNull(int column) const { return m_statement->isColumnNull(column); }
    std::int64_t integer(int column) const { return m_statement->getColumn(column).getInt64(); }
    int number(int column) const { return static_cast<int>(integer(column)); }
    bool flag(int column) const { return integer(column) != 0; }
    double real(int column) const { return m_statement->getColumn(column).getDouble(); }
    std::string text(int column) const { return m_statement->getColumn(column).getString(); }
    std::optional<double> optionalReal(int column) const
    {
        return isNull(column) ? std::nullopt : std::optional(real(column));
    }
    /// Valid until the next step.
    std::span<const std::byte> bytes(int column) const;

private:
    void put(std::nullptr_t) { m_statement->bind(++m_bound); }
    void put(bool value) { m_statement->bind(++m_bound, value ? 1 : 0); }
    void put(int value) { m_statement->bind(++m_bound, value); }
    void put(std::int64_t value) { m_statement->bind(++m_bound, value); }
    void put(double value) { m_statement->bind(++m_bound, value); }
    void put(const std::string &value) { m_statement->bind(++m_bound, value); }
    void put(const char *value) { m_statement->bind(++m_bound, value); }
    /// Not copied: must live until the query has run.
    void put(std::span<const std::byte> value);
    template <typename Tag> void put(const core::StrongId<Tag> &id) { put(id.value); }
    template <typename T> void put(const std::optional<T> &value)
    {
        if (value) {
            put(*value);
        } else {
            put(nullptr);
        }
    }

    SqliteConnection &m_connection;
    std::string_view m_sql;
    std::unique_ptr<SQLite::Statement> m_statement; ///< lent by the connection while it runs
    int m_bound = 0;
};

/// Now, "2026-01-31T12:00:00.000Z".
std::string utcNow();

} // namespace semigda::storage
