// SPDX-License-Identifier: Apache-2.0
#include "storage/SqliteProjectStore_p.h"

#include "storage/Backups_p.h"
#include "storage/SqliteClasses_p.h"
#include "storage/SqliteIntegrity_p.h"

namespace semigda::storage
{

using core::phrase;
using core::Result;

SqliteProjectStore::SqliteProjectStore(std::shared_ptr<ProjectContext> context)
    : m_context(std::move(context))
    , m_connection(m_context->openConnection())
    , m_images(*m_connection, *m_context)
    , m_annotations(*m_connection)
    , m_predictions(*m_connection)
    , m_runs(*m_connection, *m_context)
{}

Result<core::LabelSet> SqliteProjectStore::classes()
{
    return m_connection->read(phrase("errors", "read the classes"), [&] { return readClasses(*m_connection); });
}

Result<void> SqliteProjectStore::saveClasses(const core::LabelSet &classes)
{
    return m_connection->write(phrase("errors", "save the classes"), [&] { writeClasses(*m_connection, classes); });
}

Result<std::optional<std::string>> SqliteProjectStore::setting(const std::string &key)
{
    return m_connection->read(phrase("errors", "read a setting"), [&]() -> std::optional<std::string> {
        Query query(*m_connection, "SELECT value FROM settings WHERE key = ?");
        return query.bind(key).next() ? std::optional(query.text(0)) : std::nullopt;
    });
}

Result<void> SqliteProjectStore::saveSetting(const std::string &key, const std::string &value)
{
    return m_connection->write(phrase("errors", "save a setting"), [&] {
        Query(*m_connection, "INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)").bind(key, value).run();
    });
}

Result<void> SqliteProjectStore::audit(const std::string &action, const std::string &detail)
{
    return m_connection->write(phrase("errors", "note what was done"), [&] {
        Query(*m_connection, "INSERT INTO audit_log (created_at, action, detail) VALUES (?, ?, ?)")
            .bind(utcNow(), action, detail)
            .run();
    });
}

Result<void> SqliteProjectStore::inTransaction(const std::function<Result<void>()> &work)
{
    return m_connection->write(phrase("errors", "save a change"), [&] { successOrFail(work()); });
}

Result<std::vector<core::IntegrityProblem>> SqliteProjectStore::check(bool repair,
                                                                      const std::function<void(double)> &progress)
{
    return checkProject(*m_connection, *m_context, repair, progress);
}

Result<void> SqliteProjectStore::backup()
{
    if (m_connection->isReadOnly()) {
        return core::Error{core::ErrorCode::ReadOnly, m_context->info.readOnlyReason};
    }
    const std::lock_guard lock(m_context->backupMutex);
    const auto made = makeBackup(m_context->project);
    return made ? Result<void>() : Result<void>(made.error());
}

} // namespace semigda::storage
