// SPDX-License-Identifier: Apache-2.0
#include "app/OpenProject.h"

#include "app/import/ImportImages.h"
#include "app/results/ExportMasks.h"
#include "app/results/WriteReport.h"
#include "storage/SqliteProject.h"

#include <new>

namespace semigda::app
{

using core::Error;
using core::ErrorCode;
using core::phrase;
using core::Result;

OpenProject::OpenProject(std::shared_ptr<storage::SqliteProject> project)
    : m_project(project)
    , m_training(std::move(project))
{}

Result<std::shared_ptr<OpenProject>> OpenProject::create(const std::filesystem::path &folder,
                                                         const core::LabelSet &classes)
{
    Result<std::shared_ptr<storage::SqliteProject>> project = storage::SqliteProject::create(folder, classes);
    if (!project)
        return project.error();
    return std::shared_ptr<OpenProject>(new OpenProject(std::move(*project)));
}

Result<std::shared_ptr<OpenProject>> OpenProject::open(const std::filesystem::path &folder)
{
    Result<std::shared_ptr<storage::SqliteProject>> project = storage::SqliteProject::open(folder);
    if (!project)
        return project.error();
    return std::shared_ptr<OpenProject>(new OpenProject(std::move(*project)));
}

core::ProjectInfo OpenProject::info() const
{
    return m_project->info();
}

Result<std::unique_ptr<core::ProjectStore>> OpenProject::openStore()
{
    return m_project->connect();
}

/// Runs a long task unless another one runs; what a library may throw ends here.
template <typename Value, typename Task> Result<Value> OpenProject::alone(Task task)
{
    const std::unique_lock lock(m_taskMutex, std::try_to_lock);
    if (!lock.owns_lock())
        return Error{ErrorCode::Locked,
                     phrase("errors", "Another import, export or prediction is running; wait for it or cancel it.")};
    try {
        return task();
    } catch (const std::bad_alloc &) {
        return Error{ErrorCode::OutOfMemory,
                     phrase("errors", "There is not enough memory for this; close other programs and try again.")};
    } catch (const std::exception &failure) {
        return Error{ErrorCode::Internal,
                     phrase("errors", "This failed unexpectedly (%1).").with(std::string(failure.what()))};
    }
}

Result<core::ImportReport> OpenProject::importImages(const core::ImportRequest &request,
                                                     const core::ProgressSink &progress, std::stop_token stop)
{
    return alone<core::ImportReport>([&] { return app::importImages(*m_project, request, progress, stop); });
}

Result<core::ExportReport> OpenProject::exportMasks(const core::ExportRequest &request,
                                                    const core::ProgressSink &progress, std::stop_token stop)
{
    return alone<core::ExportReport>([&]() -> Result<core::ExportReport> {
        const Result<std::unique_ptr<core::ProjectStore>> store = m_project->connect();
        if (!store)
            return store.error();
        return app::exportMasks(**store, request, progress, stop);
    });
}

Result<PredictReport> OpenProject::predictReported(core::RunId run, bool all, const core::ProgressSink &progress,
                                                   const std::stop_token &stop)
{
    return alone<PredictReport>([&]() -> Result<PredictReport> {
        const Result<std::unique_ptr<core::ProjectStore>> store = m_project->connect();
        if (!store)
            return store.error();
        return predictImages(**store, run, all, progress, stop);
    });
}

Result<std::size_t> OpenProject::predict(core::RunId run, bool all, const core::ProgressSink &progress,
                                         std::stop_token stop)
{
    const Result<PredictReport> report = predictReported(run, all, progress, stop);
    if (!report)
        return report.error();
    if (report->predicted == 0 && !report->skipped.empty())
        return report->skipped.front().error;
    return report->predicted;
}

Result<Evaluation> OpenProject::evaluate(core::RunId run, core::Split split, const core::ProgressSink &progress,
                                         const std::stop_token &stop)
{
    return alone<Evaluation>([&]() -> Result<Evaluation> {
        const Result<std::unique_ptr<core::ProjectStore>> store = m_project->connect();
        if (!store)
            return store.error();
        return evaluateRun(**store, run, split, progress, stop);
    });
}

Result<RunReport> OpenProject::reportRun(core::RunId run, core::Split split, const core::ProgressSink &progress,
                                         const std::stop_token &stop)
{
    return alone<RunReport>([&]() -> Result<RunReport> {
        const Result<std::unique_ptr<core::ProjectStore>> store = m_project->connect();
        if (!store)
            return store.error();
        return app::reportRun(**store, run, split, progress, stop);
    });
}

} // namespace semigda::app
