// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/training/TrainingControl.h"
#include "core/ports/TrainingService.h"

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

namespace semigda::storage
{
class SqliteProject;
}

namespace semigda::app
{

/// Trains a project on a thread of its own, at lower priority than the rest of the program. Thread-safe; the listener
/// may call everything but start() and wait(). isActive() is false already when the listener hears of the end, wait()
/// returns after that. Destroying it stops training at the next step and waits.
class TrainingSession final : public core::TrainingService
{
public:
    explicit TrainingSession(std::shared_ptr<storage::SqliteProject> project);
    ~TrainingSession() override;
    TrainingSession(const TrainingSession &) = delete;
    TrainingSession &operator=(const TrainingSession &) = delete;

    void setListener(Listener listener) override;
    core::Result<void> start(const core::TrainingRequest &request) override;
    void pause() override;
    void resume() override;
    void stop() override;
    void wait() override;
    bool isActive() const override;
    core::TrainingProgress progress() const override;

private:
    void train(const core::TrainingRequest &request, TrainingControl &control);
    void report(const core::TrainingProgress &progress);
    std::shared_ptr<TrainingControl> control() const;

    const std::shared_ptr<storage::SqliteProject> m_project;

    mutable std::mutex m_mutex; ///< guards the next five
    std::condition_variable m_ended;
    Listener m_listener;
    core::TrainingProgress m_progress;
    std::shared_ptr<TrainingControl> m_control; ///< null while nothing trains
    bool m_isThreadBusy = false;                ///< until the listener has heard the end

    // Training thread only.
    core::TrainingPhase m_toldPhase = core::TrainingPhase::Idle;
    std::chrono::steady_clock::time_point m_toldAt;

    std::mutex m_startMutex; ///< guards the thread handle
    std::jthread m_thread;
};

} // namespace semigda::app
