// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/AfterFrame.h"

#include <utility>

namespace semigda::ui
{

AfterFrame::AfterFrame(QObject *parent)
    : QObject(parent)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(Patience);
    connect(&m_patience, &QTimer::timeout, this, &AfterFrame::end);
}

void AfterFrame::await()
{
    // Who runs through images without seeing any does not put it off for ever.
    if (!isAwaited())
        m_patience.start();
}

void AfterFrame::end()
{
    m_patience.stop();
    for (const std::function<void()> &work : std::exchange(m_work, {}))
        work();
}

void AfterFrame::run(std::function<void()> work)
{
    if (isAwaited())
        m_work.push_back(std::move(work));
    else
        work();
}

} // namespace semigda::ui
