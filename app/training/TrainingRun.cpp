// SPDX-License-Identifier: Apache-2.0
#include "app/training/TrainingRun.h"

#include "app/predict/RunChoice.h"
#include "app/results/RunSummary.h"
#include "app/training/StoreSampleSource.h"
#include "core/Numbers.h"

#include <algorithm>
#include <new>

namespace semigda::app
{

namespace
{

using core::Error;
using core::ErrorCode;
using core::phrase;
using core::Result;
using core::RunStatus;
using core::TrainingPhase;

constexpr std::size_t PredictTogether = 4;
constexpr double PredictingShare = 0.12; ///< of the time while training
constexpr auto MetricsInterval = std::chrono::seconds(2);
constexpr auto LookInterval = std::chrono::seconds(10);

/// What a write to the project may run into while another thread writes; it is tried again later.
bool isPassing(const Error &error)
{
    return error.code == ErrorCode::Locked;
}

bool canResume(const core::RunRecord &run)
{
    std::error_code ignored;
    return std::filesystem::exists(run.folder / "state.json", ignored);
}

} // namespace

TrainingRun::TrainingRun(storage::SqliteProject &project, core::TrainingRequest request, TrainingControl &control,
                         Report report)
    : m_project(project)
    , m_request(std::move(request))
    , m_control(control)
    , m_report(std::move(report))
{}

void TrainingRun::run()
{
    Result<Ending> ending = Ending::Stopped;
    try {
        ending = work();
    } catch (const std::bad_alloc &) {
        ending = Error{
            ErrorCode::OutOfMemory,
            phrase("errors", "Training ran out of memory; close other programs or train with a smaller image size.")};
    } catch (const std::exception &failure) {
        ending =
            Error{ErrorCode::Internal,
                  phrase("errors", "Training ended unexpectedly (%1); go on with the last saved state by resuming it.")
                      .with(std::string(failure.what()))};
    }
    try {
        conclude(ending);
    } catch (const std::exception &failure) {
        m_progress.phase = TrainingPhase::Failed;
        m_progress.error =
            phrase("errors", "The end of training could not be recorded (%1).").with(std::string(failure.what()));
        publish();
    }
}

Result<TrainingRun::Ending> TrainingRun::work()
{
    setPhase(TrainingPhase::Preparing);
    if (const Result<void> opened = openRun(); !opened)
        return opened.error();
    const Result<Ending> trained = train();
    if (!trained || *trained == Ending::Stopped)
        return trained;
    if (const Result<void> predicted = predictRest(); !predicted)
        return predicted.error();
    return Ending::Finished;
}

Result<void> TrainingRun::openRun()
{
    Result<std::unique_ptr<core::ProjectStore>> store = m_project.connect();
    if (!store)
        return store.error();
    m_store = std::move(*store);
    Result<std::unique_ptr<core::ProjectStore>> sampleStore = m_project.connect();
    if (!sampleStore)
        return sampleStore.error();
    auto samples = std::make_shared<StoreSampleSource>(std::move(*sampleStore));

    const Result<std::shared_ptr<const core::SampleSnapshot>> snapshot = samples->snapshot();
    if (!snapshot)
        return snapshot.error();
    m_request.imageSize = learning::TrainingJob::fittingImageSize(m_request, **snapshot);
    Result<core::RunRecord> run = m_request.resume ? unfinishedRun(*m_store, m_request.method) : newRun(**snapshot);
    if (!run)
        return run.error();
    m_run = std::move(*run);
    m_progress.run = m_run.id;
    m_log.open(m_run.folder / "log.txt");
    m_log.write("run " + std::to_string(m_run.id.value) + ", method " + m_run.method
                + (m_request.resume ? ", resumed" : ", started"));
    if (const Result<void> running = m_store->runs().setStatus(m_run.id, RunStatus::Running); !running)
        return running;

    const bool hasState = m_request.resume && canResume(m_run);
    if (m_request.resume && !hasState)
        say(phrase("errors", "Run %1 had saved nothing yet and starts anew.").with(m_run.id.value));
    Result<std::unique_ptr<learning::TrainingJob>> job =
        hasState ? learning::TrainingJob::resume(m_request, samples, m_run.folder)
                 : learning::TrainingJob::create(m_request, samples, m_run.folder);
    if (!job)
        return job.error();
    m_job = std::move(*job);
    m_waiting = std::make_unique<WaitingPredictions>(*m_store, m_run, m_request.device);
    if (hasCheckpoint(m_run))
        m_waiting->checkpointChanged();
    m_lastFlush = Clock::now();
    return {};
}

/// A request that cannot work leaves no run behind.
Result<core::RunRecord> TrainingRun::newRun(const core::SampleSnapshot &samples)
{
    const Result<std::string> config = learning::TrainingJob::describeConfig(m_request);
    if (!config)
        return config.error();
    const auto teaches = [](const core::SampleItem &item) {
        return item.role == core::SampleRole::Labelled || item.role == core::SampleRole::Partial;
    };
    if (std::none_of(samples.items.begin(), samples.items.end(), teaches))
        return Error{ErrorCode::NotFound,
                     phrase("errors", "No image outside the test and validation splits has a mask to learn from; "
                                      "paint one or import images together with their masks.")};
    return m_store->runs().create(m_request.method, *config);
}

Result<TrainingRun::Ending> TrainingRun::train()
{
    for (;;) {
        if (m_control.isPauseWanted() && !m_control.isStopWanted())
            if (const Result<void> paused = pause(); !paused)
                return paused.error();
        if (m_control.isStopWanted()) {
            if (const Result<void> saved = m_job->saveState(); !saved)
                return saved.error();
            return Ending::Stopped;
        }
        const Clock::time_point before = Clock::now();
        const Result<learning::StepOutcome> outcome = m_job->step();
        m_trainingTime += Clock::now() - before;
        if (!outcome)
            return outcome.error();
        if (const Result<void> taken = takeResults(); !taken)
            return taken.error();
        if (*outcome == learning::StepOutcome::Finished) {
            // From here a killed program has only predictions to make up for.
            if (const Result<void> saved = m_job->saveState(); !saved)
                return saved.error();
            return Ending::Finished;
        }
        if (m_request.predictWhileTraining)
            if (const Result<void> predicted = predictBetweenSteps(); !predicted)
                return predicted.error();
    }
}

Result<void> TrainingRun::pause()
{
    if (const Result<void> saved = m_job->saveState(); !saved)
        return saved;
    if (const Result<void> flushed = flushMetrics(); !flushed)
        return flushed;
    if (const Result<void> status = m_store->runs().setStatus(m_run.id, RunStatus::Paused); !status)
        return status;
    const TrainingPhase phase = m_progress.phase;
    setPhase(TrainingPhase::Paused);
    m_control.waitWhilePaused();
    if (!m_control.isStopWanted())
        setPhase(phase);
    return m_store->runs().setStatus(m_run.id, RunStatus::Running);
}

Result<void> TrainingRun::takeResults()
{
    std::vector<core::MetricRecord> metrics = m_job->takeMetrics();
    std::move(metrics.begin(), metrics.end(), std::back_inserter(m_metrics));
    const TrainingPhase phaseBefore = m_progress.phase;
    const std::optional<double> bestBefore = m_progress.bestValidationDice;
    m_progress = m_job->progress();
    // The job has ended, the run has not: images remain to be predicted.
    if (m_progress.phase == TrainingPhase::Finished)
        m_progress.phase = TrainingPhase::Predicting;
    m_progress.run = m_run.id;
    notePredictions();
    m_progress.error = {};
    if (!m_progress.notice.isEmpty())
        m_log.write(m_progress.notice.english());
    if (m_progress.phase != phaseBefore)
        m_log.write(std::string("phase: ") + core::describe(m_progress.phase));
    if (m_progress.bestValidationDice && m_progress.bestValidationDice != bestBefore)
        m_log.write("best validation Dice " + core::fixedText(*m_progress.bestValidationDice, 6) + " at step "
                    + std::to_string(m_progress.step));
    publish();
    if (m_job->takePublished()) {
        m_waiting->checkpointChanged();
        m_nextLook = {};
        m_log.write("checkpoint published at step " + std::to_string(m_progress.step));
    }
    const Clock::time_point now = Clock::now();
    if (now - m_lastFlush < MetricsInterval)
        return {};
    m_lastFlush = now;
    return flushMetrics();
}

void TrainingRun::notePredictions()
{
    m_progress.predicted = m_waiting->predictedImages();
    m_progress.proposals = m_waiting->storedPredictions();
}

Result<void> TrainingRun::flushMetrics()
{
    if (m_metrics.empty())
        return {};
    const Result<void> added = m_store->runs().addMetrics(m_run.id, m_metrics);
    if (!added)
        return isPassing(added.error()) ? Result<void>() : added;
    m_metrics.clear();
    return {};
}

Result<void> TrainingRun::predictBetweenSteps()
{
    const Clock::time_point before = Clock::now();
    if (!m_waiting->hasCheckpoint() || before < m_nextLook
        || m_predictingTime > PredictingShare * (m_trainingTime + m_predictingTime))
        return {};
    const Result<std::size_t> predicted = m_waiting->predictSome(PredictTogether);
    m_predictingTime += Clock::now() - before;
    if (!predicted)
        return isPassing(predicted.error()) ? Result<void>() : predicted.error();
    if (*predicted == 0)
        m_nextLook = Clock::now() + LookInterval;
    noteProblems();
    notePredictions();
    return {};
}

Result<void> TrainingRun::predictRest()
{
    if (!m_waiting->hasCheckpoint())
        return {};
    const Result<std::size_t> stale = m_waiting->countStale();
    if (!stale)
        return stale.error();
    setPhase(TrainingPhase::Predicting);
    std::size_t done = 0;
    while (!m_control.isStopWanted()) {
        if (m_control.isPauseWanted()) {
            setPhase(TrainingPhase::Paused);
            m_control.waitWhilePaused();
            setPhase(TrainingPhase::Predicting);
            continue;
        }
        const Result<std::size_t> predicted = m_waiting->predictSome(PredictTogether);
        if (!predicted)
            return predicted.error();
        noteProblems();
        if (*predicted == 0)
            return {};
        done += *predicted;
        notePredictions();
        m_progress.fraction =
            *stale == 0 ? 1.0 : std::min(1.0, static_cast<double>(done) / static_cast<double>(*stale));
        publish();
    }
    say(phrase("errors", "Training is finished, but not all images were outlined; predict them later."));
    return {};
}

void TrainingRun::conclude(const Result<Ending> &ending)
{
    if (m_store && m_run.id.isValid())
        static_cast<void>(flushMetrics().has_value());
    RunStatus status = RunStatus::Failed;
    std::string message;
    if (!ending) {
        m_progress.error = ending.error().message;
        message = ending.error().message.english();
        setPhase(TrainingPhase::Failed);
    } else if (*ending == Ending::Stopped) {
        status = RunStatus::Stopped;
        setPhase(TrainingPhase::Stopped);
    } else {
        status = RunStatus::Finished;
        m_progress.fraction = 1.0;
        m_progress.remainingSeconds = 0.0;
    }
    if (m_store && m_run.id.isValid()) {
        m_log.write(std::string(core::toString(status)) + (message.empty() ? "" : ": " + message));
        const Result<void> written = writeRunSummary(m_run.folder, summaryOf(m_progress, core::toString(status)));
        if (!written)
            m_log.write(written.error().message.english());
        const Result<void> recorded = m_store->runs().setStatus(m_run.id, status, message);
        if (!recorded && status == RunStatus::Finished) {
            m_progress.error = recorded.error().message;
            setPhase(TrainingPhase::Failed);
            return;
        }
    }
    // Last of all: who hears of it may use the run at once.
    if (status == RunStatus::Finished)
        setPhase(TrainingPhase::Finished);
}

void TrainingRun::setPhase(TrainingPhase phase)
{
    m_progress.phase = phase;
    publish();
}

void TrainingRun::noteProblems()
{
    for (const core::ImportIssue &problem : m_waiting->takeProblems()) {
        say(problem.error.message);
    }
}

void TrainingRun::say(const core::Sentence &notice)
{
    m_log.write(notice.english());
    core::TrainingProgress told = m_progress;
    told.notice = notice;
    m_report(told);
}

void TrainingRun::publish()
{
    m_report(m_progress);
    m_progress.notice = {};
}

} // namespace semigda::app
