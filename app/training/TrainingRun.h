// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/training/RunLog.h"
#include "app/training/TrainingControl.h"
#include "app/training/WaitingPredictions.h"
#include "core/ports/TrainingService.h"
#include "learning/TrainingJob.h"
#include "storage/SqliteProject.h"

#include <chrono>
#include <functional>
#include <memory>

namespace semigda::app
{

/// One run from its record to its last prediction. Everything happens inside run(), on the training thread, over
/// stores of its own; nothing is thrown.
class TrainingRun
{
public:
    using Report = std::function<void(const core::TrainingProgress &)>;

    TrainingRun(storage::SqliteProject &project, core::TrainingRequest request, TrainingControl &control,
                Report report);

    /// Ends with the phase Finished, Stopped or Failed in the last report.
    void run();

private:
    enum class Ending { Finished, Stopped };
    using Clock = std::chrono::steady_clock;

    core::Result<Ending> work();
    core::Result<void> openRun();
    core::Result<core::RunRecord> newRun(const core::SampleSnapshot &samples);
    core::Result<Ending> train();
    core::Result<void> pause();
    core::Result<void> takeResults();
    void notePredictions();
    core::Result<void> flushMetrics();
    core::Result<void> predictBetweenSteps();
    core::Result<void> predictRest();
    void conclude(const core::Result<Ending> &ending);
    void setPhase(core::TrainingPhase phase);
    void noteProblems();
    void say(const core::Sentence &notice);
    void publish();

    storage::SqliteProject &m_project;
    core::TrainingRequest m_request;
    TrainingControl &m_control;
    Report m_report;

    std::unique_ptr<core::ProjectStore> m_store;
    core::RunRecord m_run;
    RunLog m_log;
    std::unique_ptr<learning::TrainingJob> m_job;
    std::unique_ptr<WaitingPredictions> m_waiting;
    core::TrainingProgress m_progress;
    std::vector<core::MetricRecord> m_metrics; ///< not in the database yet
    Clock::time_point m_lastFlush;
    Clock::time_point m_nextLook; ///< when waiting images are listed again although all were up to date
    Clock::duration m_trainingTime{};
    Clock::duration m_predictingTime{}; ///< since the first checkpoint, between steps
};

} // namespace semigda::app
