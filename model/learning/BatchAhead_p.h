// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace semigda::learning
{

/// One thread that does one thing at a time. Tensor operations on it take a single core: the others belong to the
/// training thread.
class SideThread
{
public:
    SideThread();
    ~SideThread();
    SideThread(const SideThread &) = delete;
    SideThread &operator=(const SideThread &) = delete;
    /// After what it did before has ended, see waitUntilIdle(). `work` must not throw.
    void begin(std::function<void()> work);
    void waitUntilIdle();

private:
    void run();

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::function<void()> m_work;
    bool m_isBusy = true; ///< until the thread has set itself up
    bool m_isEnding = false;
    std::thread m_thread;
};

/// What a training step learns from (images drawn, turned, distorted, stacked), made ready beside the step before it.
/// A batch is a function of its key and of nothing else: guessed rightly or not, a step gets the same one.
template <typename Key, typename Batch> class BatchAhead
{
public:
    /// The batch that was begun, if it was for this key, else a new one; rethrows what `make` threw.
    Batch take(const Key &key, const std::function<Batch()> &make)
    {
        if (m_next) {
            m_thread->waitUntilIdle();
            std::optional<Next> next = std::exchange(m_next, std::nullopt);
            if (next->key == key) {
                if (next->failure) {
                    std::rethrow_exception(next->failure);
                }
                return std::move(*next->batch);
            }
        }
        return make();
    }
    void begin(const Key &key, std::function<Batch()> make)
    {
        if (!m_thread) {
            m_thread.emplace();
        }
        drop();
        m_next.emplace(Next{key, {}, {}});
        m_thread->begin([this, work = std::move(make)] {
            try {
                m_next->batch = work();
            } catch (...) {
                m_next->failure = std::current_exception();
            }
        });
    }
    /// Forgets the batch that was begun.
    void drop()
    {
        if (m_next) {
            m_thread->waitUntilIdle();
            m_next.reset();
        }
    }

private:
    struct Next
    {
        Key key;
        std::optional<Batch> batch;
        std::exception_ptr failure;
    };
    std::optional<Next> m_next;
    std::optional<SideThread> m_thread; ///< last, so that it ends first
};

} // namespace semigda::learning
