// SPDX-License-Identifier: Apache-2.0
#include "learning/BatchAhead_p.h"

#include <torch/torch.h>

namespace semigda::learning
{

SideThread::SideThread()
{
    // LibTorch keeps one number of threads for threads to come and one for each thread that is there. What the side
    // thread sets for itself is put right here for all others.
    const int threads = at::get_num_threads();
    m_thread = std::thread([this] { run(); });
    waitUntilIdle();
    at::set_num_threads(threads);
}

SideThread::~SideThread()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isEnding = true;
    }
    m_changed.notify_all();
    m_thread.join();
}

void SideThread::begin(std::function<void()> work)
{
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return !m_isBusy; });
        m_work = std::move(work);
        m_isBusy = true;
    }
    m_changed.notify_all();
}

void SideThread::waitUntilIdle()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return !m_isBusy; });
}

void SideThread::run()
{
    // The first question gives a thread the common number, which would come late and undo what is set.
    static_cast<void>(at::get_num_threads());
    at::set_num_threads(1);
    const torch::NoGradGuard noGrad;
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_isBusy = false;
        m_changed.notify_all();
        m_changed.wait(lock, [this] { return m_isBusy || m_isEnding; });
        if (!m_isBusy) {
            return;
        }
        const std::function<void()> work = std::exchange(m_work, {});
        lock.unlock();
        work();
        lock.lock();
    }
}

} // namespace semigda::learning
