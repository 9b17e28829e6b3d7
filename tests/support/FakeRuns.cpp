// SPDX-License-Identifier: Apache-2.0
#include "support/FakeProject_p.h"

namespace semigda::test
{

namespace
{

class FakeRuns : public core::RunStore
{
public:
    explicit FakeRuns(std::shared_ptr<FakeProject> project)
        : m_project(std::move(project))
    {}

    core::Result<core::RunRecord> create(const std::string &method, const std::string &configJson) override
    {
        const std::lock_guard lock(m_project->mutex);
        if (const auto allowed = m_project->beginWrite(); !allowed) {
            return allowed.error();
        }
        core::RunRecord record;
        record.id = core::RunId(++m_project->content.lastRun);
        record.method = method;
        record.configJson = configJson;
        record.startedAt = m_project->now();
        record.folder = m_project->folder / "runs" / std::to_string(record.id.value);
        if (!m_project->folder.empty()) {
            std::error_code failure;
            std::filesystem::create_directories(record.folder, failure);
            if (failure) {
                return core::Error{core::ErrorCode::Io,
                                   core::Sentence::verbatim("Cannot make " + record.folder.string() + ".")};
            }
        }
        m_project->content.runs[record.id] = {record, {}};
        return record;
    }
    core::Result<void> setStatus(core::RunId id, core::RunStatus status, const std::string &message) override
    {
        const std::lock_guard lock(m_project->mutex);
        if (const auto allowed = m_project->beginWrite(); !allowed) {
            return allowed;
        }
        FakeRun *run = find(id);
        if (!run) {
            return noRun(id);
        }
        run->record.status = status;
        run->record.message = message;
        const bool goesOn = status == core::RunStatus::Running || status == core::RunStatus::Paused;
        run->record.endedAt = goesOn ? std::string() : m_project->now();
        return {};
    }
    core::Result<core::RunRecord> record(core::RunId id) override
    {
        const std::lock_guard lock(m_project->mutex);
        const FakeRun *run = find(id);
        if (!run) {
            return noRun(id);
        }
        return run->record;
    }
    core::Result<std::vector<core::RunRecord>> list() override
    {
        const std::lock_guard lock(m_project->mutex);
        std::vector<core::RunRecord> all;
        for (auto run = m_project->content.runs.rbegin(); run != m_project->content.runs.rend(); ++run) {
            all.push_back(run->second.record);
        }
        return all;
    }
    core::Result<void> addMetrics(core::RunId id, std::span<const core::MetricRecord> metrics) override
    {
        const std::lock_guard lock(m_project->mutex);
        if (const auto allowed = m_project->beginWrite(); !allowed) {
            return allowed;
        }
        FakeRun *run = find(id);
        if (!run) {
            return noRun(id);
        }
        run->metrics.insert(run->metrics.end(), metrics.begin(), metrics.end());
        return {};
    }
    core::Result<std::vector<core::MetricRecord>> metrics(core::RunId id) override
    {
        const std::lock_guard lock(m_project->mutex);
        const FakeRun *run = find(id);
        if (!run) {
            return noRun(id);
        }
        return run->metrics;
    }

private:
    FakeRun *find(core::RunId id)
    {
        const auto found = m_project->content.runs.find(id);
        return found == m_project->content.runs.end() ? nullptr : &found->second;
    }
    static core::Error noRun(core::RunId id)
    {
        return {core::ErrorCode::NotFound,
                core::Sentence::verbatim("The project has no run " + std::to_string(id.value) + ".")};
    }

    std::shared_ptr<FakeProject> m_project;
};

} // namespace

std::unique_ptr<core::RunStore> makeFakeRuns(std::shared_ptr<FakeProject> project)
{
    return std::make_unique<FakeRuns>(std::move(project));
}

} // namespace semigda::test
