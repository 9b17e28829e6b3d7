// SPDX-License-Identifier: Apache-2.0
#include "ui/window/TrainingBridge.h"

#include <mutex>
#include <utility>
#include <vector>

namespace semigda::ui
{

/// Outlives the bridge while the training thread is inside the listener.
struct TrainingBridge::Mailbox
{
    std::mutex mutex;
    TrainingBridge *owner = nullptr;
    std::vector<core::TrainingProgress> waiting;
};

TrainingBridge::TrainingBridge(std::shared_ptr<core::ProjectSession> session, QObject *parent)
    : QObject(parent)
    , m_session(std::move(session))
    , m_mailbox(std::make_shared<Mailbox>())
{
    m_mailbox->owner = this;
    service().setListener([mailbox = m_mailbox](const core::TrainingProgress &progress) {
        const std::lock_guard lock(mailbox->mutex);
        if (mailbox->owner == nullptr)
            return;
        const bool wasEmpty = mailbox->waiting.empty();
        if (!wasEmpty && mailbox->waiting.back().notice.isEmpty() && mailbox->waiting.back().phase == progress.phase)
            mailbox->waiting.back() = progress;
        else
            mailbox->waiting.push_back(progress);
        if (wasEmpty) {
            TrainingBridge *owner = mailbox->owner;
            QMetaObject::invokeMethod(
                owner, [owner] { owner->deliver(); }, Qt::QueuedConnection);
        }
    });
}

TrainingBridge::~TrainingBridge()
{
    service().setListener({});
    const std::lock_guard lock(m_mailbox->mutex);
    m_mailbox->owner = nullptr;
}

void TrainingBridge::deliver()
{
    std::vector<core::TrainingProgress> reports;
    {
        const std::lock_guard lock(m_mailbox->mutex);
        reports = std::exchange(m_mailbox->waiting, {});
    }
    for (const core::TrainingProgress &report : reports)
        Q_EMIT progressed(report);
}

} // namespace semigda::ui
