// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectStore.h"
#include "storage/SqliteContext_p.h"

namespace semigda::storage
{

/// Training runs, their folders and their curves.
class SqliteRunStore : public core::RunStore
{
public:
    SqliteRunStore(SqliteConnection &connection, const ProjectContext &context)
        : m_connection(connection)
        , m_context(context)
    {}

    core::Result<core::RunRecord> create(const std::string &method, const std::string &configJson) override;
    core::Result<void> setStatus(core::RunId id, core::RunStatus status, const std::string &message) override;
    core::Result<core::RunRecord> record(core::RunId id) override;
    core::Result<std::vector<core::RunRecord>> list() override;
    /// A value of a step and name that is there already is replaced: a resumed run repeats steps.
    core::Result<void> addMetrics(core::RunId id, std::span<const core::MetricRecord> metrics) override;
    /// In order of steps.
    core::Result<std::vector<core::MetricRecord>> metrics(core::RunId id) override;

private:
    core::RunRecord recordOf(const Query &query) const;
    core::RunRecord find(core::RunId id);

    SqliteConnection &m_connection;
    const ProjectContext &m_context;
};

/// Runs that a dead process left Running become Interrupted.
void interruptStaleRuns(SqliteConnection &connection);

} // namespace semigda::storage
