// SPDX-License-Identifier: Apache-2.0
#include "storage/SqliteRunStore_p.h"

#include "core/AtomicFile.h"
#include "storage/SqliteRows_p.h"

#include <cmath>
#include <limits>

namespace semigda::storage
{

namespace
{

using core::phrase;
using core::Result;
using core::RunId;
using core::RunRecord;
using core::RunStatus;

bool hasEnded(RunStatus status)
{
    return status != RunStatus::Running && status != RunStatus::Paused;
}

} // namespace

RunRecord SqliteRunStore::recordOf(const Query &query) const
{
    RunRecord run;
    run.id = RunId(query.integer(0));
    run.method = query.text(1);
    run.configJson = query.text(2);
    run.status = fromWord(core::runStatusFrom(query.text(3)), query.text(3), m_connection.project());
    run.message = query.text(4);
    run.startedAt = query.text(5);
    run.endedAt = query.text(6);
    run.folder = m_context.runFolder(run.id);
    return run;
}

RunRecord SqliteRunStore::find(RunId id)
{
    Query query(m_connection, "SELECT id, method, config_json, status, message, started_at, ended_at FROM runs "
                              "WHERE id = ?");
    if (!query.bind(id).next()) {
        fail(core::ErrorCode::NotFound,
             phrase("errors", "There is no training run %1 in %2.").with(id.value, m_connection.project().quoted()));
    }
    return recordOf(query);
}

Result<RunRecord> SqliteRunStore::create(const std::string &method, const std::string &configJson)
{
    return m_connection.write(phrase("errors", "start a run"), [&] {
        Query(m_connection, "INSERT INTO runs (method, config_json, status, message, started_at, ended_at) "
                            "VALUES (?, ?, ?, '', ?, '')")
            .bind(method, configJson, core::toString(RunStatus::Running), utcNow())
            .run();
        const RunId id(m_connection.lastInsertId());
        std::error_code failure;
        std::filesystem::create_directories(m_context.runFolder(id), failure);
        if (failure) {
            throw Failure{
                core::fileError(phrase("errors", "make the folder"), m_context.runFolder(id), failure.value())};
        }
        Query(m_connection, "INSERT INTO audit_log (created_at, action, detail) VALUES (?, 'train', ?)")
            .bind(utcNow(), "run " + std::to_string(id.value) + ", method " + method)
            .run();
        return find(id);
    });
}

Result<void> SqliteRunStore::setStatus(RunId id, RunStatus status, const std::string &message)
{
    return m_connection.write(phrase("errors", "note the state of a run"), [&] {
        find(id);
        Query(m_connection, "UPDATE runs SET status = ?, message = ?, ended_at = ? WHERE id = ?")
            .bind(core::toString(status), message, hasEnded(status) ? utcNow() : std::string(), id)
            .run();
    });
}

Result<RunRecord> SqliteRunStore::record(RunId id)
{
    return m_connection.read(phrase("errors", "read a run"), [&] { return find(id); });
}

Result<std::vector<RunRecord>> SqliteRunStore::list()
{
    return m_connection.read(phrase("errors", "list the runs"), [&] {
        std::vector<RunRecord> runs;
        Query query(m_connection, "SELECT id, method, config_json, status, message, started_at, ended_at FROM runs "
                                  "ORDER BY id DESC");
        while (query.next()) {
            runs.push_back(recordOf(query));
        }
        return runs;
    });
}

Result<void> SqliteRunStore::addMetrics(RunId id, std::span<const core::MetricRecord> metrics)
{
    return m_connection.write(phrase("errors", "save the curves of a run"), [&] {
        find(id);
        for (const core::MetricRecord &metric : metrics) {
            Query(m_connection, "INSERT OR REPLACE INTO metrics (run_id, step, name, value) VALUES (?, ?, ?, ?)")
                .bind(id, metric.step, metric.name,
                      std::isnan(metric.value) ? std::nullopt : std::optional(metric.value))
                .run();
        }
    });
}

Result<std::vector<core::MetricRecord>> SqliteRunStore::metrics(RunId id)
{
    return m_connection.read(phrase("errors", "read the curves of a run"), [&] {
        find(id);
        std::vector<core::MetricRecord> metrics;
        Query query(m_connection, "SELECT step, name, value FROM metrics WHERE run_id = ? ORDER BY step, name");
        query.bind(id);
        while (query.next()) {
            metrics.push_back({query.integer(0), query.text(1),
                               query.optionalReal(2).value_or(std::numeric_limits<double>::quiet_NaN())});
        }
        return metrics;
    });
}

void interruptStaleRuns(SqliteConnection &connection)
{
    successOrFail(connection.write(phrase("errors", "note interrupted runs"), [&] {
        Query(connection, "UPDATE runs SET status = ?, message = ?, ended_at = ? WHERE status = ?")
            .bind(core::toString(RunStatus::Interrupted),
                  "The program ended while this run was training; train with --resume to go on.", utcNow(),
                  core::toString(RunStatus::Running))
            .run();
    }));
}

} // namespace semigda::storage
