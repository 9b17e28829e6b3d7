// SPDX-License-Identifier: Apache-2.0
#include "app/training/TrainingSession.h"

#include "app/training/TrainingRun.h"
#include "learning/Compute.h"
#include "storage/SqliteProject.h"

#include <sys/resource.h>

namespace semigda::app
{

namespace
{

using core::Error;
using core::ErrorCode;
using core::Result;

constexpr auto ReportInterval = std::chrono::milliseconds(100);
constexpr int NiceLevel = 10;

bool isEnd(core::TrainingPhase phase)
{
    return phase == core::TrainingPhase::Finished || phase == core::TrainingPhase::Stopped
           || phase == core::TrainingPhase::Failed;
}

/// Painting comes first. On Linux the nice value belongs to the thread (0: the caller), and threads that a library
/// starts from here inherit it.
void yieldToTheRest()
{
    static_cast<void>(::setpriority(PRIO_PROCESS, 0, NiceLevel));
}

} // namespace

TrainingSession::TrainingSession(std::shared_ptr<storage::SqliteProject> project)
    : m_project(std::move(project))
{}

TrainingSession::~TrainingSession()
{
    stop();
}

void TrainingSession::setListener(Listener listener)
{
    const std::lock_guard lock(m_mutex);
    m_listener = std::move(listener);
}

Result<void> TrainingSession::start(const core::TrainingRequest &request)
{
    const core::ProjectInfo info = m_project->info();
    if (info.isReadOnly)
        return Error{ErrorCode::ReadOnly,
                     core::phrase("errors", "%1 cannot be trained: %2").with(info.name, info.readOnlyReason)};
    // Wrong settings are told at once.
    if (const Result<std::string> config = learning::TrainingJob::describeConfig(request); !config)
        return config.error();

    const std::lock_guard startLock(m_startMutex);
    const auto newControl = std::make_shared<TrainingControl>();
    {
        const std::lock_guard lock(m_mutex);
        if (m_control)
            return Error{ErrorCode::AlreadyExists,
                         core::phrase("errors", "Training is running already; stop it before you start again.")};
        m_control = newControl;
        m_isThreadBusy = true;
        m_progress = {};
        m_progress.phase = core::TrainingPhase::Preparing;
    }
    // The thread before has ended its work; this waits until its listener has heard so.
    m_thread = std::jthread([this, request, newControl] { train(request, *newControl); });
    return {};
}

void TrainingSession::train(const core::TrainingRequest &request, TrainingControl &control)
{
    yieldToTheRest();
    learning::setThreadCount(0);
    m_toldPhase = core::TrainingPhase::Idle;
    m_toldAt = {};
    TrainingRun(*m_project, request, control, [this](const core::TrainingProgress &each) { report(each); }).run();
    learning::releaseFreedMemory();
    const std::lock_guard lock(m_mutex);
    m_isThreadBusy = false;
    m_ended.notify_all();
}

void TrainingSession::report(const core::TrainingProgress &progress)
{
    Listener listener;
    {
        const std::lock_guard lock(m_mutex);
        m_progress = progress;
        if (isEnd(progress.phase))
            m_control.reset();
        listener = m_listener;
    }
    const auto now = std::chrono::steady_clock::now();
    const bool isUrgent = progress.phase != m_toldPhase || !progress.notice.isEmpty();
    if (!listener || (!isUrgent && now - m_toldAt < ReportInterval))
        return;
    m_toldPhase = progress.phase;
    m_toldAt = now;
    listener(progress);
}

std::shared_ptr<TrainingControl> TrainingSession::control() const
{
    const std::lock_guard lock(m_mutex);
    return m_control;
}

void TrainingSession::pause()
{
    if (const auto active = control())
        active->pause();
}

void TrainingSession::resume()
{
    if (const auto active = control())
        active->resume();
}

void TrainingSession::stop()
{
    if (const auto active = control())
        active->stop();
}

void TrainingSession::wait()
{
    std::unique_lock lock(m_mutex);
    m_ended.wait(lock, [this] { return !m_isThreadBusy; });
}

bool TrainingSession::isActive() const
{
    return control() != nullptr;
}

core::TrainingProgress TrainingSession::progress() const
{
    const std::lock_guard lock(m_mutex);
    return m_progress;
}

} // namespace semigda::app
