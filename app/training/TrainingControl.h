// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace semigda::app
{

/// What a run's owner asks of its training thread. Thread-safe; one for each run.
class TrainingControl
{
public:
    void pause();
    void resume();
    void stop();
    bool isPauseWanted() const;
    bool isStopWanted() const { return m_stop.stop_requested(); }
    /// Blocks the training thread until resume() or stop().
    void waitWhilePaused();

private:
    mutable std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::stop_source m_stop;
    bool m_isPauseWanted = false;
};

} // namespace semigda::app
