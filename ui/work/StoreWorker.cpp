// SPDX-License-Identifier: Apache-2.0
#include "ui/work/StoreWorker.h"

#include "ui/language/Sentences.h"

#include <QCoreApplication>
#include <QThread>

#include <condition_variable>
#include <deque>
#include <mutex>

namespace semigda::ui
{

struct StoreWorker::Private
{
    // Set before the thread starts, then the thread's alone.
    Opener open;
    std::unique_ptr<core::ProjectStore> store;

    std::mutex mutex; ///< guards the rest
    std::condition_variable woken;
    std::condition_variable settled;
    std::deque<RawJob> urgent;
    std::deque<RawJob> background;
    bool isRunningUrgent = false;
    bool isStopping = false;

    std::unique_ptr<QThread> thread;

    int waiting() const { return static_cast<int>(urgent.size()) + (isRunningUrgent ? 1 : 0); }
};

StoreWorker::StoreWorker(Opener open, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->open = std::move(open);
    start();
}

StoreWorker::StoreWorker(std::shared_ptr<core::ProjectSession> session, QObject *parent)
    : StoreWorker(Opener([session = std::move(session)] { return session->openStore(); }), parent)
{}

StoreWorker::StoreWorker(std::unique_ptr<core::ProjectStore> store, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->store = std::move(store);
    start();
}

StoreWorker::~StoreWorker()
{
    {
        const std::lock_guard lock(d->mutex);
        d->isStopping = true;
        d->background.clear();
    }
    d->woken.notify_all();
    d->thread->wait();
}

void StoreWorker::start()
{
    d->thread.reset(QThread::create([this] {
        bool wasRefused = false;
        std::unique_lock lock(d->mutex);
        for (;;) {
            d->woken.wait(lock, [this] { return d->isStopping || !d->urgent.empty() || !d->background.empty(); });
            if (d->urgent.empty() && d->background.empty())
                break;
            const bool isUrgent = !d->urgent.empty();
            std::deque<RawJob> &queue = isUrgent ? d->urgent : d->background;
            RawJob job = std::move(queue.front());
            queue.pop_front();
            d->isRunningUrgent = isUrgent;
            lock.unlock();
            core::Error error;
            if (!d->store) {
                core::Result<std::unique_ptr<core::ProjectStore>> opened = d->open();
                if (opened) {
                    d->store = std::move(*opened);
                    wasRefused = false;
                } else {
                    error = opened.error();
                    if (!std::exchange(wasRefused, true))
                        deliver([this, error] { Q_EMIT openFailed(sentenceText(error.message)); });
                }
            }
            job(d->store.get(), error);
            job = {};
            lock.lock();
            d->isRunningUrgent = false;
            if (isUrgent)
                deliver([this] { Q_EMIT pendingChanged(pending()); });
            d->settled.notify_all();
        }
        lock.unlock();
        d->store.reset();
    }));
    d->thread->setObjectName(QStringLiteral("project store"));
    d->thread->start();
}

void StoreWorker::enqueue(RawJob job, Priority priority)
{
    {
        const std::lock_guard lock(d->mutex);
        (priority == Priority::Urgent ? d->urgent : d->background).push_back(std::move(job));
    }
    d->woken.notify_all();
    if (priority == Priority::Urgent)
        Q_EMIT pendingChanged(pending());
}

void StoreWorker::post(Job job, Priority priority)
{
    enqueue(
        [run = std::move(job)](core::ProjectStore *store, const core::Error &) {
            if (store != nullptr)
                run(*store);
        },
        priority);
}

void StoreWorker::deliver(std::function<void()> function)
{
    QMetaObject::invokeMethod(this, std::move(function), Qt::QueuedConnection);
}

core::Error StoreWorker::outOfOrder(const char *what)
{
    return {
        core::ErrorCode::Internal,
        core::phrase("errors", "The project could not be read or written (%1); try again.").with(std::string(what))};
}

bool StoreWorker::flush(std::chrono::milliseconds timeout)
{
    bool isSettled = false;
    {
        std::unique_lock lock(d->mutex);
        isSettled = d->settled.wait_for(lock, timeout, [this] { return d->waiting() == 0; });
    }
    // Results are queued events of this object by now.
    QCoreApplication::sendPostedEvents(this, QEvent::MetaCall);
    return isSettled;
}

int StoreWorker::pending() const
{
    const std::lock_guard lock(d->mutex);
    return d->waiting();
}

} // namespace semigda::ui
