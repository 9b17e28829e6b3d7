// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/predict/PredictImages.h"
#include "app/results/EvaluationReport.h"
#include "app/training/TrainingSession.h"
#include "core/ports/ProjectSession.h"

#include <memory>
#include <mutex>

namespace semigda::storage
{
class SqliteProject;
}

namespace semigda::app
{

/// A project folder that is open, with its use cases. Holds the project's lock as long as it lives. Thread-safe; the
/// long tasks exclude each other (Locked), training runs beside them.
class OpenProject final : public core::ProjectSession
{
public:
    static core::Result<std::shared_ptr<OpenProject>> create(const std::filesystem::path &folder,
                                                             const core::LabelSet &classes);
    static core::Result<std::shared_ptr<OpenProject>> open(const std::filesystem::path &folder);

    core::ProjectInfo info() const override;
    core::Result<std::unique_ptr<core::ProjectStore>> openStore() override;
    core::TrainingService &training() override { return m_training; }
    core::Result<core::ImportReport> importImages(const core::ImportRequest &request,
                                                  const core::ProgressSink &progress, std::stop_token stop) override;
    core::Result<core::ExportReport> exportMasks(const core::ExportRequest &request, const core::ProgressSink &progress,
                                                 std::stop_token stop) override;
    core::Result<std::size_t> predict(core::RunId run, bool all, const core::ProgressSink &progress,
                                      std::stop_token stop) override;

    /// As predict, with what was left out.
    core::Result<PredictReport> predictReported(core::RunId run, bool all, const core::ProgressSink &progress,
                                                const std::stop_token &stop);
    core::Result<Evaluation> evaluate(core::RunId run, core::Split split, const core::ProgressSink &progress,
                                      const std::stop_token &stop);
    /// As evaluate, with what a report on the run shows.
    core::Result<RunReport> reportRun(core::RunId run, core::Split split, const core::ProgressSink &progress,
                                      const std::stop_token &stop);

private:
    explicit OpenProject(std::shared_ptr<storage::SqliteProject> project);
    template <typename Value, typename Task> core::Result<Value> alone(Task task);

    std::shared_ptr<storage::SqliteProject> m_project;
    std::mutex m_taskMutex;
    TrainingSession m_training;
};

} // namespace semigda::app
