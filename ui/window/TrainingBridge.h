// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectSession.h"

#include <QObject>

#include <memory>

namespace semigda::ui
{

/// Carries a training service's progress from its thread to the gui thread, newest first: reports that the interface
/// has not taken yet are replaced, except that notices and phase changes are never lost.
class TrainingBridge : public QObject
{
    Q_OBJECT

public:
    explicit TrainingBridge(std::shared_ptr<core::ProjectSession> session, QObject *parent = nullptr);
    ~TrainingBridge() override;

    core::TrainingService &service() { return m_session->training(); }

Q_SIGNALS:
    void progressed(const semigda::core::TrainingProgress &progress);

private:
    struct Mailbox;
    void deliver();

    std::shared_ptr<core::ProjectSession> m_session;
    std::shared_ptr<Mailbox> m_mailbox;
};

} // namespace semigda::ui
