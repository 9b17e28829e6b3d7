// SPDX-License-Identifier: Apache-2.0
#include "app/training/TrainingControl.h"

namespace semigda::app
{

void TrainingControl::pause()
{
    const std::lock_guard lock(m_mutex);
    m_isPauseWanted = true;
}

void TrainingControl::resume()
{
    const std::lock_guard lock(m_mutex);
    m_isPauseWanted = false;
    m_changed.notify_all();
}

void TrainingControl::stop()
{
    m_stop.request_stop();
}

bool TrainingControl::isPauseWanted() const
{
    const std::lock_guard lock(m_mutex);
    return m_isPauseWanted;
}

void TrainingControl::waitWhilePaused()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, m_stop.get_token(), [this] { return !m_isPauseWanted; });
}

} // namespace semigda::app
