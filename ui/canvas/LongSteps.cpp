// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/LongSteps.h"

#include <atomic>
#include <utility>

namespace semigda::ui
{

namespace
{

// What is done sooner needs no words.
constexpr int LookMs = 250;

} // namespace

struct LongSteps::Progress
{
    std::atomic<std::size_t> done{0};
    std::atomic<std::size_t> total{0};
};

LongSteps::LongSteps(QObject *parent)
    : QObject(parent)
{
    m_timer.setInterval(LookMs);
    connect(&m_timer, &QTimer::timeout, this, &LongSteps::look);
}

LongSteps::~LongSteps()
{
    m_stop.request_stop();
}

LongSteps::Ticket LongSteps::begin(const QString &what)
{
    if (m_running++ == 0) {
        m_what = what;
        m_stop = {};
        m_progress = std::make_shared<Progress>();
        m_timer.start();
    }
    return {m_stop.get_token(), [progress = m_progress](std::size_t done, std::size_t total) {
                progress->done = done;
                progress->total = total;
            }};
}

void LongSteps::end()
{
    Q_ASSERT(m_running > 0);
    if (--m_running > 0)
        return;
    m_timer.stop();
    if (std::exchange(m_isTold, false))
        Q_EMIT ended();
}

void LongSteps::cancel()
{
    m_stop.request_stop();
}

void LongSteps::look()
{
    if (!std::exchange(m_isTold, true))
        Q_EMIT started(m_what);
    core::TaskProgress progress;
    progress.done = m_progress->done;
    progress.total = m_progress->total;
    Q_EMIT progressed(progress);
}

} // namespace semigda::ui
