// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectSession.h"

#include <QObject>
#include <QPointer>

#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

namespace semigda::ui
{

/// A project store on a thread of its own, so that no file or database work ever happens on the interface thread.
/// Urgent work (strokes, verdicts, the image to show) runs in the order it was asked for and before any background
/// work (thumbnails, lists), which keeps its own order. Lives on the gui thread; results arrive there.
class StoreWorker : public QObject
{
    Q_OBJECT

public:
    enum class Priority { Urgent, Background };
    using Opener = std::function<core::Result<std::unique_ptr<core::ProjectStore>>()>;
    /// Runs on the worker's thread; must not throw.
    using Job = std::function<void(core::ProjectStore &)>;

    /// Opens the store on the worker's thread, at once and again with every job while that fails.
    explicit StoreWorker(Opener open, QObject *parent = nullptr);
    explicit StoreWorker(std::shared_ptr<core::ProjectSession> session, QObject *parent = nullptr);
    /// With a store that is used nowhere else from now on.
    explicit StoreWorker(std::unique_ptr<core::ProjectStore> store, QObject *parent = nullptr);
    /// Finishes urgent work, drops background work and what was not delivered yet. Blocks; call flush before.
    ~StoreWorker() override;

    /// Runs `work` with the store and calls `done` with what it returned, a core::Result, on the gui thread unless
    /// `context` is gone by then. A store that cannot be opened gives its error to `done`.
    template <typename Work, typename Done>
    void submit(QObject *context, Work &&work, Done &&done, Priority priority = Priority::Urgent);
    /// As submit, with nobody waiting for a result; dropped when the store cannot be opened.
    void post(Job job, Priority priority = Priority::Urgent);

    /// Waits until all urgent work asked for so far has run and its results were delivered. False after `timeout`.
    bool flush(std::chrono::milliseconds timeout);
    /// Urgent work that has not run yet.
    int pending() const;

Q_SIGNALS:
    void pendingChanged(int count);
    /// One sentence, once per row of failures.
    void openFailed(const QString &sentence);

private:
    /// Null store: it cannot be opened, see the error.
    using RawJob = std::function<void(core::ProjectStore *, const core::Error &)>;
    struct Private;

    void start();
    void enqueue(RawJob job, Priority priority);
    /// Any thread: calls `function` on the gui thread as long as this worker lives.
    void deliver(std::function<void()> function);
    static core::Error outOfOrder(const char *what);

    std::unique_ptr<Private> d;
};

template <typename Work, typename Done>
void StoreWorker::submit(QObject *context, Work &&work, Done &&done, Priority priority)
{
    using Value = std::invoke_result_t<std::decay_t<Work> &, core::ProjectStore &>;
    static_assert(std::is_constructible_v<Value, core::Error>, "work for the store returns a core::Result");
    enqueue(
        [this, guard = QPointer<QObject>(context), run = std::make_shared<std::decay_t<Work>>(std::forward<Work>(work)),
         finish = std::make_shared<std::decay_t<Done>>(std::forward<Done>(done))](core::ProjectStore *store,
                                                                                  const core::Error &error) {
            std::shared_ptr<Value> value;
            try {
                value = std::make_shared<Value>(store != nullptr ? (*run)(*store) : Value(error));
            } catch (const std::exception &exception) {
                value = std::make_shared<Value>(outOfOrder(exception.what()));
            }
            deliver([guard, finish, value] {
                if (guard)
                    (*finish)(std::move(*value));
            });
        },
        priority);
}

} // namespace semigda::ui
