// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFutureWatcher>
#include <QObject>
#include <QThreadPool>
#include <QtConcurrentRun>

#include <memory>
#include <type_traits>
#include <utility>

namespace semigda::ui
{

/// Runs `work` on a thread of `pool` and calls `done` with its result on the context's thread, unless the context is
/// gone by then.
template <typename Work, typename Done>
void runInBackground(QThreadPool &pool, QObject *context, Work &&work, Done &&done)
{
    using Value = std::invoke_result_t<std::decay_t<Work>>;
    // QFuture wants copyable values; results with unique ownership travel in a shared cell.
    using Cell = std::shared_ptr<Value>;
    auto *watcher = new QFutureWatcher<Cell>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context,
                     [watcher, finish = std::forward<Done>(done)]() mutable {
                         const Cell cell = watcher->result();
                         watcher->deleteLater();
                         finish(std::move(*cell));
                     });
    watcher->setFuture(QtConcurrent::run(
        &pool, [run = std::forward<Work>(work)]() mutable { return std::make_shared<Value>(run()); }));
}

} // namespace semigda::ui
